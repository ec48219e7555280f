package org.idem.theory;

import org.ejml.data.DMatrixRMaj;

/** Bounds of accumulated roundings, and sums whose own rounding need not be counted. Source: proofs/rounding.md. */
final class Rounding {
    /** Unit roundoff of double precision. */
    static final double UNIT = 0x1p-53;

    private Rounding() {}

    /** γ_n = n u / (1 − n u), the bound of n accumulated roundings; infinite where it says nothing. */
    static double accumulated(int operations, double unitRoundoff) {
        double product = operations * unitRoundoff;
        return product < 1 ? product / (1 - product) : Double.POSITIVE_INFINITY;
    }

    /** γ_n in double precision. */
    static double accumulated(int operations) {
        return accumulated(operations, UNIT);
    }

    /** (1 + a)(1 + b) − 1 without the cancellation: the relative error of two relative errors. */
    static double both(double a, double b) {
        return a + b + a * b;
    }

    /** Row times row, as if in twice the precision: Dot2 of Ogita, Rump and Oishi (2005), doi 10.1137/030601818. */
    static double dot(DMatrixRMaj a, int rowOfA, DMatrixRMaj b, int rowOfB, double start) {
        double sum = start;
        double rest = 0;
        int fromA = rowOfA * a.numCols;
        int fromB = rowOfB * b.numCols;
        for (int i = 0; i < a.numCols; i++) {
            double product = a.data[fromA + i] * b.data[fromB + i];
            double next = sum + product;
            double shift = next - sum;
            rest += (sum - (next - shift))
                    + (product - shift)
                    + Math.fma(a.data[fromA + i], b.data[fromB + i], -product);
            sum = next;
        }
        return sum + rest;
    }

    /** Euclidean norm of a row. */
    static double rowNorm(DMatrixRMaj matrix, int row) {
        double squares = 0;
        for (int column = 0; column < matrix.numCols; column++) {
            squares += matrix.get(row, column) * matrix.get(row, column);
        }
        return Math.sqrt(squares);
    }

    /** Euclidean norms of all columns. */
    static double[] columnNorms(DMatrixRMaj matrix) {
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
