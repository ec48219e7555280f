package org.idem.theory.rounding;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Precision;
import org.idem.network.LinearMethod;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.design.RangeProjector;
import org.idem.theory.output.TestDirections;
import org.idem.theory.output.TrainingErrors;
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
    private final boolean fromComputedSpan;
    /** ηc. */
    private final double effectiveStep;
    /** Errors of the steps with each example. */
    private final LocalErrors[] local;
    /** Errors of the parameters in every step, those of the gradient among them; rows × steps. */
    private final DMatrixRMaj ofParameters;
    /** Errors of the residuals in every step; rows × steps. */
    private final DMatrixRMaj ofResiduals;
    /** ξ of each row. */
    private final double[] strays;

    /**
     * Errors counted from the trajectory on the computed span, or from the exact one.
     *
     * @param model examples and their span
     * @param whole the problem in matrices
     * @param optimizer plain gradient descent, one example a step
     * @param steps number of steps, at least 0
     * @param precision arithmetic of the training
     * @param fromComputedSpan whether the prediction lives on the computed span, whose error then counts
     */
    public CyclicBudget(
            CyclicModel model,
            LeastSquares whole,
            LinearMethod optimizer,
            int steps,
            Precision precision,
            boolean fromComputedSpan) {
        this.model = model;
        this.steps = steps;
        this.fromComputedSpan = fromComputedSpan;
        effectiveStep = optimizer.learningRate() * model.lossScale();
        int rows = whole.rows();
        ofParameters = new DMatrixRMaj(rows, steps);
        ofResiduals = new DMatrixRMaj(rows, steps);
        local = new LocalErrors[model.examples()];
        for (int i = 0; i < local.length; i++) {
            local[i] = new LocalErrors(
                    optimizer, model.lossScale(), precision, model.design(i), whole.bias(), model.norm(i));
        }
        double growth = model.contracts(optimizer.learningRate()) ? growthOfAllSteps() : Double.POSITIVE_INFINITY;
        PathSums path = walk(new CyclicPath(model, effectiveStep, whole.movingInitial()), rows);
        strays = new double[rows];
        for (int row = 0; row < rows; row++) {
            double unseen = path.evaluation[row] + (fromComputedSpan ? 0 : path.misfits[row]);
            strays[row] = growth < 1
                    ? (path.errors[row] + growth * unseen) / (1 - growth) + unseen
                    : Double.POSITIVE_INFINITY;
        }
        addErrorsOfErrors();
    }

    private int exampleOf(int step) {
        return step % model.examples();
    }

    /** Σℓ_t: by how much the errors of all steps grow together per unit of stray. */
    private double growthOfAllSteps() {
        double sum = 0;
        for (int step = 0; step < steps; step++) {
            int example = exampleOf(step);
            LocalErrors.Step growth = local[example].growth();
            sum += growth.storage()
                    + growth.gradientStep()
                    + effectiveStep * model.norm(example) * growth.residual()
                    + effectiveStep * model.operatorMisfit(example);
        }
        return sum;
    }

    /** What the path of each row sums up to, one number for each row. */
    private static final class PathSums {
        /** Local errors of all steps. */
        private final double[] errors;
        /** Misfits of all steps. */
        private final double[] misfits;
        /** Error of the path's own evaluation. */
        private final double[] evaluation;

        PathSums(int rows) {
            errors = new double[rows];
            misfits = new double[rows];
            evaluation = new double[rows];
        }
    }

    /** Walks the path of the model: sets the local errors of every step and sums them. */
    private PathSums walk(CyclicPath path, int rows) {
        PathSums sums = new PathSums(rows);
        double[] largest = new double[rows];
        Arrays.setAll(largest, path::startNorm);
        double[] before = path.parametersNorms();
        for (int step = 0; step < steps; step++) {
            int example = exampleOf(step);
            path.step(example);
            double[] after = path.parametersNorms();
            for (int row = 0; row < rows; row++) {
                double residual = path.residualNorm(row) + before[row] * model.misfit();
                LocalErrors.Step errors =
                        local[example].at(new LocalErrors.State(before[row], after[row], residual, 0, 0, 0));
                double misfit = misfit(example, residual, before[row]);
                double ofParameter = errors.storage() + errors.gradientStep() + (fromComputedSpan ? misfit : 0);
                ofParameters.set(row, step, ofParameter);
                ofResiduals.set(row, step, errors.residual());
                sums.misfits[row] += misfit;
                sums.errors[row] += ofParameter + effectiveStep * model.norm(example) * errors.residual();
                largest[row] = Math.max(largest[row], after[row]);
            }
            before = after;
        }
        Arrays.setAll(sums.evaluation, row -> path.evaluationError(row, steps, largest[row]));
        return sums;
    }

    /** Gradient step's error by the misfit of the basis. */
    private double misfit(int example, double residualNorm, double parametersNorm) {
        return effectiveStep
                * model.misfit()
                * (residualNorm + parametersNorm * (model.norm(example) + model.misfit()));
    }

    /** Puts the strays back into the errors of every step. */
    private void addErrorsOfErrors() {
        for (int step = 0; step < steps; step++) {
            int example = exampleOf(step);
            LocalErrors.Step growth = local[example].growth();
            double ofGradient = growth.gradientStep() + effectiveStep * model.operatorMisfit(example);
            for (int row = 0; row < strays.length; row++) {
                ofParameters.add(row, step, (growth.storage() + ofGradient) * strays[row]);
                ofResiduals.add(row, step, growth.residual() * strays[row]);
            }
        }
    }

    @Override
    public double stray(int row) {
        return strays[row];
    }

    @Override
    public DMatrixRMaj ofOutputs(TestDirections tests, DMatrixRMaj columns) {
        double[] norms = Rounding.columnNorms(columns);
        return canFollow(norms.length) ? inTheirDirections(columns, norms) : inWorstDirection(norms);
    }

    /** Whether so many test inputs can be followed backwards at a modest price. */
    private boolean canFollow(int tests) {
        int rank = range().rank();
        double work = (double) steps * tests * (2.0 * Math.min(rank, model.columns(0).numCols) * rank + strays.length);
        return work <= CHEAP && (double) steps * tests <= MOST_NUMBERS && rank > 0;
    }

    /** ξ‖x‖, rows × tests. */
    private DMatrixRMaj inWorstDirection(double[] norms) {
        DMatrixRMaj bounds = new DMatrixRMaj(strays.length, norms.length);
        for (int row = 0; row < strays.length; row++) {
            for (int test = 0; test < norms.length; test++) {
                bounds.set(row, test, strays[row] * norms[test]);
            }
        }
        return bounds;
    }

    /** Errors of every step times the responses of the test inputs to them, rows × tests. */
    private DMatrixRMaj inTheirDirections(DMatrixRMaj columns, double[] norms) {
        DMatrixRMaj onParameters = new DMatrixRMaj(steps, norms.length);
        DMatrixRMaj onResiduals = new DMatrixRMaj(steps, norms.length);
        follow(columns, norms, onParameters, onResiduals);
        DMatrixRMaj bounds = CommonOps_DDRM.mult(ofParameters, onParameters, null);
        CommonOps_DDRM.multAdd(ofResiduals, onResiduals, bounds);
        return bounds;
    }

    private RangeProjector range() {
        return model.range();
    }

    /**
     * Responses of every test input to a unit error of each step, followed backwards from the end.
     *
     * @param columns test inputs, d × tests
     * @param norms their norms
     * @param onParameters steps × tests, filled in: ‖w‖
     * @param onResiduals steps × tests, filled in: bound on ηc‖X_iᵀw‖
     */
    private void follow(DMatrixRMaj columns, double[] norms, DMatrixRMaj onParameters, DMatrixRMaj onResiduals) {
        DMatrixRMaj coordinates = CommonOps_DDRM.multTransA(range().basis(), columns, null);
        double[] outside = Rounding.columnNorms(range().complement(columns));
        int rank = range().rank();
        double perStep = Rounding.accumulated(2 * (rank + model.columns(0).numCols) + 16) * rank;
        // each step back, and the coordinates at first, err by so much relative to the test input
        double error = Rounding.accumulated(columns.numRows + rank) * Math.sqrt(rank) + 2 * model.skewness();
        DMatrixRMaj seen = new DMatrixRMaj(0, norms.length);
        for (int step = steps - 1; step >= 0; step--) {
            int example = exampleOf(step);
            DMatrixRMaj own = model.rows(example).coordinates();
            CommonOps_DDRM.mult(own, coordinates, seen);
            double[] inside = Rounding.columnNorms(coordinates);
            double[] seenNorms = Rounding.columnNorms(seen);
            error += 4 * perStep + effectiveStep * model.rowsMisfit(example);
            double missed =
                    model.norm(example) * 2 * error + 2 * model.rows(example).misfit();
            for (int test = 0; test < norms.length; test++) {
                double length = Math.sqrt(inside[test] * inside[test] + outside[test] * outside[test]);
                onParameters.set(step, test, length + 2 * error * norms[test]);
                double ofMisfit = model.misfit() * (length + 2 * error * norms[test]);
                onResiduals.set(step, test, effectiveStep * (seenNorms[test] + missed * norms[test] + ofMisfit));
            }
            CommonOps_DDRM.multAddTransA(-effectiveStep, own, seen, coordinates);
        }
    }
}
