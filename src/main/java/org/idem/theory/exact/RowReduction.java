package org.idem.theory.exact;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.idem.network.exact.RationalArray;

/**
 * Reduced row echelon form of a rational matrix, and with it its exact rank.
 *
 * <p>Elimination on the whole numerators by the fraction-free scheme: every division has remainder 0, because the
 * entries stay minors of the matrix. Source: Bareiss, Sylvester's identity and multistep integer-preserving Gaussian
 * elimination, doi:10.1090/S0025-5718-1968-0226829-0.
 *
 * @param echelon matrix of the same shape: each pivot is 1, alone in its column; rows below the rank are 0
 * @param pivots columns of the pivots, ascending; as many as the rank
 */
public record RowReduction(RationalMatrix echelon, List<Integer> pivots) {
    /**
     * Reduces a matrix.
     *
     * @param matrix any matrix
     * @return its echelon form
     */
    public static RowReduction of(RationalMatrix matrix) {
        int columns = matrix.columns();
        BigInteger[][] rows = new BigInteger[matrix.rows()][columns];
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < columns; column++) {
                rows[row][column] = matrix.entries().numerator(row * columns + column);
            }
        }
        List<Integer> pivots = new ArrayList<>();
        BigInteger last = BigInteger.ONE;
        for (int column = 0; column < columns; column++) {
            int top = pivots.size();
            int found = top;
            while (found < rows.length && rows[found][column].signum() == 0) {
                found++;
            }
            if (found < rows.length) {
                BigInteger[] pivotRow = rows[found];
                rows[found] = rows[top];
                rows[top] = pivotRow;
                for (int row = 0; row < rows.length; row++) {
                    if (row != top) {
                        eliminate(rows[row], pivotRow, column, last);
                    }
                }
                last = pivotRow[column];
                pivots.add(column);
            }
        }
        BigInteger[] flat = new BigInteger[rows.length * columns];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = rows[i / columns][i % columns];
        }
        return new RowReduction(
                new RationalMatrix(RationalArray.over(flat, last, rows.length, columns)), List.copyOf(pivots));
    }

    private static void eliminate(BigInteger[] row, BigInteger[] pivotRow, int column, BigInteger last) {
        BigInteger pivot = pivotRow[column];
        BigInteger factor = row[column];
        for (int i = 0; i < row.length; i++) {
            boolean alone = factor.signum() == 0 || pivotRow[i].signum() == 0;
            if (alone && row[i].equals(last)) {
                row[i] = pivot; // the row's own pivot
            } else if (!alone || row[i].signum() != 0) {
                BigInteger kept = pivot.multiply(row[i]);
                row[i] = (alone ? kept : kept.subtract(factor.multiply(pivotRow[i]))).divide(last);
            }
        }
    }

    /**
     * Solves A Z = B.
     *
     * @param square A, nonsingular
     * @param right B, with as many rows
     * @return Z
     * @throws ArithmeticException if A is singular
     */
    public static RationalMatrix solve(RationalMatrix square, RationalMatrix right) {
        RowReduction reduced = of(square.beside(right));
        int size = square.rows();
        if (square.columns() != size || reduced.pivots.size() < size || reduced.pivots.get(size - 1) != size - 1) {
            throw new ArithmeticException("the matrix must be square and nonsingular");
        }
        RationalMatrix turned = reduced.echelon.transposed();
        return turned.rows(size, turned.rows()).transposed();
    }

    /**
     * Rank of the matrix.
     *
     * @return number of pivots
     */
    public int rank() {
        return pivots.size();
    }
}
