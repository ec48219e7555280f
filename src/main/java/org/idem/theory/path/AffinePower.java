package org.idem.theory.path;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.idem.theory.arithmetic.Rounding;
import org.jspecify.annotations.Nullable;

/**
 * Affine maps φ → φM + B of rows, their compositions and powers, with running bounds on their errors.
 *
 * <p>Every M is a product of contractions, so its exact 2-norm is at most 1. Errors are bounded in the Frobenius norm
 * for M and row by row for B. Source: proofs/rounding.md, §8.
 */
public final class AffinePower {
    /** M, length × length. */
    private final DMatrixRMaj linear;
    /** B, rows × length. */
    private final DMatrixRMaj shift;
    /** Bound on ‖M − exact M‖_F. */
    private double linearError;
    /** Bounds on the norms of the errors of B, one for each row. */
    private final double[] shiftErrors;

    private @Nullable AffinePower squared;

    private AffinePower(DMatrixRMaj linear, DMatrixRMaj shift) {
        this.linear = linear;
        this.shift = shift;
        shiftErrors = new double[shift.numRows];
    }

    /** The map that changes nothing, for rows of some number and length. */
    static AffinePower identity(int rows, int length) {
        return new AffinePower(CommonOps_DDRM.identity(length), new DMatrixRMaj(rows, length));
    }

    /**
     * Bound on ‖M‖, the error of the computed M included.
     *
     * @return at least 0
     */
    public double largestNorm() {
        return Math.min(1, NormOps_DDRM.normF(linear) + linearError);
    }

    /**
     * Follows this map by one gradient step φ → φ − a(φZ − Y)Zᵀ, in place.
     *
     * @param step a, with a‖Z‖² at most 2
     * @param columns Z, length × columns
     * @param targets Y, rows × columns
     */
    void step(double step, DMatrixRMaj columns, DMatrixRMaj targets) {
        int operations = columns.numRows + columns.numCols + 8;
        double norm = NormOps_DDRM.normF(columns);
        double pull = Rounding.accumulated(operations) * step * norm;
        linearError += pull * norm * NormOps_DDRM.normF(linear) + Rounding.UNIT * NormOps_DDRM.normF(linear);
        DMatrixRMaj seen = CommonOps_DDRM.mult(linear, columns, null);
        CommonOps_DDRM.multAddTransB(-step, seen, columns, linear);
        DMatrixRMaj residual = CommonOps_DDRM.mult(shift, columns, null);
        CommonOps_DDRM.subtractEquals(residual, targets);
        for (int row = 0; row < shiftErrors.length; row++) {
            shiftErrors[row] += pull
                            * (norm * Rounding.rowNorm(shift, row)
                                    + Rounding.rowNorm(targets, row)
                                    + Rounding.rowNorm(residual, row))
                    + 2 * Rounding.UNIT * Rounding.rowNorm(shift, row);
        }
        CommonOps_DDRM.multAddTransB(-step, residual, columns, shift);
    }

    /**
     * First this map, then another.
     *
     * @param next map of rows of the same length
     * @return fresh
     */
    public AffinePower then(AffinePower next) {
        AffinePower both = new AffinePower(
                CommonOps_DDRM.mult(linear, next.linear, null), CommonOps_DDRM.mult(shift, next.linear, null));
        CommonOps_DDRM.addEquals(both.shift, next.shift);
        double product = Rounding.accumulated(linear.numCols + 1);
        double nextSize = NormOps_DDRM.normF(next.linear);
        both.linearError = linearError * (next.largestNorm() + next.linearError)
                + largestNorm() * next.linearError
                + product * NormOps_DDRM.normF(linear) * nextSize;
        for (int row = 0; row < shiftErrors.length; row++) {
            double size = Rounding.rowNorm(shift, row);
            both.shiftErrors[row] = shiftErrors[row] * next.largestNorm()
                    + (size + shiftErrors[row]) * next.linearError
                    + next.shiftErrors[row]
                    + product * (size * nextSize + Rounding.rowNorm(next.shift, row));
        }
        return both;
    }

    /**
     * This map so many times, by repeated squaring; squares are kept for the next power. The map may not change.
     *
     * @param exponent number of times, at least 0
     * @return the map of so many times
     */
    public AffinePower power(int exponent) {
        AffinePower result = null;
        AffinePower square = this;
        for (int left = exponent; left > 0; left >>= 1) {
            if ((left & 1) == 1) {
                result = result == null ? square : result.then(square);
            }
            if (left > 1) {
                square = square.squared();
            }
        }
        return result == null ? identity(shift.numRows, linear.numCols) : result;
    }

    private AffinePower squared() {
        if (squared == null) {
            squared = then(this);
        }
        return squared;
    }

    /**
     * The map's value φM + B at φ, both rows × length; fresh.
     *
     * @param rows φ, not changed
     * @return rows × length
     */
    public DMatrixRMaj of(DMatrixRMaj rows) {
        DMatrixRMaj value = CommonOps_DDRM.mult(rows, linear, null);
        CommonOps_DDRM.addEquals(value, shift);
        return value;
    }

    /**
     * Bound on the error of the value of a row with an error.
     *
     * @param row which, from 0
     * @param norm of the row that is mapped
     * @param error bound on the error of that row
     * @return bound on the norm of the error
     */
    public double error(int row, double norm, double error) {
        double product = Rounding.accumulated(linear.numCols + 1);
        return error * largestNorm()
                + (norm + error) * linearError
                + shiftErrors[row]
                + product * (norm * NormOps_DDRM.normF(linear) + Rounding.rowNorm(shift, row));
    }
}
