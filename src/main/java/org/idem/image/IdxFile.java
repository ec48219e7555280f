package org.idem.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalLong;
import org.idem.array.Array;
import org.idem.array.DataFormatException;
import org.idem.array.DataStream;

/**
 * IDX files of images, the format of MNIST.
 *
 * <p>Big endian: two zero bytes, the type (8: unsigned byte), the number of axes, the size of each axis as 32-bit
 * integer, then the bytes in C order. Three axes are (n, H, W), four are (n, C, H, W).
 */
final class IdxFile {
    private static final int UNSIGNED_BYTE = 8;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final double[] PIXEL = new double[256];

    static {
        Arrays.setAll(PIXEL, value -> value / 255.0);
    }

    private IdxFile() {}

    /** Whether the file starts with two zero bytes and one of the types of the format. */
    static boolean hasMagic(byte[] start) {
        return start.length >= 4
                && start[0] == 0
                && start[1] == 0
                && start[2] >= UNSIGNED_BYTE
                && start[2] <= 0x0E
                && start[3] > 0;
    }

    /**
     * Reads all images, or one.
     *
     * @param data the file; if one image is read, not read beyond it
     * @param entry which, or {@link DataStream#ALL}
     * @return (n, C, H, W)
     */
    static Array read(DataStream data, long entry) throws IOException {
        Header header = Header.of(data);
        data.checkEntry(entry, header.count());
        long first = entry < 0 ? 0 : entry * header.pixels();
        long wanted = entry < 0 ? header.expected() : header.pixels();
        int total = data.checkCount(wanted);
        long skipped = data.skip(first);
        if (skipped < first) {
            throw header.wrongLength(Long.toString(skipped));
        }
        double[] values = pixels(data, header, first, total);
        if (entry < 0 && data.bytes().read() >= 0) {
            throw header.wrongLength("more");
        }
        return Array.of(values, entry < 0 ? header.count() : 1, header.channels(), header.height(), header.width());
    }

    /** The next pixels; room for them grows as they are read, because a file may promise more than it holds. */
    private static double[] pixels(DataStream data, Header header, long first, int total) throws IOException {
        double[] values = {};
        byte[] bytes = new byte[Math.min(total, BUFFER_BYTES)];
        for (int done = 0; done < total; ) {
            int now = Math.min(bytes.length, total - done);
            int got = data.bytes().readNBytes(bytes, 0, now);
            if (got < now) {
                throw header.wrongLength(Long.toString(first + done + got));
            }
            values = data.withRoom(values, done, done + now, total);
            for (int i = 0; i < now; i++) {
                values[done + i] = PIXEL[bytes[i] & 0xFF];
            }
            done += now;
        }
        return values;
    }

    /**
     * What stands before the pixels.
     *
     * @param name of the file
     * @param shape as the file gives it, three or four axes
     * @param pixels of one image, all channels
     */
    private record Header(String name, int[] shape, int pixels) {
        /** Reads it and checks the length of the file where that is known. */
        static Header of(DataStream data) throws IOException {
            String name = data.name();
            int[] shape = shape(data.bytes(), name);
            Header header = new Header(name, shape, pixels(name, shape));
            OptionalLong size = data.size();
            long before = 4 + 4L * shape.length;
            if (size.isPresent() && size.getAsLong() - before != header.expected()) {
                throw header.wrongLength(Long.toString(size.getAsLong() - before));
            }
            return header;
        }

        private static int[] shape(InputStream in, String name) throws IOException {
            byte[] magic = in.readNBytes(4);
            int axes = magic[3];
            if (magic[2] != UNSIGNED_BYTE) {
                throw new DataFormatException(name, "IDX images must be unsigned bytes (type 8), got type " + magic[2]);
            }
            if (axes != 3 && axes != 4) {
                throw new DataFormatException(
                        name, "IDX images must have 3 or 4 axes, got " + axes + (axes == 1 ? " (labels?)" : ""));
            }
            byte[] sizes = in.readNBytes(4 * axes);
            if (sizes.length < 4 * axes) {
                throw new DataFormatException(name, "ends within its header");
            }
            int[] shape = new int[axes];
            ByteBuffer.wrap(sizes).asIntBuffer().get(shape);
            for (int length : shape) {
                if (length < 1) {
                    throw new DataFormatException(
                            name, "IDX sizes must lie in 1.." + Integer.MAX_VALUE + ", got " + (length & 0xFFFFFFFFL));
                }
            }
            return shape;
        }

        private static int pixels(String name, int[] shape) {
            try {
                int axes = shape.length;
                return Array.lengthOf(axes == 4 ? shape[1] : 1, shape[axes - 2], shape[axes - 1]);
            } catch (IllegalArgumentException tooMany) {
                throw new DataFormatException(name, String.valueOf(tooMany.getMessage()));
            }
        }

        int count() {
            return shape[0];
        }

        int channels() {
            return shape.length == 4 ? shape[1] : 1;
        }

        int height() {
            return shape[shape.length - 2];
        }

        int width() {
            return shape[shape.length - 1];
        }

        /** Bytes of all images. */
        long expected() {
            return (long) count() * pixels;
        }

        DataFormatException wrongLength(String found) {
            return new DataFormatException(
                    name,
                    "IDX sizes " + Arrays.toString(shape) + " need " + expected() + " bytes of pixels, got " + found);
        }
    }
}
