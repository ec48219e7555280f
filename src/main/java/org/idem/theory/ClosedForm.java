package org.idem.theory;

import java.util.function.Function;
import java.util.function.IntPredicate;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.CommonOps_MT_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.theory.design.Design;
import org.idem.theory.design.DesignMatrix;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.design.ModeCoordinates;
import org.idem.theory.design.ParameterModes;
import org.idem.theory.design.RangeProjector;
import org.idem.theory.design.Spectrum;
import org.idem.theory.output.LimitError;
import org.idem.theory.output.OutputBudget;
import org.idem.theory.output.OutputErrors;
import org.idem.theory.output.PredictionError;
import org.idem.theory.output.RidgeError;
import org.idem.theory.path.Coefficients;
import org.idem.theory.path.ModeParameters;
import org.idem.theory.path.ResidualPolynomial;
import org.idem.theory.rounding.RoundingBudget;
import org.idem.theory.rounding.SlowestFactor;
import org.jspecify.annotations.Nullable;

/**
 * The least-squares trajectory of a one-layer network: one formula for FCN and CNN, with and without bias.
 *
 * <p>After t steps θ_t = r(ω) θ_0 + c·r[cλ + ω, ω] (θ_0 X) Xᵀ − c·r[cλ + ω, 0] Y Xᵀ in the eigenbasis of the smaller
 * Gram matrix, with r the {@link ResidualPolynomial} and r[·,·] its divided difference: no rank is decided. In the
 * limit the range of X gets the least-squares solution and its complement keeps θ_0, by {@link RangeProjector}. Source:
 * proofs/trajectory.md.
 */
public final class ClosedForm implements SteppedForm {
    /** Multiplications from which on a product is shared among threads; each entry is still summed in one order. */
    private static final double WORTH_THREADS = 0x1p28;

    private final LinearProblem problem;
    private final Design design;
    private final LeastSquares data;
    private final Spectrum spectrum;
    private @Nullable ModeCoordinates coordinates;

    /**
     * Prepares the spectrum of a problem.
     *
     * @param problem network, data, initial parameters and loss
     */
    public ClosedForm(LinearProblem problem) {
        this(problem, Design.of(problem.map(), problem.inputs()));
    }

    /**
     * With decompositions that other predictions may have used already.
     *
     * @param problem network, data, initial parameters and loss
     * @param design of the problem's network and inputs
     */
    public ClosedForm(LinearProblem problem, Design design) {
        this.problem = problem;
        this.design = design;
        data = LeastSquares.of(problem, design);
        spectrum = data.spectrum();
    }

    /**
     * The problem in matrices.
     *
     * @return live
     */
    public LeastSquares data() {
        return data;
    }

    /**
     * Largest curvature c·λmax of the loss, weight decay not included.
     *
     * @return at least 0
     */
    @Override
    public double largestCurvature() {
        return data.lossScale() * spectrum.largest();
    }

    /**
     * Number of steps after which every mode is so close to its limit. With momentum, modes swing through their limits
     * and may be further away a step later.
     *
     * @param factor largest |r_t(μ)| allowed over the modes that training moves, in (0, 1)
     * @param optimizer method, inside its stable range
     * @param most number of steps at which the search gives up
     * @return at least 1; more than {@code most} if that many do not suffice
     */
    public int stepsTo(double factor, LinearMethod optimizer, int most) {
        return search(most, steps -> arrived(optimizer, steps, factor));
    }

    /**
     * Number of steps after which every mode is so close to its limit twice in a row. Both together decide all later
     * steps, so that no mode only swings through its limit.
     *
     * @param factor largest |r_t(μ)| allowed over the modes that training moves, in (0, 1)
     * @param optimizer method, inside its stable range
     * @param most number of steps at which the search gives up
     * @return at least 1; more than {@code most} if that many do not suffice
     */
    public int stepsToStay(double factor, LinearMethod optimizer, int most) {
        return search(most, steps -> arrived(optimizer, steps, factor) && arrived(optimizer, steps + 1, factor));
    }

    private static int search(int most, IntPredicate arrived) {
        int steps = 1;
        while (steps <= most && !arrived.test(steps)) {
            steps += (steps + 1) / 2;
        }
        return steps;
    }

    private boolean arrived(LinearMethod optimizer, int steps, double factor) {
        double threshold = spectrum.zero();
        ResidualPolynomial residual = new ResidualPolynomial(optimizer, steps);
        double decay = optimizer.weightDecay();
        // on the side of the parameters every direction is a mode
        if (decay > 0 && spectrum.exampleSide() && !(Math.abs(residual.value(decay)) <= factor)) {
            return false;
        }
        for (double lambda : spectrum.values()) {
            if ((decay > 0 || lambda > threshold)
                    && !(Math.abs(residual.value(data.lossScale() * lambda + decay)) <= factor)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Parameters after training.
     *
     * @param optimizer method, inside its stable range
     * @param horizon steps or limit
     * @return k × d, with bias k × (d + 1) with the bias last
     */
    @Override
    public DMatrixRMaj parameters(LinearMethod optimizer, Horizon horizon) {
        if (horizon instanceof Horizon.Steps steps) {
            return parameters(Coefficients.afterSteps(data, optimizer, steps.count()));
        }
        return optimizer.weightDecay() > 0
                ? parameters(Coefficients.ridge(data, optimizer.weightDecay()))
                : interpolation();
    }

    private ModeCoordinates coordinates() {
        if (coordinates == null) {
            coordinates = ModeCoordinates.of(data, false);
        }
        return coordinates;
    }

    private DMatrixRMaj parameters(Coefficients coefficients) {
        return ModeParameters.of(data, coordinates(), coefficients);
    }

    private DMatrixRMaj interpolation() {
        RangeProjector range = design.range();
        DMatrixRMaj result = data.initial().copy();
        if (range.rank() == 0) {
            return result;
        }
        DMatrixRMaj coordinates = CommonOps_DDRM.multTransA(data.design(), range.basis(), null);
        LinearSolverDense<DMatrixRMaj> solver =
                LinearSolverFactory_DDRM.leastSquares(coordinates.numRows, coordinates.numCols);
        DMatrixRMaj solution = new DMatrixRMaj(range.rank(), result.numRows);
        if (!solver.setA(coordinates.copy())) {
            throw new ArithmeticException("the least-squares problem could not be factorised");
        }
        solver.solve(CommonOps_DDRM.transpose(data.targets(), null), solution);
        DMatrixRMaj change = CommonOps_DDRM.mult(data.initial(), range.basis(), null);
        CommonOps_DDRM.scale(-1, change);
        CommonOps_DDRM.addEquals(change, CommonOps_DDRM.transpose(solution, null));
        CommonOps_DDRM.multAddTransB(change, range.basis(), result);
        return result;
    }

    /**
     * How far an output trained in a precision may lie from the closed form, by rounding on either side.
     *
     * @param optimizer method, inside its stable range
     * @param steps number of full-batch steps
     * @param precision arithmetic of the training
     * @param inputs test inputs (m, d) or (m, C, H, W); like the problem's own numbers they must be numbers of the
     *     precision
     * @return bounds on the absolute difference, in the shape of the outputs; infinite where rounding could carry
     *     training anywhere. Source: proofs/rounding.md
     */
    @Override
    public Array budget(LinearMethod optimizer, int steps, Precision precision, Array inputs) {
        return afterSteps(optimizer, steps, precision, inputs).budget();
    }

    /**
     * Outputs after some steps with their {@link #budget}.
     *
     * @param optimizer method, inside its stable range
     * @param steps number t of full-batch steps
     * @param precision arithmetic of the training
     * @param inputs test inputs (m, d) or (m, C, H, W), numbers of the precision
     * @return both in the shape of the outputs
     */
    public BoundedOutputs afterSteps(LinearMethod optimizer, int steps, Precision precision, Array inputs) {
        Coefficients coefficients = Coefficients.afterSteps(data, optimizer, steps);
        DMatrixRMaj predicted = parameters(coefficients);
        OutputErrors prediction = new PredictionError(data, coordinates(), coefficients);
        RoundingBudget training = new RoundingBudget(data, optimizer, steps, precision, true);
        Array budget = bounds(optimizer, inputs, part -> part.of(predicted, prediction, training, precision));
        return new BoundedOutputs(outputs(predicted, inputs), budget);
    }

    private Array bounds(LinearMethod optimizer, Array inputs, Function<OutputBudget, Array> parts) {
        return OutputBudget.inParts(problem.map(), data, inputs, optimizer.weightDecay() > 0, parts);
    }

    /**
     * How far an output after t steps of exact arithmetic may lie from the limit as it is computed here: what training
     * has not learned yet, and the rounding of the limit. Computed from the largest |r_t(μ)| and the residuals of the
     * limit's own equations, never from a difference of predictions.
     *
     * @param optimizer method, inside its stable range
     * @param steps number t of full-batch steps
     * @param inputs test inputs (m, d) or (m, C, H, W)
     * @return bounds on the absolute difference, in the shape of the outputs; infinite if the rank is not clear.
     *     Source: proofs/rounding.md, §7
     */
    @Override
    public Array truncation(LinearMethod optimizer, int steps, Array inputs) {
        OutputErrors errors = limitErrors(parameters(optimizer, new Horizon.Limit()), optimizer, steps);
        return bounds(optimizer, inputs, part -> part.of(errors));
    }

    /**
     * How far an output after t steps in a precision may lie from the limit: {@link #truncation} and the rounding of
     * the training. Smaller than the sum of truncation and {@link #budget}, as the error of the predicted steps is not
     * in it.
     *
     * @param optimizer method, inside its stable range
     * @param steps number t of full-batch steps
     * @param precision arithmetic of the training
     * @param inputs test inputs (m, d) or (m, C, H, W), numbers of the precision
     * @return bounds on the absolute difference, in the shape of the outputs; infinite if the rank is not clear
     */
    @Override
    public Array limitBudget(LinearMethod optimizer, int steps, Precision precision, Array inputs) {
        return inTheLimit(optimizer, steps, precision, inputs).budget();
    }

    /**
     * Outputs in the limit with their {@link #limitBudget}.
     *
     * @param optimizer method, inside its stable range
     * @param steps number t of full-batch steps
     * @param precision arithmetic of the training
     * @param inputs test inputs (m, d) or (m, C, H, W), numbers of the precision
     * @return both in the shape of the outputs
     */
    public BoundedOutputs inTheLimit(LinearMethod optimizer, int steps, Precision precision, Array inputs) {
        DMatrixRMaj limit = parameters(optimizer, new Horizon.Limit());
        OutputErrors errors = limitErrors(limit, optimizer, steps);
        RoundingBudget training = new RoundingBudget(data, optimizer, steps, precision, false);
        Array budget = bounds(optimizer, inputs, part -> part.of(limit, errors, training, precision));
        return new BoundedOutputs(outputs(limit, inputs), budget);
    }

    /**
     * Outputs in the limit with bounds on their own rounding: how far the computed limit may lie from the exact one.
     *
     * @param optimizer method, inside its stable range
     * @param inputs test inputs (m, d) or (m, C, H, W)
     * @return both in the shape of the outputs; bounds are infinite if the rank is not clear
     */
    public BoundedOutputs exactLimit(LinearMethod optimizer, Array inputs) {
        DMatrixRMaj limit = parameters(optimizer, new Horizon.Limit());
        OutputErrors errors = limitErrors(limit, optimizer, 0.0);
        return new BoundedOutputs(outputs(limit, inputs), bounds(optimizer, inputs, part -> part.of(limit, errors)));
    }

    private OutputErrors limitErrors(DMatrixRMaj limit, LinearMethod optimizer, int steps) {
        double threshold = optimizer.weightDecay() > 0 ? 0 : 2 * spectrum.error();
        return limitErrors(limit, optimizer, SlowestFactor.of(data, optimizer, steps, threshold));
    }

    /** Errors of the limit when the slowest mode has lost all but a factor. */
    private OutputErrors limitErrors(DMatrixRMaj limit, LinearMethod optimizer, double slowest) {
        return optimizer.weightDecay() > 0
                ? new RidgeError(data, coordinates(), limit, optimizer.weightDecay(), slowest)
                : new LimitError(data, design.range(), limit, slowest);
    }

    /**
     * How far each single parameter trained in a precision may lie from the closed form. For float64 a worst case; for
     * float32 smaller, and exceeded with a small probability, as proofs/check.md says.
     *
     * @param optimizer method
     * @param horizon steps, or the limit, which is then taken to be reached by {@code steps} steps
     * @param steps number of full-batch steps
     * @param precision arithmetic of the training
     * @param failure bound on that probability, for all parameters together, in (0, 1)
     * @return bounds in the shape of {@link #parameters}, infinite where nothing is known
     */
    public DMatrixRMaj parameterBudget(
            LinearMethod optimizer, Horizon horizon, int steps, Precision precision, double failure) {
        boolean limit = horizon instanceof Horizon.Limit;
        OutputErrors prediction = limit
                ? limitErrors(parameters(optimizer, horizon), optimizer, steps)
                : new PredictionError(data, coordinates(), Coefficients.afterSteps(data, optimizer, steps));
        RoundingBudget training = new RoundingBudget(data, optimizer, steps, precision, !limit);
        return new ParameterBudget(data, optimizer, steps, precision).of(prediction, training, failure);
    }

    /**
     * The modes in which training moves parameters.
     *
     * @return eigenvectors of the design with their curvatures, fresh
     */
    public ParameterModes modes() {
        return ParameterModes.of(data);
    }

    /**
     * What gradients of the loss never touch.
     *
     * @return the complement of the range of the design, fresh
     */
    public Complement complement() {
        return Complement.of(data, design.range());
    }

    /**
     * Whether the rank of the design is known: as many eigenvalues stand clear of the rounding of the spectrum as
     * pivoted QR finds dimensions, and exact arithmetic finds no more. Otherwise nothing can be said about the limit of
     * training without decay.
     *
     * @return false if a singular value is too small to be told from zero, or if exact arithmetic would cost too much
     */
    public boolean rankIsClear() {
        return LimitError.isClear(data, design.range());
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
        int[] shape = problem.map().outputShape(inputs.shape());
        Array all = Array.zeros(shape);
        int columnsOfOne =
                Math.max(1, all.length() / Math.max(1, shape[0] * problem.map().outputs()));
        int part = Math.max(1, OutputBudget.MOST_NUMBERS / data.design().numRows / columnsOfOne);
        for (int from = 0; from < shape[0]; from += part) {
            Array slice = inputs.slices(from, Math.min(shape[0], from + part));
            DMatrixRMaj columns = DesignMatrix.of(problem.map(), slice);
            DMatrixRMaj rows = (double) parameters.numRows * columns.getNumElements() > WORTH_THREADS
                    ? CommonOps_MT_DDRM.mult(parameters, columns, null)
                    : CommonOps_DDRM.mult(parameters, columns, null);
            Array outputs = LeastSquares.inOutputShape(rows, problem.map(), slice);
            System.arraycopy(outputs.values(), 0, all.values(), from * (all.length() / shape[0]), outputs.length());
        }
        return all;
    }
}
