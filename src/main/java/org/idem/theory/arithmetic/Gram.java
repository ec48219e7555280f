package org.idem.theory.arithmetic;

import org.ejml.data.DMatrixRMaj;

/**
 * Gram matrices XᵀX, each entry summed over the rows of X in their order. Four rows of the upper triangle grow at once,
 * so that X is read a quarter as often, and rows in which all four have a 0 are passed over.
 */
public final class Gram {
    private static final int AT_ONCE = 4;

    private Gram() {}

    /**
     * XᵀX, fresh and exactly symmetric.
     *
     * @param matrix X, d × n, not changed
     * @return n × n
     */
    public static DMatrixRMaj of(DMatrixRMaj matrix) {
        int size = matrix.numCols;
        // some rows too many, so that the last ones need no care
        double[][] upper = new double[size + AT_ONCE - 1][size];
        for (int row = 0; row < size; row += AT_ONCE) {
            for (int k = 0; k < matrix.numRows; k++) {
                addProducts(upper, row, matrix.data, k * size, size);
            }
        }
        DMatrixRMaj gram = new DMatrixRMaj(size, size);
        for (int row = 0; row < size; row++) {
            for (int column = row; column < size; column++) {
                gram.data[row * size + column] = upper[row][column];
                gram.data[column * size + row] = upper[row][column];
            }
        }
        return gram;
    }

    private static void addProducts(double[][] upper, int row, double[] data, int from, int size) {
        double first = data[from + row];
        double second = row + 1 < size ? data[from + row + 1] : 0;
        double third = row + 2 < size ? data[from + row + 2] : 0;
        double fourth = row + 3 < size ? data[from + row + 3] : 0;
        if (first == 0 && second == 0 && third == 0 && fourth == 0) {
            return;
        }
        double[] one = upper[row];
        double[] two = upper[row + 1];
        double[] three = upper[row + 2];
        double[] four = upper[row + 3];
        for (int column = row; column < size; column++) {
            double entry = data[from + column];
            one[column] += first * entry;
            two[column] += second * entry;
            three[column] += third * entry;
            four[column] += fourth * entry;
        }
    }
}
