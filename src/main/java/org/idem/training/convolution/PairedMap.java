package org.idem.training.convolution;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * A small matrix applied to many vectors at once, in 32 bits: component k of all vectors lies in the k-th of several
 * arrays.
 *
 * <p>Rows 2k + 1 and 2k + 2 of the first pairs are e + o and e − o with e in the even and o in the odd columns, as the
 * values of a polynomial at a point and at its negative are; each costs half. Every loop runs over separate arrays at
 * the same index, which HotSpot turns into vector instructions.
 */
final class PairedMap {
    private static final int MOST_TERMS = 6;

    /** target ← Σ factor · source. */
    private record Sum(int target, int[] sources, float[] factors) {}

    private final int rows;
    private final int columns;
    private final int pairs;
    private final List<Sum> sums = new ArrayList<>();
    private final List<Sum> transposedSums = new ArrayList<>();

    /** A rows × columns matrix whose entries are rounded to 32 bits. */
    PairedMap(double[][] matrix, int pairs) {
        rows = matrix.length;
        columns = matrix[0].length;
        this.pairs = pairs;
        for (int row = 0; row < rows; row++) {
            List<Integer> sources = new ArrayList<>();
            for (int column = 0; column < columns; column++) {
                if (uses(matrix, row, column)) {
                    sources.add(column);
                }
            }
            double[] entries = matrix[first(row)];
            sums.add(sum(row, sources, column -> entries[column]));
        }
        for (int column = 0; column < columns; column++) {
            int to = column;
            List<Integer> sources = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                if (uses(matrix, row, to)) {
                    sources.add(row);
                }
            }
            transposedSums.add(sum(to, sources, row -> matrix[first(row)][to]));
        }
    }

    /** Whether an entry has a place in the sums: of a pair the even columns in its first row, the odd in its second. */
    private boolean uses(double[][] matrix, int row, int column) {
        if (paired(row)) {
            double expected = column % 2 == 0 ? matrix[first(row)][column] : -matrix[first(row)][column];
            if (row % 2 == 0 && matrix[row][column] != expected) {
                throw new IllegalArgumentException("row " + row + " must have " + expected + " in column " + column
                        + " as the pair of row " + first(row) + ", but has " + matrix[row][column]);
            }
            if (column % 2 == row % 2) {
                return false;
            }
        }
        return matrix[row][column] != 0;
    }

    private boolean paired(int row) {
        return row >= 1 && row <= 2 * pairs;
    }

    /** The first row of a row's pair. */
    private int first(int row) {
        return paired(row) && row % 2 == 0 ? row - 1 : row;
    }

    private static Sum sum(int target, List<Integer> sources, IntToDoubleFunction entry) {
        if (sources.isEmpty() || sources.size() > MOST_TERMS) {
            throw new IllegalArgumentException(
                    "a sum must have 1 to " + MOST_TERMS + " terms, but " + target + " has " + sources.size());
        }
        int[] from = new int[sources.size()];
        float[] factors = new float[from.length];
        for (int i = 0; i < from.length; i++) {
            from[i] = sources.get(i);
            factors[i] = (float) entry.applyAsDouble(from[i]);
        }
        return new Sum(target, from, factors);
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    /**
     * Overwrites the first n numbers of the rows' arrays with the matrix times those of the columns' arrays.
     *
     * @param in column k at index inFrom + k
     * @param out row k at index outFrom + k
     */
    void apply(float[][] in, int inFrom, float[][] out, int outFrom, int n) {
        for (Sum sum : sums) {
            combine(sum, out[outFrom + sum.target], in, inFrom, n);
        }
        for (int pair = 0; pair < pairs; pair++) {
            butterfly(out[outFrom + 2 * pair + 1], out[outFrom + 2 * pair + 2], n);
        }
    }

    /**
     * Overwrites the first n numbers of the columns' arrays with the transpose times those of the rows' arrays. The
     * rows' arrays are used as scratch.
     *
     * @param in row k at index inFrom + k
     * @param out column k at index outFrom + k
     */
    void applyTransposed(float[][] in, int inFrom, float[][] out, int outFrom, int n) {
        for (int pair = 0; pair < pairs; pair++) {
            butterfly(in[inFrom + 2 * pair + 1], in[inFrom + 2 * pair + 2], n);
        }
        for (Sum sum : transposedSums) {
            combine(sum, out[outFrom + sum.target], in, inFrom, n);
        }
    }

    private static void combine(Sum sum, float[] out, float[][] in, int from, int n) {
        int[] s = sum.sources;
        float[] f = sum.factors;
        float[] first = in[from + s[0]];
        switch (s.length) {
            case 1 -> {
                if (f[0] == 1) {
                    System.arraycopy(first, 0, out, 0, n);
                } else {
                    combine1(out, f[0], first, n);
                }
            }
            case 2 -> combine2(out, f[0], first, f[1], in[from + s[1]], n);
            case 3 -> combine3(out, f[0], first, f[1], in[from + s[1]], f[2], in[from + s[2]], n);
            case 4 ->
                combine4(out, f[0], first, f[1], in[from + s[1]], f[2], in[from + s[2]], f[3], in[from + s[3]], n);
            case 5 -> combine5(out, f, first, in[from + s[1]], in[from + s[2]], in[from + s[3]], in[from + s[4]], n);
            default -> {
                combine4(out, f[0], first, f[1], in[from + s[1]], f[2], in[from + s[2]], f[3], in[from + s[3]], n);
                add2(out, f[4], in[from + s[4]], f[5], in[from + s[5]], n);
            }
        }
    }

    private static void butterfly(float[] plus, float[] minus, int n) {
        for (int i = 0; i < n; i++) {
            float even = plus[i];
            float odd = minus[i];
            plus[i] = even + odd;
            minus[i] = even - odd;
        }
    }

    private static void combine1(float[] out, float a, float[] x, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = a * x[i];
        }
    }

    private static void combine2(float[] out, float a, float[] x, float b, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = a * x[i] + b * y[i];
        }
    }

    private static void combine3(float[] out, float a, float[] x, float b, float[] y, float c, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = a * x[i] + b * y[i] + c * z[i];
        }
    }

    private static void combine4(
            float[] out, float a, float[] x, float b, float[] y, float c, float[] z, float d, float[] u, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = a * x[i] + b * y[i] + c * z[i] + d * u[i];
        }
    }

    private static void combine5(
            float[] out, float[] factors, float[] x, float[] y, float[] z, float[] u, float[] v, int n) {
        float a = factors[0];
        float b = factors[1];
        float c = factors[2];
        float d = factors[3];
        float e = factors[4];
        for (int i = 0; i < n; i++) {
            out[i] = a * x[i] + b * y[i] + c * z[i] + d * u[i] + e * v[i];
        }
    }

    /** The last two of six terms: HotSpot makes no vector instructions of a loop over six. */
    private static void add2(float[] out, float a, float[] x, float b, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = out[i] + a * x[i] + b * y[i];
        }
    }
}
