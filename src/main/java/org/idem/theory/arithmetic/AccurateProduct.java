package org.idem.theory.arithmetic;

import org.ejml.data.DMatrixRMaj;

/**
 * Matrix products as if in twice the double precision and then rounded: Dot2 of Ogita, Rump and Oishi (2005), doi
 * 10.1137/030601818, row by row so that the compiler vectorises it.
 *
 * <p>A sum of n products is off by at most u times itself and (nu)²/(1 − nu)² times the sum of its terms' sizes.
 */
public final class AccurateProduct {
    /** Bound on the second part of the error for fewer than 4096 terms, relative to the sum of sizes. */
    public static final double SECOND_ORDER = 0x1p-80;

    private AccurateProduct() {}

    /**
     * Rows of a matrix.
     *
     * @param matrix m × n, not changed
     * @return fresh, m arrays of n numbers
     */
    public static double[][] rows(DMatrixRMaj matrix) {
        double[][] rows = new double[matrix.numRows][matrix.numCols];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(matrix.data, row * matrix.numCols, rows[row], 0, matrix.numCols);
        }
        return rows;
    }

    /**
     * Columns of a matrix.
     *
     * @param matrix m × n, not changed
     * @return fresh, n arrays of m numbers
     */
    public static double[][] columns(DMatrixRMaj matrix) {
        double[][] columns = new double[matrix.numCols][matrix.numRows];
        for (int row = 0; row < matrix.numRows; row++) {
            for (int column = 0; column < columns.length; column++) {
                columns[column][row] = matrix.data[row * columns.length + column];
            }
        }
        return columns;
    }

    /**
     * Replaces start by start + left · right.
     *
     * @param start m × n, changed
     * @param left m rows of k numbers
     * @param right k rows of n numbers
     */
    public static void add(double[][] start, double[][] left, double[][] right) {
        for (int row = 0; row < start.length; row++) {
            addRow(start[row], left[row], right, start[row].length);
        }
    }

    /**
     * The same where the result is known to be symmetric: half of the work.
     *
     * @param start n × n, changed
     * @param left n rows of k numbers
     * @param right k rows of n numbers
     */
    public static void addSymmetric(double[][] start, double[][] left, double[][] right) {
        for (int row = 0; row < start.length; row++) {
            addRow(start[row], left[row], right, row + 1);
            for (int column = 0; column < row; column++) {
                start[column][row] = start[row][column];
            }
        }
    }

    private static void addRow(double[] sums, double[] factors, double[][] right, int length) {
        double[] rests = new double[length];
        for (int k = 0; k < factors.length; k++) {
            if (factors[k] != 0) {
                addMultiple(sums, rests, factors[k], right[k], length);
            }
        }
        for (int i = 0; i < length; i++) {
            sums[i] += rests[i];
        }
    }

    private static void addMultiple(double[] sums, double[] rests, double factor, double[] row, int length) {
        for (int i = 0; i < length; i++) {
            double product = factor * row[i];
            double sum = sums[i];
            double next = sum + product;
            double shift = next - sum;
            rests[i] += (sum - (next - shift)) + (product - shift) + Math.fma(factor, row[i], -product);
            sums[i] = next;
        }
    }

    /**
     * Frobenius norm.
     *
     * @param matrix rows of any length
     * @return at least 0
     */
    public static double norm(double[][] matrix) {
        double squares = 0;
        for (double[] row : matrix) {
            squares += Dots.sum(row, row, row.length);
        }
        return Math.sqrt(squares);
    }
}
