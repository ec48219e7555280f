package org.idem.image;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The pixel data of a PNG on their way from compressed bytes to samples. */
final class PngPixels {
    /** No deflate stream unpacks to more bytes per byte; see https://zlib.net/zlib_tech.html. */
    private static final int GREATEST_EXPANSION = 1032;

    /** Most surplus bytes that are unpacked: a deflated stream of zeros could keep the program busy for minutes. */
    private static final int MOST_SURPLUS = 1 << 24;

    private final String name;
    private final PngHeader header;
    private final Inflater inflater = new Inflater();
    private final byte[] raw;
    private int filled;
    private int surplus;

    PngPixels(String name, PngHeader header, int fileBytes) {
        this.name = name;
        this.header = header;
        long bytes = header.unpackedBytes();
        if (bytes > (long) GREATEST_EXPANSION * fileBytes) {
            throw wrong(header.height() + " x " + header.width() + " pixels cannot come from a file of " + fileBytes
                    + " bytes");
        }
        raw = new byte[Math.toIntExact(bytes)];
    }

    /**
     * Takes one more piece of compressed bytes. As in libpng, rows beyond those that the header announces are dropped;
     * they are unpacked for the checksum, unless they are too many.
     */
    void inflate(byte[] file, int start, int length) {
        inflater.setInput(file, start, length);
        byte[] beyond = new byte[1 << 12];
        try {
            while (!inflater.finished() && !inflater.needsInput() && surplus <= MOST_SURPLUS) {
                if (filled < raw.length) {
                    filled += inflater.inflate(raw, filled, raw.length - filled);
                } else {
                    surplus += inflater.inflate(beyond);
                }
                if (inflater.needsDictionary()) {
                    throw wrong("pixel data must need no preset dictionary, but does");
                }
            }
        } catch (DataFormatException broken) {
            throw wrong("pixel data must be whole, but their packed bytes are damaged");
        }
    }

    /** The samples of all pixels in C order: row, column, sample. */
    short[] finish() {
        if (filled < raw.length || !inflater.finished() && surplus <= MOST_SURPLUS) {
            throw wrong("pixel data must have " + raw.length + " bytes and a checksum, but end after " + filled);
        }
        inflater.end();
        int perPixel = header.samplesPerPixel();
        short[] samples = new short[header.height() * header.width() * perPixel];
        int at = 0;
        for (int[] pass : header.passes()) {
            int columns = PngHeader.along(header.width(), pass[0], pass[2]);
            int rows = columns == 0 ? 0 : PngHeader.along(header.height(), pass[1], pass[3]);
            int rowBytes = header.rowBytes(columns);
            for (int row = 0; row < rows; row++) {
                unfilter(at, rowBytes, row == 0);
                int y = pass[1] + row * pass[3];
                for (int column = 0; column < columns; column++) {
                    int x = pass[0] + column * pass[2];
                    for (int sample = 0; sample < perPixel; sample++) {
                        samples[(y * header.width() + x) * perPixel + sample] =
                                sampleAt(at + 1, column * perPixel + sample);
                    }
                }
                at += 1 + rowBytes;
            }
        }
        return samples;
    }

    private short sampleAt(int row, int index) {
        int depth = header.depth();
        if (depth == 16) {
            return (short) (((raw[row + 2 * index] & 0xFF) << 8) | (raw[row + 2 * index + 1] & 0xFF));
        }
        int bit = index * depth;
        return (short) (((raw[row + (bit >> 3)] & 0xFF) >> (8 - depth - (bit & 7))) & ((1 << depth) - 1));
    }

    /** Undoes the prediction of one row from its left, upper and upper left neighbours. */
    private void unfilter(int at, int rowBytes, boolean first) {
        int back = Math.max(1, header.samplesPerPixel() * header.depth() / 8);
        int filter = raw[at];
        if (filter < 0 || filter > 4) {
            throw wrong("a row must have a filter from 0 to 4, got " + (filter & 0xFF));
        }
        for (int i = 0; i < rowBytes; i++) {
            int here = at + 1 + i;
            int left = i < back ? 0 : raw[here - back] & 0xFF;
            int up = first ? 0 : raw[here - rowBytes - 1] & 0xFF;
            int upLeft = first || i < back ? 0 : raw[here - rowBytes - 1 - back] & 0xFF;
            raw[here] += (byte)
                    switch (filter) {
                        case 1 -> left;
                        case 2 -> up;
                        case 3 -> (left + up) / 2;
                        case 4 -> nearest(left, up, upLeft);
                        default -> 0;
                    };
        }
    }

    private static int nearest(int left, int up, int upLeft) {
        int guess = left + up - upLeft;
        int toLeft = Math.abs(guess - left);
        int toUp = Math.abs(guess - up);
        int toUpLeft = Math.abs(guess - upLeft);
        return toLeft <= toUp && toLeft <= toUpLeft ? left : toUp <= toUpLeft ? up : upLeft;
    }

    private org.idem.array.DataFormatException wrong(String problem) {
        inflater.end();
        return new org.idem.array.DataFormatException(name, "a PNG is broken: " + problem);
    }
}
