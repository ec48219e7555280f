package org.idem.theory.design;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.decomposition.qr.QRColPivDecompositionHouseholderColumn_DDRM;
import org.idem.theory.arithmetic.ModularRank;
import org.idem.theory.arithmetic.Rounding;
import org.jspecify.annotations.Nullable;

/**
 * Rank and orthonormal range basis of a design matrix by Householder QR with column pivoting.
 *
 * <p>A pivot counts as zero below 4(d + n) · unit roundoff · largest pivot: each entry passes about four roundings per
 * reflection, so equal columns can leave a pivot of this size, and smaller ones cannot be told from zero.
 */
public final class RangeProjector {
    /** X, d × n. */
    private final DMatrixRMaj design;
    /** Q_r, d × rank. */
    private final DMatrixRMaj basis;

    private @Nullable Boolean exact;

    private RangeProjector(DMatrixRMaj design, DMatrixRMaj basis) {
        this.design = design;
        this.basis = basis;
    }

    /**
     * Factorises a design matrix.
     *
     * @param design d × n, kept
     * @return projector onto its range; rank 0 for a zero matrix
     */
    public static RangeProjector of(DMatrixRMaj design) {
        QRColPivDecompositionHouseholderColumn_DDRM qr = new QRColPivDecompositionHouseholderColumn_DDRM();
        double zero = 4.0 * (design.numRows + design.numCols) * Rounding.UNIT;
        qr.setSingularThreshold(zero);
        if (NormOps_DDRM.fastNormF(design) == 0 || !qr.decompose(design.copy())) {
            return new RangeProjector(design, new DMatrixRMaj(design.numRows, 0));
        }
        DMatrixRMaj pivots = qr.getR(null, true);
        double threshold = zero * Math.abs(pivots.get(0, 0));
        int rank = 0;
        while (rank < Math.min(pivots.numRows, pivots.numCols) && Math.abs(pivots.get(rank, rank)) > threshold) {
            rank++;
        }
        return new RangeProjector(design, CommonOps_DDRM.extract(qr.getQ(null, true), 0, design.numRows, 0, rank));
    }

    /**
     * Numerical rank of the design.
     *
     * @return between 0 and min(d, n)
     */
    public int rank() {
        return basis.numCols;
    }

    /**
     * Whether exact arithmetic finds no larger rank; worked out once, see {@link ModularRank}.
     *
     * @return true if the rank is proved
     */
    public synchronized boolean isExact() {
        if (exact == null) {
            exact = ModularRank.is(design, rank());
        }
        return exact;
    }

    /**
     * Orthonormal columns that span the range.
     *
     * @return d × rank, live
     */
    public DMatrixRMaj basis() {
        return basis;
    }

    /**
     * Part of each column outside the range, (I − Π)Q.
     *
     * @param columns d × m, not changed
     * @return fresh d × m
     */
    public DMatrixRMaj complement(DMatrixRMaj columns) {
        DMatrixRMaj result = columns.copy();
        if (rank() > 0) {
            DMatrixRMaj coordinates = CommonOps_DDRM.multTransA(basis, columns, null);
            CommonOps_DDRM.multAdd(-1, basis, coordinates, result);
        }
        return result;
    }
}
