package org.idem.check;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.idem.network.Horizon;
import org.idem.network.Optimizer;
import org.idem.theory.ParameterModes;

/**
 * ‖trained − predicted‖ for any optimiser and number of steps, in the modes of one design: cheap enough to be minimised
 * over a setting. In double precision, for choosing only; what is chosen is compared again entry by entry.
 */
final class ModeDistance {
    private final ParameterModes modes;
    private final DMatrixRMaj start;
    private final DMatrixRMaj end;
    /** Outside all modes: change = shrinkage · start + something orthogonal to the start. */
    private final double orthogonalSquare;

    private final double shrinkage;
    private final double startSquare;

    /** Parameters outputs × d. */
    ModeDistance(ParameterModes modes, DMatrixRMaj start, DMatrixRMaj end) {
        this.modes = modes;
        this.start = modes.coordinates(start);
        this.end = modes.coordinates(end);
        DMatrixRMaj unseenStart = modes.complement(start);
        DMatrixRMaj unseen = CommonOps_DDRM.subtract(modes.complement(end), unseenStart, null);
        startSquare = Math.pow(NormOps_DDRM.normF(unseenStart), 2);
        shrinkage = startSquare > 0 ? inner(unseen, unseenStart) / startSquare : 0;
        CommonOps_DDRM.addEquals(unseen, -shrinkage, unseenStart);
        orthogonalSquare = Math.pow(NormOps_DDRM.normF(unseen), 2);
    }

    /** Σ a_ij b_ij. */
    static double inner(DMatrixRMaj a, DMatrixRMaj b) {
        double sum = 0;
        for (int at = 0; at < a.getNumElements(); at++) {
            sum += a.data[at] * b.data[at];
        }
        return sum;
    }

    /** The distance if the loss is multiplied by a factor; infinite if the prediction overflows. */
    double of(Optimizer optimizer, Horizon horizon, double lossFactor) {
        double kept = optimizer.weightDecay() > 0 ? factor(optimizer, horizon, optimizer.weightDecay()) : 1;
        double squares = orthogonalSquare + Math.pow(1 - kept + shrinkage, 2) * startSquare;
        int count = modes.count();
        for (int mode = 0; mode < count; mode++) {
            double curvature = lossFactor * modes.curvature(mode) + optimizer.weightDecay();
            double factor = factor(optimizer, horizon, curvature);
            double pull = (1 - factor) * lossFactor / curvature;
            for (int row = 0; row < start.numRows; row++) {
                int at = row * count + mode;
                double missing = end.data[at] - factor * start.data[at] - pull * modes.pulls().data[at];
                squares += missing * missing;
            }
        }
        return Double.isNaN(squares) ? Double.POSITIVE_INFINITY : Math.sqrt(Math.max(0, squares));
    }

    /** Error of the start in the mode of largest curvature, relative to the start, and that curvature. */
    double[] fastest() {
        int fastest = 0;
        for (int mode = 1; mode < modes.count(); mode++) {
            fastest = modes.curvature(mode) > modes.curvature(fastest) ? mode : fastest;
        }
        if (modes.count() == 0) {
            return new double[] {0, 0};
        }
        double squares = 0;
        for (int row = 0; row < start.numRows; row++) {
            double error = start.get(row, fastest) - modes.pulls().get(row, fastest) / modes.curvature(fastest);
            squares += error * error;
        }
        double size = Math.sqrt(startSquare + Math.pow(NormOps_DDRM.normF(start), 2));
        return new double[] {Math.sqrt(squares) / Math.max(size, Double.MIN_NORMAL), modes.curvature(fastest)};
    }

    /** r_t(μ) by repeated squaring of the step, 0 in the limit. */
    private static double factor(Optimizer optimizer, Horizon horizon, double curvature) {
        if (!(horizon instanceof Horizon.Steps steps)) {
            return 0;
        }
        double pull = optimizer.learningRate() * curvature;
        double momentum = optimizer.momentum();
        if (momentum == 0) {
            return Math.pow(1 - pull, steps.count());
        }
        double look = optimizer.nesterov() ? 1 + momentum : 1;
        double carry = optimizer.nesterov() ? momentum * momentum : momentum;
        double[] step = {1 - pull * look, -carry, pull, momentum};
        double[] power = {1, 0, 0, 1};
        for (int left = steps.count(); left > 0; left >>= 1) {
            if ((left & 1) == 1) {
                power = product(power, step);
            }
            step = product(step, step);
        }
        return power[0];
    }

    private static double[] product(double[] a, double[] b) {
        return new double[] {
            a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3], a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3]
        };
    }
}
