package org.idem.report.drawing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Pictures as PNG files of red, green and blue, 8 bits each (RFC 2083). Rows are stored without a filter, for most of a
 * drawing is one colour. The bytes are those that Java's own writer made of the same pixels, which copies them three
 * times on the way.
 */
final class Png {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte[] DEPTH_8_COLORS = {8, 2, 0, 0, 0};
    private static final int COLORS = 3;
    private static final int EFFORT = 4;
    private static final int LONGEST_CHUNK = 1 << 15;

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final byte[] chunk = new byte[LONGEST_CHUNK];
    private int filled;

    private Png() {}

    /** Gives the pixels of a picture row by row. */
    @FunctionalInterface
    interface Rows {
        /**
         * Writes red, green and blue of each pixel of a row.
         *
         * @param row from 0, the first one at the top
         * @param into gets them, one after the other
         * @param from where the first one goes
         */
        void read(int row, byte[] into, int from);
    }

    /**
     * The bytes of a file.
     *
     * @param width pixels of a row, at least 1
     * @param height rows, at least 1
     * @param rows the pixels
     * @return the whole file
     */
    static byte[] of(int width, int height, Rows rows) {
        Png png = new Png();
        png.file.writeBytes(SIGNATURE);
        byte[] header = ByteBuffer.allocate(2 * Integer.BYTES + DEPTH_8_COLORS.length)
                .putInt(width)
                .putInt(height)
                .put(DEPTH_8_COLORS)
                .array();
        png.add("IHDR", header, header.length);
        Deflater deflater = new Deflater(EFFORT);
        try {
            // a row begins with the number of its filter, 0 for none
            byte[] row = new byte[1 + COLORS * width];
            for (int y = 0; y < height; y++) {
                rows.read(y, row, 1);
                deflater.setInput(row);
                png.addCompressed(deflater);
            }
            deflater.finish();
            png.addCompressed(deflater);
        } finally {
            deflater.end();
        }
        if (png.filled > 0) {
            png.add("IDAT", png.chunk, png.filled);
        }
        png.add("IEND", new byte[0], 0);
        return png.file.toByteArray();
    }

    /** Takes what the deflater has ready, in chunks of one length. */
    private void addCompressed(Deflater deflater) {
        for (int count = 1; count > 0; ) {
            count = deflater.deflate(chunk, filled, LONGEST_CHUNK - filled);
            filled += count;
            if (filled == LONGEST_CHUNK) {
                add("IDAT", chunk, filled);
                filled = 0;
            }
        }
    }

    private void add(String type, byte[] data, int length) {
        byte[] letters = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 checksum = new CRC32();
        checksum.update(letters);
        checksum.update(data, 0, length);
        writeInt(length);
        file.writeBytes(letters);
        file.write(data, 0, length);
        writeInt((int) checksum.getValue());
    }

    private void writeInt(int number) {
        file.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }
}
