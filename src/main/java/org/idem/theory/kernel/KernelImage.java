package org.idem.theory.kernel;

/** One image, divided by a power of two that keeps its squares near 1. */
final class KernelImage {
    private final Grid grid;
    /** One row for each channel. */
    private final double[][] channels;

    private final long scale;

    /** Copies an image of channels, height and width that begins at a place of an array; every value is finite. */
    KernelImage(double[] source, int from, int channels, Grid grid) {
        this.grid = grid;
        int length = channels * grid.pixels();
        double largest = 0;
        for (int i = 0; i < length; i++) {
            largest = Math.max(largest, Math.abs(source[from + i]));
        }
        scale = largest > 0 ? Math.max(KernelVector.SMALLEST, Math.getExponent(largest)) : 0;
        this.channels = new double[channels][];
        for (int channel = 0; channel < channels; channel++) {
            double[] row = grid.spread(source, from + channel * grid.pixels());
            for (int i = 0; i < row.length; i++) {
                row[i] = Math.scalb(row[i], (int) -scale);
            }
            this.channels[channel] = row;
        }
    }

    Grid grid() {
        return grid;
    }

    long scale() {
        return scale;
    }

    double[][] channels() {
        return channels;
    }

    /** Mean squares over channels, one for each place. */
    double[] meanSquares() {
        double[] squares = new double[grid.length()];
        for (double[] row : channels) {
            for (int i = 0; i < squares.length; i++) {
                squares[i] += row[i] * row[i];
            }
        }
        double count = channels.length;
        for (int i = 0; i < squares.length; i++) {
            squares[i] /= count;
        }
        return squares;
    }
}
