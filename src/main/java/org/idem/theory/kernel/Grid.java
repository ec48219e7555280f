package org.idem.theory.kernel;

import java.util.Arrays;

/**
 * How the pixels of an image lie in a row: line by line, each with so many places on either side for what a kernel sees
 * beyond the border.
 *
 * @param height pixels
 * @param width pixels
 * @param halo places on either side of a line
 */
record Grid(int height, int width, int halo) {
    int stride() {
        return width + 2 * halo;
    }

    int length() {
        return height * stride();
    }

    int pixels() {
        return height * width;
    }

    /** Place of a pixel's line; its first pixel lies halo places further. */
    int line(int y) {
        return y * stride();
    }

    int place(int pixel) {
        return line(pixel / width) + halo + pixel % width;
    }

    /** Fills what lies beyond the border: zeros, or the image repeated. */
    void fillHalo(double[] row, boolean circular) {
        for (int y = 0; y < height && halo > 0; y++) {
            int from = line(y);
            int end = from + stride();
            if (circular) {
                for (int i = halo - 1; i >= 0; i--) {
                    row[from + i] = row[from + halo + Math.floorMod(i - halo, width)];
                }
                for (int i = halo + width; i < stride(); i++) {
                    row[from + i] = row[from + halo + (i - halo) % width];
                }
            } else {
                Arrays.fill(row, from, from + halo, 0);
                Arrays.fill(row, end - halo, end, 0);
            }
        }
    }

    /** Numbers of pixels, spread out with zeros around them. */
    double[] spread(double[] source, int from) {
        double[] row = new double[length()];
        for (int y = 0; y < height; y++) {
            System.arraycopy(source, from + y * width, row, line(y) + halo, width);
        }
        return row;
    }
}
