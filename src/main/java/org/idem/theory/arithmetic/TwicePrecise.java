package org.idem.theory.arithmetic;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * A matrix of unevaluated sums high + low, and products of it as if in twice the double precision.
 *
 * <p>Every product is off by at most {@link #ERROR} times the sum of the sizes of its terms. Source:
 * proofs/rounding.md, §6.
 *
 * @param high any shape: the number rounded to double
 * @param low the same shape: what is left
 */
public record TwicePrecise(DMatrixRMaj high, DMatrixRMaj low) {
    /** Relative to the sum of sizes: the sum in twice the precision, and the rounding of its low part. */
    public static final double ERROR = 4 * AccurateProduct.SECOND_ORDER;
    /** Longest sum whose error is known. */
    private static final int LONGEST = 4095;

    /**
     * Whether a product over so many terms is as exact as said.
     *
     * @param terms number of terms
     * @return true if the error is known
     */
    public static boolean canSum(int terms) {
        return 2 * terms + 1 <= LONGEST;
    }

    /**
     * Numbers as they are.
     *
     * @param exact any shape, not changed
     * @return a fresh copy of its shape
     */
    public static TwicePrecise of(DMatrixRMaj exact) {
        return new TwicePrecise(exact, new DMatrixRMaj(exact.numRows, exact.numCols));
    }

    /**
     * Times a matrix that is given by its rows.
     *
     * @param rows right factor, one array for each of its rows
     * @return the product, fresh
     */
    public TwicePrecise times(double[][] rows) {
        int terms = rows.length;
        double[][] left = new double[high.numRows][2 * terms];
        for (int row = 0; row < left.length; row++) {
            System.arraycopy(high.data, row * terms, left[row], 0, terms);
            System.arraycopy(low.data, row * terms, left[row], terms, terms);
        }
        double[][] right = Arrays.copyOf(rows, 2 * terms);
        System.arraycopy(rows, 0, right, terms, terms);
        int columns = terms == 0 ? 0 : rows[0].length;
        double[][] sums = new double[left.length][columns];
        AccurateProduct.add(sums, left, right);
        double[][] rest = new double[left.length][columns];
        for (int row = 0; row < rest.length; row++) {
            for (int column = 0; column < columns; column++) {
                rest[row][column] = -sums[row][column];
            }
        }
        AccurateProduct.add(rest, left, right);
        return new TwicePrecise(matrix(sums, columns), matrix(rest, columns));
    }

    private static DMatrixRMaj matrix(double[][] rows, int columns) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows.length, columns);
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, matrix.data, row * columns, columns);
        }
        return matrix;
    }
}
