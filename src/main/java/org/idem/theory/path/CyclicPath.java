package org.idem.theory.path;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.theory.arithmetic.Rounding;

/** Norms of every row along the path of training with one example per step, in the coordinates of the span. */
public final class CyclicPath {
    private final CyclicModel model;
    private final double effectiveStep;
    /** φ = θQ, rows × rank. */
    private final DMatrixRMaj coordinates;
    /** Norm of what lies off the span and is kept, one for each row. */
    private final double[] keptNorms;
    /** Norm of the start, one for each row. */
    private final double[] startNorms;
    /** φZ_i − Y_i of the last step, rows × columns. */
    private DMatrixRMaj residual = new DMatrixRMaj(0, 0);

    /**
     * Of a start θ_0, one row per output; the effective step is ηc, learning rate times loss scale.
     *
     * @param model examples and their span
     * @param effectiveStep ηc
     * @param start θ_0, rows × d, not changed
     */
    public CyclicPath(CyclicModel model, double effectiveStep, DMatrixRMaj start) {
        this.model = model;
        this.effectiveStep = effectiveStep;
        coordinates = CommonOps_DDRM.mult(start, model.range().basis(), null);
        keptNorms = Rounding.columnNorms(model.range().complement(CommonOps_DDRM.transpose(start, null)));
        startNorms = new double[start.numRows];
        for (int row = 0; row < startNorms.length; row++) {
            startNorms[row] = Rounding.rowNorm(start, row);
        }
    }

    /**
     * Takes one step with an example.
     *
     * @param example which, from 0
     */
    public void step(int example) {
        DMatrixRMaj columns = model.columns(example);
        residual = CommonOps_DDRM.mult(coordinates, columns, null);
        CommonOps_DDRM.subtractEquals(residual, model.targets(example));
        CommonOps_DDRM.multAddTransB(-effectiveStep, residual, columns, coordinates);
    }

    /**
     * Norms of the rows of parameters after the last step.
     *
     * @return fresh, one for each row
     */
    public double[] parametersNorms() {
        double[] norms = new double[keptNorms.length];
        for (int row = 0; row < norms.length; row++) {
            norms[row] = Math.sqrt(Rounding.squaredRowNorm(coordinates, row) + keptNorms[row] * keptNorms[row]);
        }
        return norms;
    }

    /**
     * Norm of a row's residual in the last step.
     *
     * @param row which, from 0
     * @return at least 0
     */
    public double residualNorm(int row) {
        return Rounding.rowNorm(residual, row);
    }

    /**
     * Norm of a row of the start.
     *
     * @param row which, from 0
     * @return at least 0
     */
    public double startNorm(int row) {
        return startNorms[row];
    }

    /**
     * Bound on the rounding of this path itself after some steps, given the largest norm on it.
     *
     * @param row which, from 0
     * @param steps number of steps taken
     * @param largestNorm of a row of parameters on the path
     * @return bound on the norm of the error
     */
    public double evaluationError(int row, int steps, double largestNorm) {
        int rank = model.range().rank();
        double pull = 0;
        for (int example = 0; example < model.examples(); example++) {
            double targetNorm = Rounding.rowNorm(model.targets(example), row);
            pull = Math.max(pull, effectiveStep * model.norm(example) * Math.sqrt(rank) * targetNorm);
        }
        int d = model.range().basis().numRows;
        double atFirst = Rounding.accumulated(d + rank) * Math.sqrt(rank) + 2 * model.skewness();
        double perStep = Rounding.accumulated(2 * (rank + model.columns(0).numCols) + 16);
        return atFirst * startNorms[row] + steps * perStep * (4 * rank * largestNorm + 2 * pull);
    }
}
