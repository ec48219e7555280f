package org.idem.theory.rounding;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Precision;
import org.idem.network.LinearMethod;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.design.RangeProjector;
import org.idem.theory.path.CyclicModel;
import org.idem.theory.path.CyclicPath;

/**
 * A-priori bound on the roundings of training with one example per step.
 *
 * <p>Each step is a contraction, so no error grows; in which direction of a test input it shrinks is followed backwards
 * from the end where that is cheap. Infinite if a step is not a contraction, or if errors of errors are not small.
 * Source: proofs/rounding.md, §8.
 */
public final class CyclicBudget implements TrainingErrors {
    /** Multiplications that following the test inputs may cost; a second or two. */
    private static final double CHEAP = 0x1p31;
    /** Numbers that may be kept for it. */
    private static final double MOST_NUMBERS = 0x1p22;

    private final CyclicModel model;
    private final int steps;
    private final double scale;
    /** rows × steps: errors of parameters, and of residuals. */
    private final DMatrixRMaj ofParameters;

    private final DMatrixRMaj ofResiduals;
    private final double[] strays;

    /** Errors counted from the trajectory on the computed span, or from the exact one. */
    public CyclicBudget(
            CyclicModel model,
            LeastSquares whole,
            LinearMethod optimizer,
            int steps,
            Precision precision,
            boolean fromComputedSpan) {
        this.model = model;
        this.steps = steps;
        scale = optimizer.learningRate() * model.lossScale();
        int rows = whole.rows();
        ofParameters = new DMatrixRMaj(rows, steps);
        ofResiduals = new DMatrixRMaj(rows, steps);
        strays = new double[rows];
        LocalErrors[] local = new LocalErrors[model.examples()];
        for (int i = 0; i < local.length; i++) {
            local[i] = new LocalErrors(
                    optimizer, model.lossScale(), precision, model.design(i), whole.bias(), model.norm(i));
        }
        double growthSum = model.contracts(optimizer.learningRate()) ? 0 : Double.POSITIVE_INFINITY;
        for (int step = 0; step < steps; step++) {
            growthSum += growth(step % local.length, local);
        }
        CyclicPath path = new CyclicPath(model, scale, whole.movingInitial());
        double[] bent = new double[rows];
        double[] sums = new double[rows];
        double[] largest = new double[rows];
        for (int row = 0; row < rows; row++) {
            largest[row] = path.startNorm(row);
        }
        double[] before = path.parametersNorms();
        for (int step = 0; step < steps; step++) {
            int example = step % local.length;
            path.step(example);
            double[] after = path.parametersNorms();
            for (int row = 0; row < rows; row++) {
                double residual = path.residualNorm(row) + before[row] * model.misfit();
                LocalErrors.Step errors =
                        local[example].at(new LocalErrors.State(before[row], after[row], residual, 0, 0, 0));
                double misfit = misfit(example, residual, before[row]);
                double here = errors.storage() + errors.gradientStep() + (fromComputedSpan ? misfit : 0);
                ofParameters.set(row, step, here);
                ofResiduals.set(row, step, errors.residual());
                bent[row] += misfit;
                sums[row] += here + scale * model.norm(example) * errors.residual();
                largest[row] = Math.max(largest[row], after[row]);
            }
            before = after;
        }
        for (int row = 0; row < rows; row++) {
            double unseen = path.evaluationError(row, steps, largest[row]) + (fromComputedSpan ? 0 : bent[row]);
            strays[row] = growthSum < 1
                    ? (sums[row] + growthSum * unseen) / (1 - growthSum) + unseen
                    : Double.POSITIVE_INFINITY;
            for (int step = 0; step < steps; step++) {
                int example = step % local.length;
                LocalErrors.Step growth = local[example].growth();
                double ofGradient = growth.gradientStep() + scale * model.operatorMisfit(example);
                ofParameters.add(row, step, (growth.storage() + ofGradient) * strays[row]);
                ofResiduals.add(row, step, growth.residual() * strays[row]);
            }
        }
    }

    private RangeProjector range() {
        return model.range();
    }

    private double growth(int example, LocalErrors[] local) {
        LocalErrors.Step growth = local[example].growth();
        return growth.storage()
                + growth.gradientStep()
                + scale * model.norm(example) * growth.residual()
                + scale * model.operatorMisfit(example);
    }

    /** Gradient step's error by the misfit of the basis. */
    private double misfit(int example, double residualNorm, double parametersNorm) {
        return scale * model.misfit() * (residualNorm + parametersNorm * (model.norm(example) + model.misfit()));
    }

    @Override
    public double stray(int row) {
        return strays[row];
    }

    @Override
    public DMatrixRMaj ofOutputs(TestDirections tests, DMatrixRMaj columns) {
        double[] norms = Rounding.columnNorms(columns);
        int count = norms.length;
        int rank = range().rank();
        double work = (double) steps * count * (2.0 * Math.min(rank, model.columns(0).numCols) * rank + strays.length);
        if (work > CHEAP || (double) steps * count > MOST_NUMBERS || rank == 0) {
            DMatrixRMaj bounds = new DMatrixRMaj(strays.length, count);
            for (int row = 0; row < strays.length; row++) {
                for (int test = 0; test < count; test++) {
                    bounds.set(row, test, strays[row] * norms[test]);
                }
            }
            return bounds;
        }
        DMatrixRMaj onParameters = new DMatrixRMaj(steps, count);
        DMatrixRMaj onResiduals = new DMatrixRMaj(steps, count);
        follow(columns, norms, onParameters, onResiduals);
        DMatrixRMaj bounds = CommonOps_DDRM.mult(ofParameters, onParameters, null);
        CommonOps_DDRM.multAdd(ofResiduals, onResiduals, bounds);
        return bounds;
    }

    /** Responses of every test input to a unit error of each step. */
    private void follow(DMatrixRMaj columns, double[] norms, DMatrixRMaj onParameters, DMatrixRMaj onResiduals) {
        DMatrixRMaj coordinates = CommonOps_DDRM.multTransA(range().basis(), columns, null);
        double[] outside = Rounding.columnNorms(range().complement(columns));
        int rank = range().rank();
        double perStep = Rounding.accumulated(2 * (rank + model.columns(0).numCols) + 16) * rank;
        // each step back, and the coordinates at first, err by so much relative to the test input
        double error = Rounding.accumulated(columns.numRows + rank) * Math.sqrt(rank) + 2 * model.skewness();
        DMatrixRMaj seen = new DMatrixRMaj(0, norms.length);
        for (int step = steps - 1; step >= 0; step--) {
            int example = step % model.examples();
            DMatrixRMaj own = model.rows(example).coordinates();
            CommonOps_DDRM.mult(own, coordinates, seen);
            double[] inside = Rounding.columnNorms(coordinates);
            double[] seenNorms = Rounding.columnNorms(seen);
            error += 4 * perStep + scale * model.rowsMisfit(example);
            double missed =
                    model.norm(example) * 2 * error + 2 * model.rows(example).misfit();
            for (int test = 0; test < norms.length; test++) {
                onParameters.set(
                        step,
                        test,
                        Math.sqrt(inside[test] * inside[test] + outside[test] * outside[test])
                                + 2 * error * norms[test]);
                onResiduals.set(step, test, scale * (seenNorms[test] + missed * norms[test]));
            }
            CommonOps_DDRM.multAddTransA(-scale, own, seen, coordinates);
        }
    }
}
