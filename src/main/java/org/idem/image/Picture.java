package org.idem.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.idem.array.Array;

/**
 * Images as one PNG to look at: 0 is black, 1 is white (or full colour), in 8 bits per sample; numbers beyond are cut
 * off.
 *
 * <p>Three channels are red, green and blue; any other number of channels become grey images, one for each. Several
 * images stand in rows of equal length with one pixel of mid grey between them, a single one fills the file.
 */
public final class Picture {
    private static final byte[] MAGIC = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int WHITE = 255;
    private static final int GAP = 128;

    private Picture() {}

    /**
     * Makes the bytes of a file.
     *
     * @param images (n, C, H, W), all finite, each size at least 1
     * @return a PNG
     * @throws IllegalArgumentException if the shape is another
     */
    public static byte[] of(Array images) {
        if (images.rank() != 4 || images.length() == 0) {
            throw new IllegalArgumentException(
                    "a picture needs images of shape (n, C, H, W), got " + ImageSource.shapeOf(images));
        }
        int samples = images.size(1) == 3 ? 3 : 1;
        int tiles = samples == 3 ? images.size(0) : images.size(0) * images.size(1);
        int perRow = (int) Math.ceil(Math.sqrt(tiles));
        int height = images.size(2);
        int width = images.size(3);
        int rows = ((tiles + perRow - 1) / perRow) * (height + 1) - 1;
        int columns = perRow * (width + 1) - 1;
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        for (int y = 0; y < rows; y++) {
            pixels.write(0); // rows are stored without a filter
            for (int x = 0; x < columns; x++) {
                int tile = y / (height + 1) * perRow + x / (width + 1);
                int row = y % (height + 1);
                int column = x % (width + 1);
                boolean gap = row == height || column == width || tile >= tiles;
                for (int sample = 0; sample < samples; sample++) {
                    int plane = samples == 3 ? 3 * tile + sample : tile;
                    pixels.write(gap ? GAP : level(images.values()[(plane * height + row) * width + column]));
                }
            }
        }
        return file(columns, rows, samples, pixels.toByteArray());
    }

    /**
     * How many numbers lie below black or above white and look like them.
     *
     * @param images any array
     * @return the count
     */
    public static int cutOff(Array images) {
        int count = 0;
        for (double value : images.values()) {
            count += value < 0 || value > 1 ? 1 : 0;
        }
        return count;
    }

    private static int level(double value) {
        return (int) Math.round(WHITE * Math.max(0, Math.min(1, value)));
    }

    private static byte[] file(int columns, int rows, int samples, byte[] pixels) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(MAGIC);
        byte[] header = ByteBuffer.allocate(13)
                .putInt(columns)
                .putInt(rows)
                .put((byte) 8)
                .put((byte) (samples == 3 ? 2 : 0))
                .array();
        chunk(file, "IHDR", header);
        chunk(file, "IDAT", deflated(pixels));
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
            out.write(bytes);
        } catch (java.io.IOException impossible) {
            throw new IllegalStateException("memory must be writable", impossible);
        } finally {
            deflater.end();
        }
        return packed.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 checksum = new CRC32();
        checksum.update(name);
        checksum.update(data);
        file.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        file.writeBytes(name);
        file.writeBytes(data);
        file.writeBytes(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
    }
}
