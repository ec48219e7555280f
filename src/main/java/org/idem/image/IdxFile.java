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
        InputStream in = data.bytes();
        String name = data.name();
        OptionalLong size = data.size();
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
        int count = shape[0];
        int channels = axes == 4 ? shape[1] : 1;
        int height = shape[axes - 2];
        int width = shape[axes - 1];
        int pixels;
        try {
            pixels = Array.lengthOf(channels, height, width);
        } catch (IllegalArgumentException tooMany) {
            throw new DataFormatException(name, String.valueOf(tooMany.getMessage()));
        }
        long expected = (long) count * pixels;
        if (size.isPresent() && size.getAsLong() - 4 - 4L * axes != expected) {
            throw wrongLength(name, shape, expected, Long.toString(size.getAsLong() - 4 - 4L * axes));
        }
        data.checkEntry(entry, count);
        long first = entry < 0 ? 0 : entry * pixels;
        long wanted = entry < 0 ? expected : pixels;
        int total = data.checkCount(wanted);
        long skipped = data.skip(first);
        if (skipped < first) {
            throw wrongLength(name, shape, expected, Long.toString(skipped));
        }
        double[] values = {};
        byte[] bytes = new byte[Math.min(total, BUFFER_BYTES)];
        for (int done = 0; done < total; ) {
            int now = Math.min(bytes.length, total - done);
            int got = in.readNBytes(bytes, 0, now);
            if (got < now) {
                throw wrongLength(name, shape, expected, Long.toString(first + done + got));
            }
            values = data.withRoom(values, done, done + now, total);
            for (int i = 0; i < now; i++) {
                values[done + i] = PIXEL[bytes[i] & 0xFF];
            }
            done += now;
        }
        if (entry < 0 && in.read() >= 0) {
            throw wrongLength(name, shape, expected, "more");
        }
        return Array.of(values, entry < 0 ? count : 1, channels, height, width);
    }

    private static DataFormatException wrongLength(String name, int[] shape, long expected, String found) {
        return new DataFormatException(
                name, "IDX sizes " + Arrays.toString(shape) + " need " + expected + " bytes of pixels, got " + found);
    }
}
