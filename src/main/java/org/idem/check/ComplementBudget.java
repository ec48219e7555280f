package org.idem.check;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.LinearProblem;
import org.idem.theory.ClosedForm;
import org.idem.theory.Complement;
import org.idem.theory.design.DesignMatrix;
import org.idem.theory.design.ParameterModes;

/**
 * Bound on what rounding adds to the complement of the span, in training and in Idem's own projection, for every rate
 * up to half of the largest stable one. Source: proofs/check.md, §4.
 *
 * <table>
 * <caption>Notation</caption>
 * <tr><th>code</th><th>page</th><th>meaning</th></tr>
 * <tr><td>lag</td><td>K</td><td>1/(1 − β), what an error of the gradient moves in the end</td></tr>
 * <tr><td>most</td><td>h</td><td>largest ηcλmax</td></tr>
 * <tr><td>ringing</td><td>S</td><td>largest Σ|r_t| of a mode that rings</td></tr>
 * <tr><td>errors</td><td>|ε_i|</td><td>initial error of a mode, outputs × modes</td></tr>
 * </table>
 */
final class ComplementBudget {
    /** Largest |r_t| up to half of the stable range. */
    private static final double SWING = 1 + Math.sqrt(2);
    /** Roundings of a step, relative to the velocities of all steps together: of Nesterov's method, which has most. */
    private static final int ROUNDINGS_OF_STEP = 21;
    /** The same where there is no momentum. */
    private static final int ROUNDINGS_WITHOUT_MOMENTUM = 4;
    /** Times that a step stores parameters: once, or twice with Nesterov's look-ahead. */
    private static final int STORED = 2;

    private final Account account;
    private final ClosedForm form;
    private final Complement complement;
    private final Precision precision;
    private final int steps;
    private final double momentum;
    private final ParameterModes modes;
    private final DMatrixRMaj errors;
    private final double lag;
    private final double most;
    private final double ringing;
    private final double largest;

    ComplementBudget(
            Account account, ClosedForm form, Complement complement, Precision precision, int steps, double momentum) {
        this.account = account;
        this.form = form;
        this.complement = complement;
        this.precision = precision;
        this.steps = steps;
        this.momentum = momentum;
        modes = form.modes();
        lag = 1 / (1 - momentum);
        most = 1 + momentum;
        ringing = (2 + Math.sqrt(2)) / (1 - Math.sqrt(momentum));
        largest = form.largestCurvature() / account.problem().lossScale();
        errors = modes.coordinates(account.start());
        for (int row = 0; row < errors.numRows; row++) {
            for (int mode = 0; mode < modes.count(); mode++) {
                double stationary = modes.pulls().get(row, mode) / modes.curvature(mode);
                errors.set(row, mode, Math.abs(errors.get(row, mode) - stationary));
            }
        }
    }

    /** Bounds, outputs × d, of θ_T − θ_0 as it meets the computed projector; θ_T − θ_∞ is known, too. */
    DMatrixRMaj of(DMatrixRMaj moved, DMatrixRMaj fromLimit) {
        DMatrixRMaj entries = entries(fromLimit);
        DMatrixRMaj sizes = complement.projector().copy();
        CommonOps_DDRM.abs(sizes);
        DMatrixRMaj ownRounding = moved.copy();
        CommonOps_DDRM.abs(ownRounding);
        double terms = 2 * (moved.numCols + 2) * Precision.FLOAT64.unitRoundoff();
        DMatrixRMaj all = CommonOps_DDRM.add(entries, terms, ownRounding, null);
        DMatrixRMaj bounds = CommonOps_DDRM.mult(all, sizes, null);
        for (int row = 0; row < bounds.numRows; row++) {
            double length = NormOps_DDRM.normF(CommonOps_DDRM.extractRow(moved, row, null))
                    + NormOps_DDRM.normF(CommonOps_DDRM.extractRow(entries, row, null));
            for (int column = 0; column < bounds.numCols; column++) {
                bounds.add(row, column, complement.empty() ? 0 : length * complement.leak(column));
            }
        }
        return bounds;
    }

    /** What rounding adds to each parameter outside of the span. */
    private DMatrixRMaj entries(DMatrixRMaj fromLimit) {
        LinearProblem problem = account.problem();
        DMatrixRMaj design = DesignMatrix.of(problem.map(), problem.inputs());
        DMatrixRMaj start = account.start();
        DMatrixRMaj end = account.end();
        double[] rests = rests(fromLimit);
        DMatrixRMaj entries = start.createLike();
        double unit = precision.unitRoundoff();
        double tiny = precision.smallestNormal();
        // stored numbers, and gradients times the largest rate; residuals err within the span
        double operations = 8 + lag * (2.0 * design.numCols + 8) * most / form.largestCurvature();
        double underflow = steps * operations * tiny;
        int roundings = momentum == 0 ? ROUNDINGS_WITHOUT_MOMENTUM : ROUNDINGS_OF_STEP;
        for (int column = 0; column < entries.numCols; column++) {
            DMatrixRMaj inputs = CommonOps_DDRM.extractRow(design, column, null);
            double length = NormOps_DDRM.normF(inputs);
            if (length == 0) {
                continue;
            }
            double terms = 4.0 + CommonOps_DDRM.countTrue(CommonOps_DDRM.elementMoreThan(absolute(inputs), 0, null));
            for (int row = 0; row < entries.numRows; row++) {
                double way = 0;
                double range = 0;
                for (int mode = 0; mode < modes.count(); mode++) {
                    double share = Math.abs(modes.vectors().get(column, mode)) * errors.get(row, mode);
                    way += share * way(mode);
                    range += share * (1 + SWING);
                }
                double size = Math.max(Math.abs(start.get(row, column)), Math.abs(end.get(row, column))) + range;
                double gradient = terms * length * rests[row] + roundings * way;
                entries.set(row, column, unit * (STORED * (double) steps * size + lag * gradient) + underflow);
            }
        }
        return entries;
    }

    private static DMatrixRMaj absolute(DMatrixRMaj matrix) {
        DMatrixRMaj sizes = matrix.copy();
        CommonOps_DDRM.abs(sizes);
        return sizes;
    }

    /** Σ_t η|v_t| of a mode, over |ε_i|. */
    private double way(int mode) {
        double pull = most * modes.curvature(mode) / form.largestCurvature();
        return lag * Math.min(1 - momentum + pull * ringing, steps * pull * SWING);
    }

    /** ηcΣ_t‖ρ_t‖ of each row: what the least-squares fit leaves, and what is learned. */
    private double[] rests(DMatrixRMaj fromLimit) {
        Array targets = account.problem().targets();
        DMatrixRMaj limit = CommonOps_DDRM.subtract(account.end(), fromLimit, null);
        Array outputs = form.outputs(limit, account.problem().inputs());
        double[] rests = new double[errors.numRows];
        int perOutput = targets.length() / targets.size(0) / errors.numRows;
        double roundings = 2 * (limit.numCols + 2) * Precision.FLOAT64.unitRoundoff();
        for (int at = 0; at < targets.length(); at++) {
            int row = at / perOutput % errors.numRows;
            double rest = Math.abs(targets.values()[at] - outputs.values()[at])
                    + roundings * (Math.abs(targets.values()[at]) + Math.abs(outputs.values()[at]));
            rests[row] = Math.hypot(rests[row], rest);
        }
        for (int row = 0; row < rests.length; row++) {
            rests[row] = rests[row] == 0 ? 0 : steps * most / largest * rests[row];
            for (int mode = 0; mode < modes.count(); mode++) {
                double lambda = modes.curvature(mode) / account.problem().lossScale();
                double pull = most * lambda / largest;
                double sum = Math.min(1 - momentum + pull * ringing, steps * pull * SWING);
                rests[row] += errors.get(row, mode) * sum / Math.sqrt(lambda);
            }
        }
        return rests;
    }
}
