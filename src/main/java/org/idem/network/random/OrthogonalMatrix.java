package org.idem.network.random;

import java.util.SplittableRandom;

/**
 * Random matrices with orthonormal rows or columns, of the law that no rotation changes (Haar).
 *
 * <p>Such a matrix is the factor Q of a Gaussian matrix A = QR whose R has a positive diagonal (Mezzadri 2007, Notices
 * AMS 54:592). The reflection that clears a column of A leaves the columns after it Gaussian, so each reflection can be
 * drawn by itself and A is never needed (Stewart 1980, SIAM J. Numer. Anal. 17:403). Sums run in a fixed order and
 * roots are correctly rounded, so that every platform gets the same bits.
 */
public final class OrthogonalMatrix {
    private OrthogonalMatrix() {}

    /**
     * Draws a matrix whose shorter side is orthonormal: its columns if it has at least as many rows, else its rows.
     *
     * <p>Each entry of the product with its transpose differs from that of the unit matrix by at most 2g + g², where g
     * = γ(n(4m + 7)), m and n are the longer and the shorter side, and γ(k) = ku/(1 − ku): each of at most n
     * reflections is exactly orthogonal for the vector that is stored, and applying it costs two sums of m products.
     *
     * @param rows at least 1
     * @param columns at least 1
     * @param random source, advanced by the call
     * @return row-major numbers
     */
    public static double[] draw(int rows, int columns, SplittableRandom random) {
        boolean tall = rows >= columns;
        double[][] basis = basis(Math.max(rows, columns), Math.min(rows, columns), random);
        double[] matrix = new double[Math.multiplyExact(rows, columns)];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                matrix[row * columns + column] = tall ? basis[column][row] : basis[row][column];
            }
        }
        return matrix;
    }

    /** Orthonormal vectors, as many as count, of a length that is at least that. */
    private static double[][] basis(int length, int count, SplittableRandom random) {
        double[][] basis = new double[count][length];
        for (int k = count - 1; k >= 0; k--) {
            double[] normal = new double[length];
            double norm = drawn(normal, k, random);
            // the reflection sends the k-th unit vector to ∓ the drawn direction; the sign of R's diagonal turns it
            // back
            boolean negative = normal[k] < 0;
            double sign = negative ? 1 : -1;
            normal[k] += negative ? -norm : norm;
            double factor = 2 / dot(normal, normal, k);
            basis[k][k] = 1;
            for (int vector = k; vector < count; vector++) {
                reflect(basis[vector], normal, factor, k);
            }
            for (int i = k; i < length; i++) {
                basis[k][i] *= sign;
            }
        }
        return basis;
    }

    /** Draws normal numbers from a place on, not all of them 0, and returns their norm. */
    private static double drawn(double[] numbers, int from, SplittableRandom random) {
        double square = 0;
        while (!(square > 0)) {
            for (int i = from; i < numbers.length; i++) {
                numbers[i] = NormalNumbers.next(random);
            }
            square = dot(numbers, numbers, from);
        }
        return StrictMath.sqrt(square);
    }

    private static void reflect(double[] vector, double[] normal, double factor, int from) {
        double along = factor * dot(normal, vector, from);
        for (int i = from; i < vector.length; i++) {
            vector[i] -= along * normal[i];
        }
    }

    private static double dot(double[] one, double[] other, int from) {
        double sum = 0;
        for (int i = from; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
