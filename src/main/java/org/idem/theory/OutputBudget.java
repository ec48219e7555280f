package org.idem.theory;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Network;
import org.idem.network.Optimizer;

/**
 * The error budget of outputs: roundings of the training, of the prediction, and of the forward pass on either side.
 *
 * <p>Infinite where rounding could carry training anywhere. Source: proofs/rounding.md.
 */
final class OutputBudget {
    /** Covers the rounding of the sums of terms that are not negative, of which the budget consists. */
    private static final double OUTWARD = 1 + 0x1p-20;

    private final Network network;
    private final LeastSquares problem;
    private final Precision precision;
    private final boolean onlyActive;
    private final RoundingBudget training;
    private final PredictionError prediction;

    OutputBudget(Network network, LeastSquares problem, Optimizer optimizer, int steps, Precision precision) {
        this.network = network;
        this.problem = problem;
        this.precision = precision;
        onlyActive = optimizer.weightDecay() == 0;
        training = new RoundingBudget(problem, optimizer, steps, precision);
        prediction = new PredictionError(problem, optimizer, steps);
    }

    /** Bounds for outputs that are predicted with the given parameters, in the shape of the outputs. */
    Array of(DMatrixRMaj parameters, Array inputs) {
        DMatrixRMaj columns = DesignMatrix.of(network, inputs);
        double[] norms = Rounding.columnNorms(columns);
        double[] forward = forwardErrors(columns);
        DMatrixRMaj sizes = CommonOps_DDRM.mult(absolute(parameters), absolute(columns), null);
        double[] unseenNorms = new double[columns.numCols];
        if (onlyActive) {
            unseenNorms = removeInactive(columns);
        }
        TestDirections tests = new TestDirections(problem, columns);
        DMatrixRMaj bounds = training.ofOutputs(tests);
        CommonOps_DDRM.addEquals(
                bounds,
                prediction.ofOutputs(
                        tests, norms, unseenNorms, problem.spectrum().exampleSide()));
        double underflow = precision == Precision.FLOAT32 ? Float.MIN_NORMAL : Double.MIN_NORMAL;
        double predicted = Rounding.accumulated(columns.numRows);
        for (int row = 0; row < bounds.numRows; row++) {
            for (int test = 0; test < bounds.numCols; test++) {
                double rounding = (forward[test] + predicted) * sizes.get(row, test)
                        + forward[test] * (norms[test] * training.stray(row) + bounds.get(row, test))
                        + (forward[test] == 0 ? 0 : 4 * columns.numRows * underflow);
                bounds.set(row, test, OUTWARD * (bounds.get(row, test) + rounding));
            }
        }
        return LeastSquares.inOutputShape(bounds, network, inputs);
    }

    /** γ of the number of terms of each output that are not zero. */
    private double[] forwardErrors(DMatrixRMaj columns) {
        double[] errors = new double[columns.numCols];
        for (int test = 0; test < errors.length; test++) {
            int terms = 0;
            for (int row = 0; row < columns.numRows; row++) {
                terms += columns.get(row, test) == 0 ? 0 : 1;
            }
            errors[test] = Rounding.accumulated(terms, precision.unitRoundoff());
        }
        return errors;
    }

    private static DMatrixRMaj absolute(DMatrixRMaj matrix) {
        DMatrixRMaj sizes = matrix.copy();
        for (int at = 0; at < sizes.getNumElements(); at++) {
            sizes.data[at] = Math.abs(sizes.data[at]);
        }
        return sizes;
    }

    /** Sets entries to 0 that meet parameters which never move, and returns the norms of what was removed. */
    private double[] removeInactive(DMatrixRMaj columns) {
        boolean[] active = problem.active();
        double[] squares = new double[columns.numCols];
        for (int row = 0; row < active.length; row++) {
            for (int test = 0; !active[row] && test < squares.length; test++) {
                squares[test] += columns.get(row, test) * columns.get(row, test);
                columns.set(row, test, 0);
            }
        }
        for (int test = 0; test < squares.length; test++) {
            squares[test] = Math.sqrt(squares[test]);
        }
        return squares;
    }
}
