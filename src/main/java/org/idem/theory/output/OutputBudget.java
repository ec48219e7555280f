package org.idem.theory.output;

import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Cnn;
import org.idem.network.LinearMap;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.design.DesignMatrix;
import org.idem.theory.design.LeastSquares;

/**
 * The error budget of outputs: roundings of the training, errors of the prediction, and the forward pass on either
 * side.
 *
 * <p>Infinite where rounding could carry training anywhere. Source: proofs/rounding.md.
 */
public final class OutputBudget {
    /** Covers the rounding of the sums of terms that are not negative, of which a budget consists. */
    public static final double OUTWARD = 1 + 0x1p-20;

    /** Size of the matrix of test inputs that is worked on at once. */
    public static final int MOST_NUMBERS = 1 << 22;

    /** Test inputs as columns of a design, d × tests. */
    private final DMatrixRMaj columns;
    /** The same with 0 at parameters that never move, d × tests. */
    private final DMatrixRMaj seen;
    /** Norms of the columns, one for each test input. */
    private final double[] norms;
    /** Norms of what stands at parameters that never move, one for each test input. */
    private final double[] unseenNorms;

    private final TestDirections tests;
    private final LinearMap network;
    private final Array inputs;

    /** Test inputs (m, d) or (m, C, H, W); with weight decay every parameter moves. */
    private OutputBudget(LinearMap network, LeastSquares problem, Array inputs, boolean decays, boolean exact) {
        this.network = network;
        this.inputs = inputs;
        columns = DesignMatrix.of(network, inputs);
        norms = Rounding.columnNorms(columns);
        seen = columns.copy();
        unseenNorms = decays ? new double[norms.length] : problem.removeUnmoved(seen);
        tests = new TestDirections(problem, seen, exact);
    }

    /**
     * Bounds in the shape of the outputs on all inputs, worked out for a part of the inputs at a time.
     *
     * @param network whose outputs are bounded
     * @param problem of its training
     * @param inputs (m, d) or (m, C, H, W)
     * @param decays whether weight decay moves every parameter
     * @param bounds of a part of the inputs
     * @return bounds in the shape of the outputs
     */
    public static Array inParts(
            LinearMap network,
            LeastSquares problem,
            Array inputs,
            boolean decays,
            Function<OutputBudget, Array> bounds) {
        int[] shape = network.outputShape(inputs.shape());
        Array all = Array.zeros(shape);
        int count = shape[0];
        int columnsOfOne = network instanceof Cnn ? shape[2] * shape[3] : 1;
        boolean exact = TestDirections.affordable(problem, (double) count * columnsOfOne);
        int part = Math.max(1, MOST_NUMBERS / problem.design().numRows / columnsOfOne);
        for (int from = 0; from < count; from += part) {
            Array slice = inputs.slices(from, Math.min(count, from + part));
            double[] values = bounds.apply(new OutputBudget(network, problem, slice, decays, exact))
                    .values();
            System.arraycopy(values, 0, all.values(), from * (all.length() / count), values.length);
        }
        return all;
    }

    /**
     * Bounds on errors of the prediction alone, in the shape of the outputs.
     *
     * @param prediction errors of the predicted parameters
     * @return in the shape of the outputs, at least 0, or infinite
     */
    public Array of(OutputErrors prediction) {
        DMatrixRMaj bounds = prediction.ofOutputs(tests, norms, unseenNorms);
        return rounded(bounds);
    }

    /**
     * Bounds on errors of the prediction, the forward pass that reads it off included.
     *
     * @param parameters the predicted ones, rows × d
     * @param prediction errors of these
     * @return in the shape of the outputs, at least 0, or infinite
     */
    public Array of(DMatrixRMaj parameters, OutputErrors prediction) {
        DMatrixRMaj bounds = prediction.ofOutputs(tests, norms, unseenNorms);
        ForwardRounding.add(bounds, parameters, columns, row -> 0, Precision.FLOAT64);
        return rounded(bounds);
    }

    /**
     * Bounds for outputs that are trained in a precision and predicted with the given parameters.
     *
     * @param parameters the predicted ones, rows × d
     * @param prediction errors of these
     * @param training errors of the trained ones
     * @param precision arithmetic of the training
     * @return in the shape of the outputs, at least 0, or infinite
     */
    public Array of(DMatrixRMaj parameters, OutputErrors prediction, TrainingErrors training, Precision precision) {
        DMatrixRMaj bounds = training.ofOutputs(tests, seen);
        CommonOps_DDRM.addEquals(bounds, prediction.ofOutputs(tests, norms, unseenNorms));
        ForwardRounding.add(bounds, parameters, columns, training::stray, precision);
        return rounded(bounds);
    }

    /** Rounds upwards; what came of 0 times infinity is infinite. */
    private Array rounded(DMatrixRMaj bounds) {
        for (int at = 0; at < bounds.getNumElements(); at++) {
            double bound = OUTWARD * bounds.data[at];
            bounds.data[at] = Double.isNaN(bound) ? Double.POSITIVE_INFINITY : bound;
        }
        return LeastSquares.inOutputShape(bounds, network, inputs);
    }
}
