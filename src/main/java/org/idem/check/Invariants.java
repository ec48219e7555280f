package org.idem.check;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.idem.array.Precision;
import org.idem.check.CheckResult.Cause;
import org.idem.check.CheckResult.Part;
import org.idem.check.CheckResult.Verdict;
import org.idem.network.Horizon;
import org.idem.network.Optimizer;
import org.idem.theory.ClosedForm;
import org.idem.theory.ParameterModes;
import org.jspecify.annotations.Nullable;

/**
 * What every gradient method without weight decay leaves true, whatever its settings: the complement of the span of the
 * training data keeps its initial parameters, and in the limit the loss is stationary. Source: proofs/check.md, §4.
 */
public final class Invariants {
    /** Steps that rounding is counted for if nobody says how many there were. */
    public static final int USUAL_STEPS = 10_000;

    private Invariants() {}

    /**
     * Checks the invariants.
     *
     * @param account numbers of the precision; optimiser and horizon are not looked at
     * @param precision arithmetic of the training
     * @param steps largest number of steps to allow for, at least 0
     * @return refuted if the complement has changed; confirmed if it has not and the parameters are at their limit;
     *     otherwise undecided
     */
    public static CheckResult check(Account account, Precision precision, int steps) {
        ClosedForm form = new ClosedForm(account.problem());
        ParameterModes modes = form.modes();
        double curvature = form.largestCurvature();
        Account limit = account.with(Optimizer.gradientDescent(curvature > 0 ? 1 / curvature : 1))
                .with(new Horizon.Limit());
        boolean clear = form.rankIsClear();
        Comparison stationary = clear ? Comparison.of(limit, form, precision) : Comparison.unknown(limit);
        DMatrixRMaj moved = CommonOps_DDRM.subtract(account.end(), account.start(), null);
        DMatrixRMaj outside = modes.complement(moved);
        DMatrixRMaj budget = budget(account, modes, moved, precision, steps);
        Comparison complement = new Comparison(outside, budget, Double.NaN, true);
        DMatrixRMaj inside = CommonOps_DDRM.subtract(stationary.deviation(), outside, null);
        boolean arrived = clear && stationary.decides() && stationary.largest(inside, 0, inside.numCols) <= 1;
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("complement of the span", NormOps_DDRM.normF(outside), complement.largest()));
        parts.add(new Part(
                "distance from the limit", NormOps_DDRM.normF(inside), stationary.largest(inside, 0, inside.numCols)));
        double[] outputs = new double[outside.numRows];
        for (int row = 0; row < outputs.length; row++) {
            for (int column = 0; column < outside.numCols; column++) {
                outputs[row] = Math.max(outputs[row], complement.ratio(row, column));
            }
        }
        boolean kept = complement.largest() <= 1;
        Verdict verdict = !kept ? Verdict.REFUTED : arrived ? Verdict.CONFIRMED : Verdict.UNDECIDED;
        String reason = !kept
                ? "the complement of the span of the training data has changed, which no gradient without weight decay does"
                : arrived
                        ? "the complement of the span is unchanged and the parameters are at their limit"
                        : "the complement of the span is unchanged, but training has not arrived at its limit; give the settings";
        int[] worst = complement.worst();
        return new CheckResult(
                verdict,
                reason,
                account,
                precision,
                0,
                parts,
                outputs,
                Checker.place(account.problem().network(), worst[0], worst[1]),
                cause(account, modes, complement),
                List.of());
    }

    /** Weight decay shrinks the complement by one factor. */
    private static @Nullable Cause cause(Account account, ParameterModes modes, Comparison complement) {
        if (complement.largest() <= 1) {
            return null;
        }
        DMatrixRMaj before = modes.complement(account.start());
        double square = ModeDistance.inner(before, before);
        double factor = square > 0 ? ModeDistance.inner(before, complement.deviation()) / square : 0;
        DMatrixRMaj rest = CommonOps_DDRM.add(complement.deviation(), -factor, before, null);
        double ratio = complement.largest(rest, 0, rest.numCols);
        return factor < 0 && ratio <= 1
                ? new Cause(
                        "weight-decay",
                        "the complement has shrunk to " + SettingSuspects.number(1 + factor)
                                + " of itself, as under weight decay",
                        ratio)
                : null;
    }

    /** Every step rounds every parameter once or twice, and the gradient sticks out of the span by its own rounding. */
    private static DMatrixRMaj budget(
            Account account, ParameterModes modes, DMatrixRMaj moved, Precision precision, int steps) {
        int rows = moved.numRows;
        int d = moved.numCols;
        DMatrixRMaj start = account.start();
        DMatrixRMaj end = account.end();
        DMatrixRMaj sizes = new DMatrixRMaj(rows, d);
        double unit = precision.unitRoundoff();
        double terms = account.problem().inputs().length() + 8.0;
        double path = Math.sqrt(Math.max(1, modes.count()));
        for (int row = 0; row < rows; row++) {
            double norm = 0;
            for (int column = 0; column < d; column++) {
                norm = Math.hypot(norm, moved.get(row, column));
            }
            for (int column = 0; column < d; column++) {
                double largest = Math.max(Math.abs(start.get(row, column)), Math.abs(end.get(row, column)))
                        + Math.abs(moved.get(row, column));
                sizes.set(row, column, unit * (2.0 * steps * largest + terms * path * norm));
            }
        }
        // |complement projector|
        DMatrixRMaj projector = modes.complement(CommonOps_DDRM.identity(d));
        for (int at = 0; at < projector.getNumElements(); at++) {
            projector.data[at] = Math.abs(projector.data[at]) + d * 0x1p-53;
        }
        return CommonOps_DDRM.mult(sizes, projector, null);
    }
}
