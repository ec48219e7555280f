package org.idem.theory;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Cnn;
import org.idem.network.Horizon;
import org.idem.network.Optimizer;
import org.idem.network.TrainingProblem;

/**
 * The least-squares trajectory of a one-layer network: one formula for FCN and CNN, with and without bias.
 *
 * <p>After t steps θ_t = r(ω) θ_0 + c·r[cλ + ω, ω] (θ_0 X) Xᵀ − c·r[cλ + ω, 0] Y Xᵀ in the eigenbasis of the smaller
 * Gram matrix, with r the {@link ResidualPolynomial} and r[·,·] its divided difference: no rank is decided. In the
 * limit the range of X gets the least-squares solution and its complement keeps θ_0, by {@link RangeProjector}. Source:
 * proofs/trajectory.md.
 */
public final class ClosedForm {
    private final TrainingProblem problem;
    private final DMatrixRMaj design;
    private final DMatrixRMaj targets;
    private final DMatrixRMaj initial;
    private final double lossScale;
    private final EigenDecomposition_F64<DMatrixRMaj> gram;

    /**
     * Prepares the spectrum of a problem.
     *
     * @param problem network, data, initial parameters and loss
     */
    public ClosedForm(TrainingProblem problem) {
        this.problem = problem;
        design = DesignMatrix.of(problem.network(), problem.inputs());
        targets = rowsPerOutput(problem.targets(), problem.network().outputs());
        initial = initialParameters(problem);
        lossScale = problem.lossScale();
        DMatrixRMaj product =
                exampleSide() ? CommonOps_DDRM.multInner(design, null) : CommonOps_DDRM.multOuter(design, null);
        gram = DecompositionFactory_DDRM.eig(product.numRows, true, true);
        if (!gram.decompose(product)) {
            throw new ArithmeticException("the spectrum of the design matrix did not converge");
        }
    }

    private boolean exampleSide() {
        return design.numCols < design.numRows;
    }

    /** Weights and bias as one row per output unit or channel, the bias last. */
    static DMatrixRMaj initialParameters(TrainingProblem problem) {
        int fanIn = problem.network().fanIn();
        int outputs = problem.network().outputs();
        DMatrixRMaj parameters =
                new DMatrixRMaj(outputs, fanIn + (problem.network().bias() ? 1 : 0));
        Array bias = problem.initialBias();
        for (int row = 0; row < outputs; row++) {
            System.arraycopy(problem.weights().values(), row * fanIn, parameters.data, row * parameters.numCols, fanIn);
            if (bias != null) {
                parameters.set(row, fanIn, bias.values()[row]);
            }
        }
        return parameters;
    }

    /** Reorders (n, k) or (n, C, H, W) to one row per output unit or channel. */
    static DMatrixRMaj rowsPerOutput(Array array, int outputs) {
        int examples = array.size(0);
        int pixels = array.length() / Math.max(1, examples * outputs);
        DMatrixRMaj rows = new DMatrixRMaj(outputs, examples * pixels);
        for (int example = 0; example < examples; example++) {
            for (int output = 0; output < outputs; output++) {
                System.arraycopy(
                        array.values(),
                        (example * outputs + output) * pixels,
                        rows.data,
                        output * rows.numCols + example * pixels,
                        pixels);
            }
        }
        return rows;
    }

    /**
     * Largest curvature c·λmax of the loss, weight decay not included.
     *
     * @return at least 0
     */
    public double largestCurvature() {
        double largest = 0;
        for (int mode = 0; mode < gram.getNumberOfEigenvalues(); mode++) {
            largest = Math.max(largest, gram.getEigenvalue(mode).getReal());
        }
        return lossScale * largest;
    }

    /**
     * Number of steps after which every mode has come so close to its limit.
     *
     * @param factor largest |r_t(μ)| allowed over the modes that training moves, in (0, 1)
     * @param optimizer method, inside its stable range
     * @param most number of steps at which the search gives up
     * @return at least 1; more than {@code most} if that many do not suffice
     */
    public int stepsTo(double factor, Optimizer optimizer, int most) {
        double threshold = Math.max(design.numRows, design.numCols) * 0x1p-53 * largestCurvature();
        List<Double> curvatures = new ArrayList<>(List.of(optimizer.weightDecay()));
        for (int mode = 0; mode < gram.getNumberOfEigenvalues(); mode++) {
            double curvature = lossScale * gram.getEigenvalue(mode).getReal();
            curvatures.add((curvature > threshold ? curvature : 0) + optimizer.weightDecay());
        }
        curvatures.removeIf(curvature -> curvature == 0);
        int steps = 1;
        while (steps <= most && !arrived(curvatures, new ResidualPolynomial(optimizer, steps), factor)) {
            steps += (steps + 1) / 2;
        }
        return steps;
    }

    private static boolean arrived(List<Double> curvatures, ResidualPolynomial residual, double factor) {
        return curvatures.stream().allMatch(curvature -> Math.abs(residual.value(curvature)) <= factor);
    }

    /**
     * Parameters after training.
     *
     * @param optimizer method, inside its stable range
     * @param horizon steps or limit
     * @return k × d, with bias k × (d + 1) with the bias last
     */
    public DMatrixRMaj parameters(Optimizer optimizer, Horizon horizon) {
        if (horizon instanceof Horizon.Steps steps) {
            ResidualPolynomial residual = new ResidualPolynomial(optimizer, steps.count());
            double decay = optimizer.weightDecay();
            return combine(
                    residual.value(decay),
                    lambda -> lossScale * residual.dividedDifference(lossScale * lambda + decay, decay),
                    lambda -> -lossScale * residual.dividedDifference(lossScale * lambda + decay, 0));
        }
        double decay = optimizer.weightDecay();
        return decay > 0
                ? combine(0, lambda -> 0, lambda -> lossScale / (lossScale * lambda + decay))
                : interpolation();
    }

    private interface Spectral {
        double at(double eigenvalue);
    }

    private DMatrixRMaj combine(double keep, Spectral ofInitial, Spectral ofTargets) {
        DMatrixRMaj result = initial.copy();
        CommonOps_DDRM.scale(keep, result);
        int modes = gram.getNumberOfEigenvalues();
        DMatrixRMaj fromInitial = exampleSide() ? CommonOps_DDRM.mult(initial, design, null) : initial;
        DMatrixRMaj fromTargets = exampleSide() ? targets : CommonOps_DDRM.multTransB(targets, design, null);
        DMatrixRMaj basis = basis();
        DMatrixRMaj modesOfInitial = CommonOps_DDRM.mult(fromInitial, basis, null);
        DMatrixRMaj modesOfTargets = CommonOps_DDRM.mult(fromTargets, basis, null);
        for (int mode = 0; mode < modes; mode++) {
            double lambda = Math.max(0, gram.getEigenvalue(mode).getReal());
            double initialFactor = ofInitial.at(lambda) * (exampleSide() ? 1 : lambda);
            double targetFactor = ofTargets.at(lambda);
            for (int row = 0; row < result.numRows; row++) {
                int at = row * modes + mode;
                modesOfInitial.data[at] =
                        initialFactor * modesOfInitial.data[at] + targetFactor * modesOfTargets.data[at];
            }
        }
        DMatrixRMaj change = CommonOps_DDRM.multTransB(modesOfInitial, basis, null);
        if (exampleSide()) {
            change = CommonOps_DDRM.multTransB(change, design, null);
        }
        CommonOps_DDRM.addEquals(result, change);
        return result;
    }

    private DMatrixRMaj interpolation() {
        RangeProjector range = RangeProjector.of(design);
        DMatrixRMaj result = initial.copy();
        if (range.rank() == 0) {
            return result;
        }
        DMatrixRMaj coordinates = CommonOps_DDRM.multTransA(design, range.basis(), null);
        LinearSolverDense<DMatrixRMaj> solver =
                LinearSolverFactory_DDRM.leastSquares(coordinates.numRows, coordinates.numCols);
        DMatrixRMaj solution = new DMatrixRMaj(range.rank(), result.numRows);
        if (!solver.setA(coordinates.copy())) {
            throw new ArithmeticException("the least-squares problem could not be factorised");
        }
        solver.solve(CommonOps_DDRM.transpose(targets, null), solution);
        DMatrixRMaj change = CommonOps_DDRM.mult(initial, range.basis(), null);
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
     * @param inputs test inputs (m, d) or (m, C, H, W)
     * @return bounds on the absolute difference, in the shape of the outputs
     */
    public Array budget(Optimizer optimizer, int steps, Precision precision, Array inputs) {
        int modes = gram.getNumberOfEigenvalues();
        double[] eigenvalues = new double[modes];
        DMatrixRMaj basis = basis();
        for (int mode = 0; mode < modes; mode++) {
            eigenvalues[mode] = gram.getEigenvalue(mode).getReal();
        }
        RoundingBudget rounding = new RoundingBudget(optimizer, lossScale, eigenvalues, steps);
        DMatrixRMaj residual = CommonOps_DDRM.mult(initial, design, null);
        CommonOps_DDRM.subtractEquals(residual, targets);
        DMatrixRMaj gradient = exampleSide() ? residual : CommonOps_DDRM.multTransB(residual, design, null);
        DMatrixRMaj inModes = CommonOps_DDRM.mult(gradient, basis, null);
        double gramError = decompositionResidual(basis, eigenvalues);
        double designNorm = NormOps_DDRM.normF(design);
        double[] parameterErrors = new double[initial.numRows];
        double[] parameterNorms = new double[initial.numRows];
        for (int row = 0; row < initial.numRows; row++) {
            double motion = 0;
            double coefficients = 0;
            for (int mode = 0; mode < modes; mode++) {
                double root = Math.sqrt(Math.max(0, eigenvalues[mode]));
                double here = Math.abs(inModes.get(row, mode)) / (exampleSide() ? 1 : root);
                double moved = here == 0 ? 0 : rounding.motion(mode, eigenvalues[mode]) * here;
                moved = Double.isFinite(moved) ? moved : 0;
                motion += moved * moved;
                coefficients += root > 0 ? moved * moved / eigenvalues[mode] : 0;
            }
            double start = rowNorm(initial, row);
            double decayed = optimizer.weightDecay() > 0 ? (1 + rounding.largestFactor()) * start : 0;
            double norm = start + Math.sqrt(motion) + decayed;
            double targetNorm = rowNorm(targets, row);
            double residualNorm = rounding.largestFactor() * rowNorm(residual, row)
                    + (optimizer.weightDecay() > 0 ? (1 + rounding.largestFactor()) * targetNorm : 0);
            double training = 0;
            for (double unit : new double[] {precision.unitRoundoff(), Precision.FLOAT64.unitRoundoff()}) {
                training += rounding.ofTraining(
                        unit, design.numRows, design.numCols, norm, residualNorm, designNorm, targetNorm);
            }
            double decomposition = exampleSide()
                    ? gramError * Math.sqrt(coefficients) * rounding.residualSum()
                    : lossScale * gramError * (Math.sqrt(motion) + decayed) * rounding.gradientSum();
            parameterErrors[row] = training + decomposition;
            parameterNorms[row] = norm;
        }
        double perProduct = 2 * RoundingBudget.accumulated(design.numRows + 2, precision.unitRoundoff());
        DMatrixRMaj columns = DesignMatrix.of(problem.network(), inputs);
        DMatrixRMaj bounds = new DMatrixRMaj(initial.numRows, columns.numCols);
        for (int column = 0; column < columns.numCols; column++) {
            double squares = 0;
            for (int i = 0; i < columns.numRows; i++) {
                squares += columns.get(i, column) * columns.get(i, column);
            }
            for (int row = 0; row < bounds.numRows; row++) {
                bounds.set(row, column, Math.sqrt(squares) * (parameterErrors[row] + perProduct * parameterNorms[row]));
            }
        }
        return inOutputShape(bounds, inputs);
    }

    /** Whether eigenvalues and pivots agree on the rank. @return true if they do */
    public boolean rankIsClear() {
        double threshold = Math.max(design.numRows, design.numCols) * 0x1p-53 * largestCurvature();
        int rank = 0;
        for (int mode = 0; mode < gram.getNumberOfEigenvalues(); mode++) {
            rank += lossScale * gram.getEigenvalue(mode).getReal() > threshold ? 1 : 0;
        }
        return rank == RangeProjector.of(design).rank();
    }

    /** Distance to the limit. @param optimizer o @param steps t @param inputs x @return bound */
    public Array truncation(Optimizer optimizer, int steps, Array inputs) {
        Array last = outputs(parameters(optimizer, new Horizon.Limit()), inputs);
        Array now = outputs(parameters(optimizer, new Horizon.Steps(steps)), inputs);
        double[] distance = new double[last.length()];
        for (int i = 0; i < distance.length; i++) {
            distance[i] = Math.abs(last.values()[i] - now.values()[i]);
        }
        return Array.of(distance, last.shape());
    }

    private static double rowNorm(DMatrixRMaj matrix, int row) {
        double squares = 0;
        for (int column = 0; column < matrix.numCols; column++) {
            squares += matrix.get(row, column) * matrix.get(row, column);
        }
        return Math.sqrt(squares);
    }

    private DMatrixRMaj basis() {
        int modes = gram.getNumberOfEigenvalues();
        DMatrixRMaj basis = new DMatrixRMaj(modes, modes);
        for (int mode = 0; mode < modes; mode++) {
            CommonOps_DDRM.insert(gram.getEigenVector(mode), basis, 0, mode);
        }
        return basis;
    }

    /** Norm of what the computed spectrum misses of the Gram matrix, its own rounding included. */
    private double decompositionResidual(DMatrixRMaj basis, double[] eigenvalues) {
        DMatrixRMaj missing =
                exampleSide() ? CommonOps_DDRM.multInner(design, null) : CommonOps_DDRM.multOuter(design, null);
        DMatrixRMaj scaled = basis.copy();
        CommonOps_DDRM.multCols(scaled, eigenvalues);
        CommonOps_DDRM.multAddTransB(-1, scaled, basis, missing);
        double squared = NormOps_DDRM.normF(design);
        int length = exampleSide() ? design.numRows : design.numCols;
        return NormOps_DDRM.normF(missing)
                + RoundingBudget.accumulated(length + basis.numRows, Precision.FLOAT64.unitRoundoff())
                        * squared
                        * squared;
    }

    /**
     * Outputs of the network with given parameters.
     *
     * @param parameters as {@link #parameters} returns them
     * @param inputs (m, d) or (m, C, H, W)
     * @return outputs in the network's shape
     */
    public Array outputs(DMatrixRMaj parameters, Array inputs) {
        return inOutputShape(CommonOps_DDRM.mult(parameters, DesignMatrix.of(problem.network(), inputs), null), inputs);
    }

    private Array inOutputShape(DMatrixRMaj rows, Array inputs) {
        int[] shape = problem.network().outputShape(inputs.shape());
        int pixels = problem.network() instanceof Cnn ? shape[2] * shape[3] : 1;
        int outputs = shape[1];
        double[] values = new double[shape[0] * outputs * pixels];
        for (int example = 0; example < shape[0]; example++) {
            for (int output = 0; output < outputs; output++) {
                int from = output * rows.numCols + example * pixels;
                System.arraycopy(rows.data, from, values, (example * outputs + output) * pixels, pixels);
            }
        }
        return Array.of(values, shape);
    }
}
