package org.idem.theory.arithmetic;

import org.ejml.data.DMatrixRMaj;

/** Bounds of accumulated roundings, and norms. Source: proofs/rounding.md. */
public final class Rounding {
    /** Unit roundoff of double precision. */
    public static final double UNIT = 0x1p-53;

    private Rounding() {}

    /**
     * γ_n = n u / (1 − n u), the bound of n accumulated roundings; infinite where it says nothing.
     *
     * @param operations n
     * @param unitRoundoff u of the arithmetic
     * @return at least 0, or infinite
     */
    public static double accumulated(int operations, double unitRoundoff) {
        double product = operations * unitRoundoff;
        return product < 1 ? product / (1 - product) : Double.POSITIVE_INFINITY;
    }

    /**
     * γ_n in double precision.
     *
     * @param operations n
     * @return at least 0, or infinite
     */
    public static double accumulated(int operations) {
        return accumulated(operations, UNIT);
    }

    /**
     * Bound on the rounding of a sum of products, added in any order: Lemma 4 of the proof, without storing.
     *
     * @param terms number of products that are not 0
     * @param size sum of their sizes
     * @param sum size of their sum
     * @param unitRoundoff of the arithmetic
     * @return at least 0
     */
    public static double sum(int terms, double size, double sum, double unitRoundoff) {
        double additions = terms > 1 ? (terms - 1) * (1 + 2 * accumulated(terms, unitRoundoff)) * (size + sum) / 2 : 0;
        return unitRoundoff * (size + additions);
    }

    /**
     * (1 + a)(1 + b) − 1 without the cancellation: the relative error of two relative errors.
     *
     * @param a one relative error
     * @param b another
     * @return a + b + ab
     */
    public static double both(double a, double b) {
        return a + b + a * b;
    }

    /**
     * Euclidean norm of a row.
     *
     * @param matrix any shape, not changed
     * @param row from 0
     * @return at least 0
     */
    public static double rowNorm(DMatrixRMaj matrix, int row) {
        return Math.sqrt(squaredRowNorm(matrix, row));
    }

    /**
     * Square of the Euclidean norm of a row.
     *
     * @param matrix any shape, not changed
     * @param row from 0
     * @return at least 0
     */
    public static double squaredRowNorm(DMatrixRMaj matrix, int row) {
        double squares = 0;
        for (int column = 0; column < matrix.numCols; column++) {
            squares += matrix.get(row, column) * matrix.get(row, column);
        }
        return squares;
    }

    /**
     * Euclidean norms of all columns.
     *
     * @param matrix not changed
     * @return fresh, one for each column
     */
    public static double[] columnNorms(DMatrixRMaj matrix) {
        double[] norms = new double[matrix.numCols];
        for (int row = 0; row < matrix.numRows; row++) {
            for (int column = 0; column < norms.length; column++) {
                double entry = matrix.data[row * norms.length + column];
                norms[column] += entry * entry;
            }
        }
        for (int column = 0; column < norms.length; column++) {
            norms[column] = Math.sqrt(norms[column]);
        }
        return norms;
    }
}
