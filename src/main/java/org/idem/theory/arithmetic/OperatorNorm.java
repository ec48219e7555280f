package org.idem.theory.arithmetic;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.CommonOps_MT_DDRM;
import org.ejml.dense.row.NormOps_DDRM;

/**
 * Upper bounds of the operator norm: ‖M‖⁴ = ‖(MMᵀ)²‖ is at most the Frobenius norm of that square. For a matrix of
 * noise with n rows this is about 2·n^(1/8) times too large, where the Frobenius norm of M is √n/2 times. Source:
 * proofs/rounding.md, §4.
 */
public final class OperatorNorm {
    /** Fewer rows gain little. */
    private static final int WORTHWHILE = 48;
    /** Rows from which on threads pay. */
    private static final int WORTH_THREADS = 256;

    private OperatorNorm() {}

    /**
     * Bound on the operator norm of a square matrix, which is lost.
     *
     * @param rows n rows of n numbers, not to be used any more
     * @return at least the norm
     */
    public static double atMost(double[][] rows) {
        double frobenius = AccurateProduct.norm(rows);
        if (rows.length < WORTHWHILE || !(frobenius > 0) || Double.isInfinite(frobenius)) {
            return frobenius;
        }
        // a power of two, so that nothing underflows and nothing is rounded
        double unit = Math.scalb(1.0, Math.getExponent(frobenius));
        DMatrixRMaj matrix = new DMatrixRMaj(rows);
        CommonOps_DDRM.scale(1 / unit, matrix);
        double norm = frobenius / unit * (1 + 0x1p-40);
        double first = Rounding.accumulated(rows.length + 2) * norm * norm;
        DMatrixRMaj square = product(matrix);
        double squareNorm = NormOps_DDRM.normF(square) * (1 + 0x1p-40);
        double second = Rounding.accumulated(rows.length + 2) * squareNorm * squareNorm;
        double fourth = NormOps_DDRM.normF(product(square)) * (1 + 0x1p-40);
        return Math.min(norm, Math.sqrt(Math.sqrt(fourth + second) + first) * (1 + 0x1p-40)) * unit;
    }

    /** Squarings of {@link #closeTo}: the Frobenius norm of a 2^k-th power is at most n^(1/2^(k+1)) times too large. */
    private static final int SQUARINGS = 7;

    private static final int SQUARINGS_OF_LARGE = 3;

    /**
     * A close bound on the operator norm.
     *
     * @param matrix any shape, not changed
     * @return at least the norm, and at most n^(1/256) times it for n rows or columns, whichever are fewer; n^(1/16)
     *     times from 256 on
     */
    public static double closeTo(DMatrixRMaj matrix) {
        DMatrixRMaj wide = matrix.numRows > matrix.numCols ? CommonOps_DDRM.transpose(matrix, null) : matrix.copy();
        return closeTo(wide, wide.numRows < WORTH_THREADS ? SQUARINGS : SQUARINGS_OF_LARGE);
    }

    private static double closeTo(DMatrixRMaj matrix, int squarings) {
        double frobenius = NormOps_DDRM.normF(matrix) * (1 + 0x1p-40);
        if (!(frobenius < Double.POSITIVE_INFINITY)) {
            return Double.POSITIVE_INFINITY;
        }
        if (squarings == 0 || frobenius == 0) {
            return frobenius;
        }
        double unit = Math.scalb(1.0, Math.getExponent(frobenius));
        CommonOps_DDRM.scale(1 / unit, matrix);
        double norm = frobenius / unit;
        double rounded = Rounding.accumulated(matrix.numCols + 2) * norm * norm;
        double square = closeTo(product(matrix), squarings - 1) + rounded;
        return Math.min(norm, Math.sqrt(square) * (1 + 0x1p-40)) * unit;
    }

    private static DMatrixRMaj product(DMatrixRMaj matrix) {
        DMatrixRMaj product = new DMatrixRMaj(matrix.numRows, matrix.numRows);
        if (matrix.numRows < WORTH_THREADS) {
            CommonOps_DDRM.multTransB(matrix, matrix, product);
        } else {
            CommonOps_MT_DDRM.multTransB(matrix, matrix, product);
        }
        return product;
    }
}
