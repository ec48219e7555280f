package org.idem.theory;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Precision;
import org.idem.network.LinearMethod;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.output.OutputBudget;
import org.idem.theory.output.OutputErrors;
import org.idem.theory.output.TestDirections;
import org.idem.theory.output.TrainingErrors;
import org.idem.theory.rounding.PathSizes;
import org.idem.theory.rounding.RandomRounding;

/**
 * How far each single parameter of a trained network may lie from the closed form, by rounding on either side.
 *
 * <p>Two bounds, of which the smaller counts: the worst case of proofs/rounding.md in the direction of each parameter,
 * and, for float32, the bound of proofs/check.md, which holds with a stated probability if the rounding errors of one
 * step are independent.
 */
final class ParameterBudget {
    /** Steps up to which the second bound is worked out. */
    private static final int MOST_STEPS = 1 << 20;

    private final LeastSquares problem;
    private final LinearMethod optimizer;
    private final int steps;
    private final Precision precision;

    ParameterBudget(LeastSquares problem, LinearMethod optimizer, int steps, Precision precision) {
        this.problem = problem;
        this.optimizer = optimizer;
        this.steps = steps;
        this.precision = precision;
    }

    /**
     * Bounds in the shape of the parameters.
     *
     * @param prediction errors of the predicted parameters
     * @param training errors of the training
     * @param failure probability with which the second bound may fail for any entry
     * @return rows × d, infinite where nothing is known
     */
    DMatrixRMaj of(OutputErrors prediction, TrainingErrors training, double failure) {
        int d = problem.design().numRows;
        DMatrixRMaj units = CommonOps_DDRM.identity(d);
        double[] norms = Rounding.columnNorms(units);
        double[] unseen = optimizer.weightDecay() > 0 ? new double[d] : problem.removeUnmoved(units);
        TestDirections directions = new TestDirections(problem, units, TestDirections.affordable(problem, d));
        DMatrixRMaj predicted = prediction.ofOutputs(directions, norms, unseen);
        DMatrixRMaj bounds = training.ofOutputs(directions, units);
        if (precision == Precision.FLOAT32 && steps <= MOST_STEPS) {
            DMatrixRMaj sizes = PathSizes.of(problem, optimizer, steps);
            DMatrixRMaj typical = new RandomRounding(problem, optimizer, steps, precision, sizes, failure).bounds();
            for (int at = 0; at < bounds.getNumElements(); at++) {
                bounds.data[at] = bounds.data[at] <= typical.data[at] ? bounds.data[at] : typical.data[at];
            }
        }
        CommonOps_DDRM.addEquals(bounds, predicted);
        for (int at = 0; at < bounds.getNumElements(); at++) {
            double bound = OutputBudget.OUTWARD * bounds.data[at];
            bounds.data[at] = Double.isNaN(bound) ? Double.POSITIVE_INFINITY : bound;
        }
        return bounds;
    }
}
