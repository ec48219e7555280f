package org.idem.check;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.theory.design.ParameterModes;

/**
 * ‖trained − predicted‖ for any method that treats modes alike, computed in the modes of one design, which is cheap
 * enough to minimise it over a setting. It is computed in double precision without a budget and only chooses a setting;
 * the chosen one is then compared entry by entry.
 *
 * <p>In one mode the difference is e − f·s − g·p with the vectors of trained, initial and pulling coordinates over the
 * outputs. Only their triangular factor is kept, three numbers for every mode however many outputs there are.
 */
final class ModeDistance {
    /** Modes that a coarse search looks at: twelve for each of two unknowns, spread over all curvatures. */
    private static final int FEW = 24;
    /** Residuals of one mode. */
    private static final int PER_MODE = 3;

    private final ParameterModes modes;
    private final LinearProblem problem;
    private final double[] curvatures;
    /** Triangular factors of (pull, start, end): pp, ps, pe, ss, se, ee. */
    private final double[][] factors;
    /** For the part outside all modes: change = shrinkage · start + something orthogonal to the start. */
    private final double orthogonal;

    private final double shrinkage;
    private final double unseenStart;
    private final DMatrixRMaj start;

    /** Prepares the distance for an account, with the modes of its design. */
    ModeDistance(ParameterModes modes, Account account) {
        this(modes, account.problem(), account.start(), account.end());
    }

    private ModeDistance(ParameterModes modes, LinearProblem problem, DMatrixRMaj start, DMatrixRMaj end) {
        this.modes = modes;
        this.problem = problem;
        this.start = start;
        DMatrixRMaj from = modes.coordinates(start);
        DMatrixRMaj to = modes.coordinates(end);
        int count = modes.count();
        curvatures = new double[count];
        factors = new double[count][];
        for (int mode = 0; mode < count; mode++) {
            curvatures[mode] = modes.curvature(mode);
            factors[mode] = triangular(
                    CommonOps_DDRM.extractColumn(modes.pulls(), mode, null).data,
                    CommonOps_DDRM.extractColumn(from, mode, null).data,
                    CommonOps_DDRM.extractColumn(to, mode, null).data);
        }
        DMatrixRMaj before = modes.complement(start);
        DMatrixRMaj unseen = CommonOps_DDRM.subtract(modes.complement(end), before, null);
        unseenStart = NormOps_DDRM.normF(before);
        shrinkage = unseenStart > 0 ? inner(unseen, before) / (unseenStart * unseenStart) : 0;
        CommonOps_DDRM.addEquals(unseen, -shrinkage, before);
        orthogonal = NormOps_DDRM.normF(unseen);
    }

    private ModeDistance(ModeDistance whole, int[] chosen) {
        modes = whole.modes;
        problem = whole.problem;
        start = whole.start;
        orthogonal = whole.orthogonal;
        shrinkage = whole.shrinkage;
        unseenStart = whole.unseenStart;
        curvatures = new double[chosen.length];
        factors = new double[chosen.length][];
        for (int at = 0; at < chosen.length; at++) {
            curvatures[at] = whole.curvatures[chosen[at]];
            factors[at] = whole.factors[chosen[at]];
        }
    }

    /** The same over a few modes, from the slowest to the fastest. */
    ModeDistance coarse() {
        int count = curvatures.length;
        if (count <= FEW) {
            return this;
        }
        Integer[] order = new Integer[count];
        java.util.Arrays.setAll(order, mode -> mode);
        java.util.Arrays.sort(order, (a, b) -> Double.compare(curvatures[a], curvatures[b]));
        int[] chosen = new int[FEW];
        for (int at = 0; at < FEW; at++) {
            chosen[at] = order[at * (count - 1) / (FEW - 1)];
        }
        return new ModeDistance(this, chosen);
    }

    /** Gram–Schmidt in the order pull, start, end. */
    private static double[] triangular(double[] p, double[] s, double[] e) {
        double pp = norm(p);
        double ps = reduce(s, p, pp);
        double pe = reduce(e, p, pp);
        double ss = norm(s);
        double se = reduce(e, s, ss);
        return new double[] {pp, ps, pe, ss, se, norm(e)};
    }

    /** Subtracts from a vector its component along another, and returns the coefficient. */
    private static double reduce(double[] vector, double[] direction, double length) {
        double product = 0;
        for (int at = 0; at < vector.length && length > 0; at++) {
            product += vector[at] * (direction[at] / length);
        }
        for (int at = 0; at < vector.length && length > 0; at++) {
            vector[at] -= product * (direction[at] / length);
        }
        return product;
    }

    private static double norm(double[] vector) {
        double norm = 0;
        for (double entry : vector) {
            norm = Math.hypot(norm, entry);
        }
        return norm;
    }

    /** Σ a_ij b_ij. */
    static double inner(DMatrixRMaj a, DMatrixRMaj b) {
        double sum = 0;
        for (int at = 0; at < a.getNumElements(); at++) {
            sum += a.data[at] * b.data[at];
        }
        return sum;
    }

    int modes() {
        return modes.count();
    }

    /** The distance under a setting; infinite if the prediction overflows. */
    double of(Setting setting) {
        return of(Method.of(setting.optimizer(), setting.horizon()), setting);
    }

    /** The distance under another method with the loss and decay of a setting. */
    double of(Method method, Setting setting) {
        double squares = 0;
        for (double residual : residuals(method, setting)) {
            squares += residual * residual;
        }
        return Double.isNaN(squares) ? Double.POSITIVE_INFINITY : Math.sqrt(squares);
    }

    /** Numbers whose squares sum up to the square of the distance: smooth in the setting but for their signs. */
    double[] residuals(Setting setting) {
        return residuals(Method.of(setting.optimizer(), setting.horizon()), setting);
    }

    private double[] residuals(Method method, Setting setting) {
        double lossFactor = lossFactor(setting);
        double decay = setting.optimizer().weightDecay();
        double[] residuals = new double[PER_MODE * curvatures.length + 2];
        int next = 0;
        for (int mode = 0; mode < curvatures.length; mode++) {
            double curvature = lossFactor * curvatures[mode] + decay;
            double kept = method.factor(curvature);
            double pull = (1 - kept) * lossFactor / curvature;
            double[] r = factors[mode];
            residuals[next++] = r[2] - kept * r[1] - pull * r[0];
            residuals[next++] = r[4] - kept * r[3];
            residuals[next++] = r[5];
        }
        double kept = decay > 0 ? method.factor(decay) : 1;
        residuals[next++] = (1 - kept + shrinkage) * unseenStart;
        residuals[next] = orthogonal;
        return residuals;
    }

    private double lossFactor(Setting setting) {
        return setting.loss() == problem.loss()
                ? 1
                : setting.loss().scale(problem.targets().length()) / problem.lossScale();
    }

    /** The predicted parameters. */
    DMatrixRMaj predicted(Method method, Setting setting) {
        double lossFactor = lossFactor(setting);
        double decay = setting.optimizer().weightDecay();
        DMatrixRMaj inModes = modes.coordinates(start);
        DMatrixRMaj result = modes.complement(start);
        CommonOps_DDRM.scale(decay > 0 ? method.factor(decay) : 1, result);
        for (int mode = 0; mode < modes.count(); mode++) {
            double curvature = lossFactor * modes.curvature(mode) + decay;
            double kept = method.factor(curvature);
            double pull = (1 - kept) * lossFactor / curvature;
            for (int row = 0; row < inModes.numRows; row++) {
                inModes.set(
                        row,
                        mode,
                        kept * inModes.get(row, mode) + pull * modes.pulls().get(row, mode));
            }
        }
        CommonOps_DDRM.multAddTransB(inModes, modes.vectors(), result);
        return result;
    }

    /** The change of the trained parameters for a unit change of each initial parameter, d × d. */
    DMatrixRMaj response(LinearMethod optimizer, Horizon horizon) {
        Method method = Method.of(optimizer, horizon);
        double kept = optimizer.weightDecay() > 0 ? method.factor(optimizer.weightDecay()) : 1;
        DMatrixRMaj response = CommonOps_DDRM.identity(modes.vectors().numRows);
        CommonOps_DDRM.scale(kept, response);
        DMatrixRMaj scaled = modes.vectors().copy();
        for (int mode = 0; mode < modes.count(); mode++) {
            double factor = method.factor(modes.curvature(mode) + optimizer.weightDecay()) - kept;
            for (int row = 0; row < scaled.numRows; row++) {
                scaled.set(row, mode, factor * scaled.get(row, mode));
            }
        }
        CommonOps_DDRM.multAddTransB(scaled, modes.vectors(), response);
        return response;
    }

    /** Error of the start in the mode of largest curvature, relative to the sizes at hand, and that curvature. */
    double[] fastest() {
        int fastest = 0;
        for (int mode = 1; mode < curvatures.length; mode++) {
            fastest = curvatures[mode] > curvatures[fastest] ? mode : fastest;
        }
        if (curvatures.length == 0) {
            return new double[] {0, 0};
        }
        double[] r = factors[fastest];
        double curvature = curvatures[fastest];
        double error = Math.hypot(r[1] - r[0] / curvature, r[3]);
        double targets = 0;
        for (double target : problem.targets().values()) {
            targets = Math.hypot(targets, target);
        }
        double size = NormOps_DDRM.normF(start) + targets * Math.sqrt(problem.lossScale() / curvature);
        return new double[] {error / Math.max(size, Double.MIN_NORMAL), curvature};
    }
}
