package org.idem.theory.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Kernels of one line of x with one line of z, of the next line of x with the next of z, and so on. The sum over a
 * kernel's offsets moves both pixels together and so never leaves a chain. Each pair of lines has a row, with the
 * pixels of z of the first pixel of x, then those of the second.
 */
final class PairChain {
    private final int xFirst;
    private final int zFirst;
    private final int xHeight;
    private final int zHeight;
    private final int rowLength;
    private final int length;
    /** S_pq of the signals, in the scales of both images. */
    double[][] covariances = {};
    /** Θ_pq of the signals, in the tangent scales of both images. */
    double[][] tangents = {};
    /** E[zz′] of what the layer before passed on, if layers add their inputs; else empty. */
    final double[][] passed;
    /** The tangent kernel of that. */
    final double[][] passedTangents;
    /** Whether some signals of the layer before, or of the first, nearly coincide or nearly are opposite. */
    boolean near;

    private double[][] gaps = {};
    private double[][] newGaps = {};

    private PairChain(Grid x, Grid z, int xFirst, int zFirst, int length, boolean residual) {
        this.xFirst = xFirst;
        this.zFirst = zFirst;
        xHeight = x.height();
        zHeight = z.height();
        rowLength = x.width() * z.width();
        this.length = length;
        passed = new double[residual ? length : 0][rowLength];
        passedTangents = new double[residual ? length : 0][rowLength];
    }

    /**
     * All chains of two images, the longest first.
     *
     * @param circular whether images repeat: then each chain ends where it began
     * @param residual whether layers add their inputs
     * @param half of an image with itself, only one of each two chains that mirror each other
     */
    static List<PairChain> of(Grid x, Grid z, boolean circular, boolean residual, boolean half) {
        List<PairChain> chains = new ArrayList<>();
        if (circular) {
            int several = greatestCommonDivisor(x.height(), z.height());
            int length = longest(x, z, true);
            for (int first = 0; first < (half ? several / 2 + 1 : several); first++) {
                chains.add(new PairChain(x, z, 0, first, length, residual));
            }
            return chains;
        }
        for (int down = half ? 0 : 1 - x.height(); down < z.height(); down++) {
            int xFirst = Math.max(0, -down);
            int length = Math.min(x.height() - xFirst, z.height() - xFirst - down);
            chains.add(new PairChain(x, z, xFirst, xFirst + down, length, residual));
        }
        chains.sort(Comparator.comparingInt(chain -> -chain.length()));
        return chains;
    }

    /**
     * Rows with room for so many numbers. Together with its header each takes a multiple of 64 bytes, the width of
     * vector instructions: if they lie one after the other, loops over several rows read and write whole cache lines.
     */
    static double[][] rows(int count, int length) {
        return new double[count][length + Math.floorMod(6 - length, 8)];
    }

    /** Length of the longest chain. */
    static int longest(Grid x, Grid z, boolean circular) {
        return circular
                ? x.height() / greatestCommonDivisor(x.height(), z.height()) * z.height()
                : Math.min(x.height(), z.height());
    }

    private static int greatestCommonDivisor(int one, int other) {
        return other == 0 ? one : greatestCommonDivisor(other, one % other);
    }

    /** Takes rows for its kernels, at least two for each pair of lines; their numbers do not matter. */
    void open(double[][] rows) {
        covariances = Arrays.copyOf(rows, length);
        tangents = Arrays.copyOfRange(rows, length, 2 * length);
    }

    /** Takes rows of its own unless it has some. */
    void open() {
        if (covariances.length == 0) {
            open(rows(2 * length, rowLength));
        }
    }

    /** Gives the rows back. */
    void close() {
        covariances = new double[0][];
        tangents = covariances;
    }

    /** Pairs of lines. */
    int length() {
        return length;
    }

    /** Line of x of a row. */
    int xLine(int row) {
        return (xFirst + row) % xHeight;
    }

    /** Line of z of a row. */
    int zLine(int row) {
        return (zFirst + row) % zHeight;
    }

    /**
     * What the fluctuating parts of E[zz′] of a row fall short of the largest possible or, if they are negative, of the
     * least, with the sign of the covariance; where {@link NearPairs} has stored it.
     */
    double[] gaps(int row) {
        return gaps[row];
    }

    /** Where the same of the next layer is stored. */
    double[] newGaps(int row) {
        if (newGaps.length == 0) {
            gaps = new double[length][];
            newGaps = new double[length][];
        }
        if (newGaps[row] == null) {
            newGaps[row] = new double[rowLength];
        }
        return newGaps[row];
    }

    /**
     * Ends a layer.
     *
     * @param hadNear whether some of its signals nearly coincided or nearly were opposite
     */
    void turn(boolean hadNear) {
        near = hadNear;
        double[][] old = gaps;
        gaps = newGaps;
        newGaps = old;
    }

    /**
     * Where the kernel of two images lies in that of two batches.
     *
     * @param x grid of the image of the rows
     * @param z grid of that of the columns
     * @param firstRow row of the first pixel of x
     * @param firstColumn column of the first pixel of z
     * @param symmetric whether the kernel is put at its mirrored place as well
     */
    record Place(Grid x, Grid z, int firstRow, int firstColumn, boolean symmetric) {
        /**
         * Puts the kernel of a chain in place.
         *
         * @param rows of the chain; are overwritten if the exponent is not 0
         * @param exponent power of 2 that the numbers are multiplied by; they get 0 or infinite beyond the range of
         *     doubles
         */
        void put(PairChain chain, double[][] rows, DMatrixRMaj matrix, long exponent) {
            long half = exponent / 2;
            double factor = Scaled.power(half);
            double rest = Scaled.power(exponent - half);
            for (int row = 0; row < chain.length(); row++) {
                double[] source = rows[row];
                if (exponent != 0) {
                    scale(source, factor, rest);
                }
                for (int p = 0; p < x.width(); p++) {
                    int line = firstRow + chain.xLine(row) * x.width() + p;
                    int column = firstColumn + chain.zLine(row) * z.width();
                    System.arraycopy(source, p * z.width(), matrix.data, line * matrix.numCols + column, z.width());
                    for (int q = 0; symmetric && q < z.width(); q++) {
                        matrix.data[(column + q) * matrix.numCols + line] = source[p * z.width() + q];
                    }
                }
            }
        }

        private static void scale(double[] numbers, double factor, double rest) {
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = numbers[i] == 0 ? 0 : numbers[i] * factor * rest;
            }
        }
    }
}
