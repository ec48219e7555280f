package org.idem.image;

import java.nio.ByteBuffer;
import org.idem.array.DataFormatException;

/**
 * The first chunk of a PNG.
 *
 * @param width columns, at least 1
 * @param height rows, at least 1
 * @param depth bits per sample: 1, 2, 4, 8 or 16
 * @param colourType 0 grey, 2 colour, 3 palette, 4 grey with alpha, 6 colour with alpha
 * @param interlaced whether the pixels come in the seven passes of Adam7
 */
record PngHeader(int width, int height, int depth, int colourType, boolean interlaced) {
    static PngHeader parse(byte[] file, PngFile.Chunk chunk, String name) {
        if (chunk.length() != 13) {
            throw new DataFormatException(name, "the header of a PNG must have 13 bytes, got " + chunk.length());
        }
        ByteBuffer bytes = ByteBuffer.wrap(file, chunk.start(), chunk.length());
        int width = bytes.getInt();
        int height = bytes.getInt();
        int depth = bytes.get();
        int colourType = bytes.get();
        int compression = bytes.get();
        int filter = bytes.get();
        int interlace = bytes.get();
        if (width < 1 || height < 1) {
            throw new DataFormatException(
                    name,
                    "a PNG must have at least one pixel, got " + (height & 0xFFFFFFFFL) + " x "
                            + (width & 0xFFFFFFFFL));
        }
        boolean whole = depth == 8 || depth == 16;
        boolean small = depth == 1 || depth == 2 || depth == 4;
        boolean allowed = switch (colourType) {
            case 0 -> whole || small;
            case 2, 4, 6 -> whole;
            case 3 -> small || depth == 8;
            default -> false;
        };
        if (!allowed) {
            throw new DataFormatException(
                    name,
                    "a PNG must have a known colour type and depth, got type " + colourType + " of " + depth + " bits");
        }
        if (compression != 0 || filter != 0 || interlace < 0 || interlace > 1) {
            throw new DataFormatException(
                    name,
                    "a PNG must use compression 0, filter 0 and interlacing 0 or 1, got " + compression + ", " + filter
                            + " and " + interlace);
        }
        return new PngHeader(width, height, depth, colourType, interlace == 1);
    }

    boolean palette() {
        return colourType == 3;
    }

    int samplesPerPixel() {
        return switch (colourType) {
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> 1;
        };
    }

    /** Bytes of a row of so many pixels, without its filter byte. */
    int rowBytes(int columns) {
        return (int) (((long) columns * samplesPerPixel() * depth + 7) / 8);
    }

    /** The passes in which the pixels come: first column, first row, column step, row step. */
    int[][] passes() {
        return interlaced
                ? new int[][] {
                    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
                }
                : new int[][] {{0, 0, 1, 1}};
    }

    /** Entries of a pass along one axis. */
    static int along(int size, int first, int step) {
        return Math.max(0, (size - first + step - 1) / step);
    }

    /** Bytes of all rows of all passes with their filter bytes. */
    long unpackedBytes() {
        long total = 0;
        for (int[] pass : passes()) {
            int columns = along(width, pass[0], pass[2]);
            if (columns > 0) {
                total += (long) along(height, pass[1], pass[3]) * (1 + rowBytes(columns));
            }
        }
        return total;
    }
}
