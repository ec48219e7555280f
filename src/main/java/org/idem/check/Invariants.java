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
import org.idem.check.format.StoredFormat;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.theory.ClosedForm;
import org.idem.theory.Complement;
import org.idem.theory.design.ParameterModes;
import org.jspecify.annotations.Nullable;

/**
 * Checks what gradient descent without weight decay guarantees, with or without momentum and whatever its settings: the
 * complement of the span of the training data keeps its initial parameters, and in the limit the loss is stationary.
 * Source: proofs/check.md, §4.
 */
public final class Invariants {
    /** Number of steps whose rounding is counted if the user gives none. */
    public static final int USUAL_STEPS = 10_000;

    private static final String DISTANCE = "distance from the limit";
    /** If the distance from the limit is a larger share of the parameters' norm, rounding cannot be its reason. */
    private static final double FAR = 0.01;

    private final Account account;
    private final Precision precision;
    private final Premise premise;
    private final ClosedForm form;
    private final Complement complement;
    private final DMatrixRMaj moved;
    private final Account limit;
    private final DMatrixRMaj fromLimit;
    private final DMatrixRMaj outside;
    private @Nullable Comparison arrival;

    private Invariants(Account account, Precision precision, Premise premise) {
        this.account = account;
        this.precision = precision;
        this.premise = premise;
        form = new ClosedForm(account.problem());
        complement = form.complement();
        double curvature = form.largestCurvature();
        limit = account.with(LinearMethod.gradientDescent(curvature > 0 ? 1 / curvature : 1))
                .with(new Horizon.Limit());
        fromLimit = account.end();
        if (complement.known()) {
            CommonOps_DDRM.subtractEquals(fromLimit, form.parameters(limit.optimizer(), limit.horizon()));
        }
        moved = CommonOps_DDRM.subtract(account.end(), account.start(), null);
        outside = CommonOps_DDRM.mult(moved, complement.projector(), null);
    }

    /**
     * Checks the invariants.
     *
     * @param account numbers of the precision; optimiser and horizon are ignored
     * @param precision arithmetic of the training
     * @param premise what the user states about the method
     * @return refuted if the complement has changed and a method was stated that leaves it alone; confirmed if it has
     *     not changed and the parameters are at their limit; otherwise undecided
     */
    public static CheckResult check(Account account, Precision precision, Premise premise) {
        return new Invariants(account, precision, premise).check();
    }

    private CheckResult check() {
        if (!complement.known()) {
            return result(
                    Verdict.UNDECIDED,
                    "rounding hides which directions the training data span, so nothing is known about the rest",
                    against(Premise.USUAL_MOMENTUM));
        }
        StoredRounding stored = new StoredRounding(
                StoredFormat.narrower(precision, account.trained(), account.trainedBias()),
                StoredFormat.narrower(
                        precision,
                        account.problem().weights(),
                        account.problem().initialBias()));
        Comparison comparison = against(premise.usualMomentum());
        if (comparison.largest() <= 1) {
            return kept(comparison);
        }
        Comparison wide = saved(against(premise.largestMomentum()), stored);
        if (wide.largest() <= 1) {
            String excuse = stored.isNothing()
                    ? "rounding could have changed the complement of the span of the training data so much"
                    : "saving the weights in a narrower format could have changed the complement so much";
            return result(Verdict.UNDECIDED, premise.refutes() ? excuse : excuse + "; " + premise.whyNot(), wide);
        }
        String changed = "the complement of the span of the training data has changed, which gradient descent without"
                + " weight decay does not do, with or without momentum";
        boolean narrow = premise.refutes()
                && precision == Precision.FLOAT64
                && StoredFormat.areFloat32(account.trained(), account.trainedBias())
                && check(account.rounded(Precision.FLOAT32), Precision.FLOAT32, premise)
                                .verdict()
                        != Verdict.REFUTED;
        if (narrow) {
            return result(
                    Verdict.UNDECIDED,
                    changed + " in float64; but every trained number is one of float32, and training in float32 could",
                    wide);
        }
        return premise.refutes()
                ? result(Verdict.REFUTED, changed, wide)
                : result(Verdict.UNDECIDED, changed + "; " + premise.whyNot(), wide);
    }

    private CheckResult kept(Comparison comparison) {
        boolean arrived = distance(comparison).ratio() <= 1;
        String unchanged = complement.empty()
                ? "the training data span everything, so there is nothing that training leaves alone"
                : "the complement of the span is unchanged";
        if (!premise.holdsInTheLimit()) {
            return result(Verdict.UNDECIDED, unchanged + "; " + premise.whyNot(), comparison);
        }
        return arrived
                ? result(Verdict.CONFIRMED, unchanged + ", and the parameters are at their limit", comparison)
                : result(
                        Verdict.UNDECIDED,
                        unchanged + ", but training has not arrived at its limit; give the settings",
                        comparison);
    }

    private Comparison against(double momentum) {
        DMatrixRMaj budget = complement.known()
                ? new ComplementBudget(account, form, complement, precision, premise.steps(), momentum)
                        .of(moved, fromLimit)
                : infinite();
        return new Comparison(outside, budget, outside, true);
    }

    private DMatrixRMaj infinite() {
        DMatrixRMaj infinite = outside.createLike();
        CommonOps_DDRM.fill(infinite, Double.POSITIVE_INFINITY);
        return infinite;
    }

    private Comparison saved(Comparison comparison, StoredRounding stored) {
        DMatrixRMaj sizes = StoredRounding.sizes(stored.trained(), account.end());
        CommonOps_DDRM.addEquals(sizes, StoredRounding.sizes(stored.initial(), account.start()));
        DMatrixRMaj projector = complement.projector().copy();
        CommonOps_DDRM.abs(projector);
        return comparison.widened(CommonOps_DDRM.mult(sizes, projector, null));
    }

    private CheckResult result(Verdict verdict, String reason, Comparison comparison) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("complement of the span", NormOps_DDRM.normF(outside), comparison.largest())
                .emptyIf(complement.empty()));
        parts.add(distance(comparison));
        int[] worst = comparison.worst();
        return new CheckResult(
                verdict,
                reason,
                account,
                precision,
                0,
                parts,
                comparison.ratios(),
                Places.of(account.problem().map(), worst[0], worst[1]),
                causes(form.modes(), comparison),
                List.of(),
                List.of(premise.words(precision)));
    }

    /** From the limit, against its budget if that can matter: many steps make it costly. */
    private Part distance(Comparison kept) {
        DMatrixRMaj inside = CommonOps_DDRM.subtract(fromLimit, outside, null);
        double length = NormOps_DDRM.normF(inside);
        double sizes = NormOps_DDRM.normF(account.start()) + NormOps_DDRM.normF(account.end());
        if (!complement.known() || length > FAR * sizes) {
            return new Part(DISTANCE, length, Double.NaN);
        }
        if (arrival == null) {
            arrival = Comparison.of(limit, form, precision);
        }
        Comparison wider = arrival.widened(kept.budget());
        double ratio = arrival.decides() ? wider.largest(inside, 0, inside.numCols) : Double.NaN;
        return new Part(DISTANCE, length, ratio);
    }

    /** Weight decay shrinks the complement by one factor. */
    private List<Cause> causes(ParameterModes modes, Comparison comparison) {
        if (comparison.largest() <= 1) {
            return List.of();
        }
        DMatrixRMaj before = modes.complement(account.start());
        double square = ModeDistance.inner(before, before);
        double factor = square > 0 ? ModeDistance.inner(before, comparison.deviation()) / square : 0;
        DMatrixRMaj rest = CommonOps_DDRM.add(comparison.deviation(), -factor, before, null);
        double ratio = comparison.largest(rest, 0, rest.numCols);
        return factor < 0 && ratio <= 1
                ? List.of(new Cause(
                        "weight-decay",
                        "the complement has shrunk to " + Knob.number(1 + factor) + " of itself, as under weight decay",
                        ratio))
                : List.of();
    }
}
