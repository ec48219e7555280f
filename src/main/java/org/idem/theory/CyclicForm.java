package org.idem.theory;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.design.Design;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.output.LimitError;
import org.idem.theory.output.OutputBudget;
import org.idem.theory.output.OutputErrors;
import org.idem.theory.output.TrainingErrors;
import org.idem.theory.path.AffinePower;
import org.idem.theory.path.CyclicModel;
import org.idem.theory.rounding.CyclicBudget;
import org.jspecify.annotations.Nullable;

/**
 * Training of a one-layer network with one example (or image) per step, in cyclic order, by plain gradient descent.
 *
 * <p>One cycle through the examples is an affine map of the parameters' coordinates in the span of all inputs; its
 * powers give the parameters after any number of steps, whether targets are consistent or not. If they are, one
 * solution θ* meets all of them and θ_t = θ* + (θ_0 − θ*)·∏(I − ηc X_iX_iᵀ), so the limit is that of full batches. The
 * loss scale c is that of one example alone. Source: proofs/rounding.md, §8.
 */
public final class CyclicForm implements SteppedForm {
    private final LinearProblem problem;
    private final LeastSquares data;
    private final ClosedForm fullBatch;
    private final CyclicModel model;
    private @Nullable DMatrixRMaj limit;
    private @Nullable AffinePower cycle;
    private double rateOfCycle;
    private @Nullable Boolean consistent;

    /**
     * Prepares the span of a problem's inputs.
     *
     * @param problem network, data, initial parameters and loss
     */
    public CyclicForm(LinearProblem problem) {
        this(problem, Design.of(problem.map(), problem.inputs()));
    }

    /**
     * With decompositions that other predictions may have used already.
     *
     * @param problem network, data, initial parameters and loss
     * @param design of the problem's network and inputs
     */
    public CyclicForm(LinearProblem problem, Design design) {
        this.problem = problem;
        fullBatch = new ClosedForm(problem, design);
        data = fullBatch.data();
        model = new CyclicModel(problem, data, design);
    }

    /**
     * Largest curvature c·λmax of the loss of one example.
     *
     * @return at least 0, rounded upwards; steps contract up to a learning rate of 2 divided by it
     */
    @Override
    public double largestCurvature() {
        return model.largestCurvature();
    }

    private static void requirePlain(LinearMethod optimizer) {
        if (optimizer.momentum() > 0 || optimizer.weightDecay() > 0) {
            throw new IllegalArgumentException("one example at a time needs plain gradient descent, got momentum "
                    + optimizer.momentum() + " and weight decay " + optimizer.weightDecay());
        }
    }

    private AffinePower map(LinearMethod optimizer, int steps) {
        int examples = model.examples();
        double rate = optimizer.learningRate();
        if (cycle == null || rateOfCycle != rate) {
            cycle = model.stepsBefore(examples, rate);
            rateOfCycle = rate;
        }
        AffinePower cycles = cycle.power(steps / examples);
        int more = steps % examples;
        return more == 0 ? cycles : cycles.then(model.stepsBefore(more, rate));
    }

    /**
     * Parameters after training.
     *
     * @param optimizer plain gradient descent
     * @param horizon number of single-example steps, or the limit, which exists for consistent targets only
     * @return k × d, with bias k × (d + 1) with the bias last
     */
    @Override
    public DMatrixRMaj parameters(LinearMethod optimizer, Horizon horizon) {
        requirePlain(optimizer);
        if (!(horizon instanceof Horizon.Steps steps)) {
            return limit().copy();
        }
        DMatrixRMaj result = data.initial().copy();
        if (model.range().rank() > 0) {
            DMatrixRMaj start = model.start();
            DMatrixRMaj change = map(optimizer, steps.count()).of(start);
            CommonOps_DDRM.subtractEquals(change, start);
            CommonOps_DDRM.multAddTransB(change, model.range().basis(), result);
        }
        return result;
    }

    /**
     * Whether one set of parameters meets all targets, up to rounding: the condition for a limit.
     *
     * @return true if the least-squares solution leaves no residual beyond its rounding
     */
    public boolean targetsAreConsistent() {
        if (consistent == null) {
            consistent = LimitError.meetsTargets(data, limit());
        }
        return consistent;
    }

    /** The least-squares solution closest to the start, whatever the learning rate; shared, nobody writes to it. */
    private DMatrixRMaj limit() {
        if (limit == null) {
            limit = fullBatch.parameters(LinearMethod.gradientDescent(1), new Horizon.Limit());
        }
        return limit;
    }

    /**
     * Outputs of the network with given parameters.
     *
     * @param parameters as {@link #parameters} returns them
     * @param inputs (m, d) or (m, C, H, W)
     * @return outputs in the network's shape
     */
    @Override
    public Array outputs(DMatrixRMaj parameters, Array inputs) {
        return fullBatch.outputs(parameters, inputs);
    }

    /**
     * How far an output trained in a precision may lie from the closed form, by rounding on either side.
     *
     * @param optimizer plain gradient descent
     * @param steps number of single-example steps
     * @param precision arithmetic of the training
     * @param inputs test inputs (m, d) or (m, C, H, W); like the problem's own numbers they must be numbers of the
     *     precision
     * @return bounds on the absolute difference, in the shape of the outputs; infinite if some step is not a
     *     contraction
     */
    @Override
    public Array budget(LinearMethod optimizer, int steps, Precision precision, Array inputs) {
        requirePlain(optimizer);
        DMatrixRMaj predicted = parameters(optimizer, new Horizon.Steps(steps));
        OutputErrors prediction = predictionErrors(optimizer, steps, predicted);
        TrainingErrors training = new CyclicBudget(model, data, optimizer, steps, precision, true);
        return OutputBudget.inParts(
                problem.map(), data, inputs, false, part -> part.of(predicted, prediction, training, precision));
    }

    /** Rounding of the parameters that are predicted, in norm. */
    private OutputErrors predictionErrors(LinearMethod optimizer, int steps, DMatrixRMaj predicted) {
        int rank = model.range().rank();
        double[] errors = new double[data.rows()];
        if (rank > 0) {
            AffinePower map = map(optimizer, steps);
            DMatrixRMaj start = model.start();
            DMatrixRMaj change = map.of(start);
            CommonOps_DDRM.subtractEquals(change, start);
            double root = Math.sqrt(rank);
            double product = Rounding.accumulated(rank + 1) * root + model.skewness();
            for (int row = 0; row < errors.length; row++) {
                double norm = Rounding.rowNorm(start, row);
                double atFirst = (Rounding.accumulated(predicted.numCols) * root + model.skewness())
                        * Rounding.rowNorm(data.initial(), row);
                double moved = Rounding.rowNorm(change, row);
                errors[row] = map.error(row, norm, atFirst)
                        + atFirst
                        + product * moved
                        + Rounding.UNIT * (2 * norm + moved + Rounding.rowNorm(predicted, row));
            }
        }
        return (tests, norms, unseenNorms) -> {
            DMatrixRMaj bounds = new DMatrixRMaj(errors.length, norms.length);
            for (int at = 0; at < bounds.getNumElements(); at++) {
                bounds.data[at] = errors[at / norms.length] * norms[at % norms.length];
            }
            return bounds;
        };
    }

    /**
     * How far an output after t single-example steps in exact arithmetic may lie from the computed limit.
     *
     * @param optimizer plain gradient descent
     * @param steps number t of steps
     * @param inputs test inputs (m, d) or (m, C, H, W)
     * @return bounds on the absolute difference, in the shape of the outputs; infinite if the rank is not clear, if
     *     targets are inconsistent, or if some step is not a contraction
     */
    @Override
    public Array truncation(LinearMethod optimizer, int steps, Array inputs) {
        requirePlain(optimizer);
        OutputErrors errors = limitErrors(optimizer, steps);
        return OutputBudget.inParts(problem.map(), data, inputs, false, part -> part.of(errors));
    }

    /**
     * How far an output after t single-example steps in a precision may lie from the computed limit.
     *
     * @param optimizer plain gradient descent
     * @param steps number t of steps
     * @param precision arithmetic of the training
     * @param inputs test inputs (m, d) or (m, C, H, W), numbers of the precision
     * @return as {@link #truncation}, with the rounding of the training
     */
    @Override
    public Array limitBudget(LinearMethod optimizer, int steps, Precision precision, Array inputs) {
        requirePlain(optimizer);
        DMatrixRMaj limit = limit();
        OutputErrors errors = limitErrors(optimizer, steps);
        TrainingErrors training = new CyclicBudget(model, data, optimizer, steps, precision, false);
        return OutputBudget.inParts(
                problem.map(), data, inputs, false, part -> part.of(limit, errors, training, precision));
    }

    private OutputErrors limitErrors(LinearMethod optimizer, int steps) {
        double rate = optimizer.learningRate();
        double slowest = Double.POSITIVE_INFINITY;
        if (model.contracts(rate) && targetsAreConsistent()) {
            slowest = map(optimizer, steps).largestNorm();
            for (int step = 0; step < steps; step++) {
                slowest += rate * model.lossScale() * model.operatorMisfit(step % model.examples());
            }
        }
        return new LimitError(data, model.range(), limit(), slowest);
    }
}
