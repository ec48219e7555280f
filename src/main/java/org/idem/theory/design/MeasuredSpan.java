package org.idem.theory.design;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.idem.theory.arithmetic.Rounding;

/**
 * Coordinates of a matrix in an orthonormal basis Q of its columns' span, Z = QᵀX, with how far the rounded basis fails
 * to be one. Source: proofs/rounding.md, §8.
 *
 * @param range basis of the span
 * @param coordinates Z, rank × columns
 * @param misfit bound on ‖X − Q*Z‖ with Q* the orthonormal matrix closest to the basis
 * @param skewness bound on ‖Q − Q*‖
 */
public record MeasuredSpan(RangeProjector range, DMatrixRMaj coordinates, double misfit, double skewness) {
    /**
     * Of a matrix whose span was found already.
     *
     * @param range projector onto the columns of the matrix
     * @param matrix d × n, not changed
     * @return a basis of the span with measured errors
     */
    public static MeasuredSpan of(RangeProjector range, DMatrixRMaj matrix) {
        int rank = range.rank();
        int length = matrix.numRows;
        DMatrixRMaj skew = CommonOps_DDRM.multInner(range.basis(), null);
        for (int i = 0; i < rank; i++) {
            skew.add(i, i, -1);
        }
        double skewness = NormOps_DDRM.normF(skew) + Rounding.accumulated(length) * rank;
        double relative = Rounding.accumulated(length + rank + 2) * Math.sqrt(rank) * (1 + skewness) + skewness;
        double misfit = NormOps_DDRM.normF(range.complement(matrix)) + relative * NormOps_DDRM.normF(matrix);
        return new MeasuredSpan(range, CommonOps_DDRM.multTransA(range.basis(), matrix, null), misfit, skewness);
    }
}
