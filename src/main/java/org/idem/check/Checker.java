package org.idem.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ejml.dense.row.NormOps_DDRM;
import org.idem.array.Precision;
import org.idem.check.Causes.Found;
import org.idem.check.CheckResult.Cause;
import org.idem.check.CheckResult.Verdict;
import org.idem.check.format.StoredFormat;
import org.idem.network.Horizon;
import org.idem.theory.ClosedForm;
import org.idem.theory.design.ParameterModes;
import org.jspecify.annotations.Nullable;

/**
 * Compares trained parameters with the closed form of T1 and T2, entry by entry, and looks for a cause where they
 * disagree.
 */
public final class Checker {
    /** Most entries that may have been tampered with: if more lie beyond their budgets, that is not suspected. */
    private static final int MOST_TAMPERED = 3;

    private static final Found NOTHING = new Found(List.of(), List.of());

    private final Account account;
    private final Precision precision;
    private final Forms forms = new Forms();
    private final ClosedForm form;
    private final ParameterModes modes;
    private final ModeDistance distance;

    private Checker(Account account, Precision precision) {
        this.account = account;
        this.precision = precision;
        form = forms.of(account.problem());
        modes = form.modes();
        distance = new ModeDistance(modes, account);
    }

    /**
     * Checks an account of a training run.
     *
     * @param account numbers of the precision
     * @param precision arithmetic of the training
     * @return verdict, parts that disagree, and causes if it is refuted
     */
    public static CheckResult check(Account account, Precision precision) {
        return new Checker(account, precision).check();
    }

    private CheckResult check() {
        if (rankHidden()) {
            return undecided(
                    "rounding hides the rank of the training data, so their limit is not known; --steps needs no rank",
                    Comparison.unknown(account));
        }
        if (claimsDivergence()) {
            Comparison nothing = Comparison.unknown(account);
            return refuted(
                    "training with these settings would diverge, but the trained weights are finite",
                    nothing,
                    StoredRounding.NONE);
        }
        Comparison comparison = Comparison.of(account, form, precision);
        if (comparison.largest() > 1) {
            StoredRounding stored = stored();
            Comparison wider = widened(comparison, stored);
            StoredFormat format = stored.trained();
            return wider.largest() > 1 || format == null
                    ? refuted(beyond(wider), wider, stored)
                    : within(wider)
                            .noting("the trained weights lie on the grid of "
                                    + format.name()
                                    + ", narrower than the training: the rounding of saving them is counted");
        }
        double out = comparison.standsOut();
        if (precision == Precision.FLOAT32 && out > comparison.mostStandingOut()) {
            return standsOut(comparison, out);
        }
        return within(comparison);
    }

    /** Whether a limit is claimed that the training data do not determine. */
    private boolean rankHidden() {
        return account.horizon() instanceof Horizon.Limit
                && account.optimizer().weightDecay() == 0
                && !form.complement().known();
    }

    private @Nullable StoredFormat narrowStart() {
        return StoredFormat.narrower(
                precision, account.problem().weights(), account.problem().initialBias());
    }

    private Comparison widened(Comparison comparison, StoredRounding stored) {
        return stored.isNothing() ? comparison : comparison.widened(stored.bounds(account, modes));
    }

    private static String beyond(Comparison comparison) {
        return comparison.beyond() + " of " + comparison.deviation().getNumElements()
                + " parameters lie beyond their budgets";
    }

    /**
     * The result where every entry lies within its budget: confirmed, unless such parameters would lie there anyway.
     */
    private CheckResult within(Comparison comparison) {
        if (!comparison.reached()) {
            return undecided(
                    "more than " + Comparison.STEP_LIMIT + " steps would be needed to reach the limit; give --steps",
                    comparison);
        }
        if (!comparison.decides()) {
            return undecided("rounding could carry training anywhere", comparison);
        }
        double moved = comparison.moved();
        if (moved > 0 && moved <= 1) {
            return undecided("rounding may be as large as all that training changes", comparison);
        }
        return result(Verdict.CONFIRMED, "every parameter lies within its budget", comparison, NOTHING);
    }

    private CheckResult undecided(String reason, Comparison comparison) {
        return result(Verdict.UNDECIDED, reason, comparison, NOTHING);
    }

    private CheckResult standsOut(Comparison comparison, double out) {
        int[] worst = comparison.worst();
        String reason = String.format(
                Locale.ROOT,
                "%s deviates %.3g times as far as all others do, relative to their budgets; rounding causes at most %.3g times",
                place(worst[0], worst[1]),
                out,
                comparison.mostStandingOut());
        Cause changed = new Cause(
                "tampered",
                described(comparison, worst[0], worst[1]) + "; all others lie within their budgets",
                comparison.second());
        return result(Verdict.REFUTED, reason, comparison, new Found(List.of(changed), List.of()));
    }

    /**
     * Whether the claimed settings make training diverge although the trained parameters have not: the claimed steps
     * are unstable, the start has an error in the fastest mode that rounding of all steps cannot have removed, and the
     * predicted parameters are much larger than the trained ones.
     */
    private boolean claimsDivergence() {
        double[] fastest = distance.fastest();
        double roundings = (double) modes.vectors().numRows
                + account.problem().inputs().length()
                + account.problem().targets().length();
        // the computed curvature carries rounding errors of its own
        double pull = account.optimizer().learningRate()
                * (fastest[1] + account.optimizer().weightDecay())
                * (1 - roundings * Precision.FLOAT64.unitRoundoff());
        if (!(pull >= account.optimizer().stableProduct())) {
            return false;
        }
        double visible = roundings * precision.unitRoundoff();
        if (!(account.horizon() instanceof Horizon.Steps given)) {
            return fastest[0] > visible;
        }
        double size = NormOps_DDRM.normF(account.start()) + NormOps_DDRM.normF(account.end());
        return fastest[0] > visible * given.count() && !(distance.of(Setting.of(account)) < 3 * size);
    }

    private CheckResult refuted(String reason, Comparison comparison, StoredRounding stored) {
        Causes causes = new Causes(account, precision, forms, stored, comparison);
        Cause tampered = tampered(comparison);
        Checker narrow = narrow(stored);
        Cause precise = narrow == null ? null : narrow.explains();
        Found found = causes.singles(tampered != null || precise != null);
        if (precise != null) {
            found = found.behind(precise);
        } else if (found.isEmpty() && narrow != null) {
            found = narrow.besidePrecision();
        }
        if (found.isEmpty() && tampered != null) {
            found = new Found(List.of(tampered), List.of());
        }
        if (found.isEmpty()) {
            CheckResult saved = maybeSaved(comparison, stored);
            if (saved != null) {
                return saved;
            }
            found = causes.pairs();
        }
        CheckResult result = result(Verdict.REFUTED, reason, comparison, found);
        if (found.isEmpty()) {
            result = result.noting("tried, alone and in pairs: " + String.join(", ", causes.tried()));
        } else if (found.named().size() > 1) {
            result = result.noting("each of these explains every parameter; the data do not tell them apart");
        }
        if (stored.trained() != null) {
            result = result.noting("the rounding of saving the trained weights in "
                    + stored.trained().name() + " is counted");
        }
        return result;
    }

    /** The same in float32, if float64 is told and the trained numbers may come from float32; or null. */
    private @Nullable Checker narrow(StoredRounding stored) {
        boolean decimal = stored.trained() != null && stored.trained().coarser(precision) == 0;
        boolean possible = precision == Precision.FLOAT64
                && (decimal || StoredFormat.areFloat32(account.trained(), account.trainedBias()));
        Checker other = possible ? new Checker(account.rounded(Precision.FLOAT32), Precision.FLOAT32) : null;
        return other == null || other.rankHidden() ? null : other;
    }

    /** That this precision was that of the training, if that explains every parameter. */
    private @Nullable Cause explains() {
        Comparison comparison = claimsDivergence() ? Comparison.unknown(account) : wide();
        boolean explains = comparison.largest() <= 1 && comparison.isEvidence();
        return explains ? new Cause("precision", precise(), comparison.largest()) : null;
    }

    private String precise() {
        return "the training was in " + precision;
    }

    /** Single causes that explain every parameter if this precision was that of the training. */
    private Found besidePrecision() {
        Comparison comparison = claimsDivergence() ? Comparison.unknown(account) : wide();
        return new Causes(account, precision, forms, stored(), comparison)
                .singles(false)
                .beside("precision", precise());
    }

    private StoredRounding stored() {
        StoredFormat narrow = StoredFormat.narrower(precision, account.trained(), account.trainedBias());
        return narrow == null ? StoredRounding.NONE : new StoredRounding(narrow, narrowStart());
    }

    private Comparison wide() {
        return widened(Comparison.of(account, form, precision), stored());
    }

    /** What no single cause explains may be due to a format in which weights were saved or trained. */
    private @Nullable CheckResult maybeSaved(Comparison comparison, StoredRounding stored) {
        StoredFormat trained = stored.trained();
        if (trained != null) {
            boolean possible = comparison.largest() <= trained.coarser(precision);
            return possible
                    ? undecided(
                            "the trained weights lie on the grid of " + trained.name()
                                    + "; training in that arithmetic, which is not predicted here, could have led to them",
                            comparison)
                    : null;
        }
        StoredFormat start = narrowStart();
        if (start == null || !comparison.decides()) {
            return null;
        }
        Comparison wider = widened(comparison, new StoredRounding(null, start));
        return wider.largest() > 1
                ? null
                : undecided(
                        "the initial weights lie on the grid of " + start.name()
                                + ": if they were rounded when they were saved, the trained ones may be right",
                        comparison);
    }

    /** All but a few entries keep their budgets. */
    private @Nullable Cause tampered(Comparison comparison) {
        int beyond = comparison.beyond();
        boolean few = beyond > 0
                && beyond <= MOST_TAMPERED
                && 2 * beyond < comparison.deviation().getNumElements();
        if (!few || !comparison.decides()) {
            return null;
        }
        List<String> places = new ArrayList<>();
        double rest = 0;
        for (int row = 0; row < comparison.deviation().numRows; row++) {
            for (int column = 0; column < comparison.deviation().numCols; column++) {
                double ratio = comparison.ratio(row, column);
                if (ratio > 1) {
                    places.add(described(comparison, row, column));
                } else {
                    rest = Math.max(rest, ratio);
                }
            }
        }
        return new Cause("tampered", String.join("; ", places) + "; all others lie within their budgets", rest);
    }

    private String described(Comparison comparison, int row, int column) {
        double found = account.end().get(row, column);
        return place(row, column) + " is " + found + " where "
                + (found - comparison.deviation().get(row, column)) + " was expected";
    }

    private String place(int row, int column) {
        return Places.of(account.problem().map(), row, column);
    }

    private CheckResult result(Verdict verdict, String reason, Comparison comparison, Found found) {
        int[] worst = comparison.worst();
        return new CheckResult(
                verdict,
                reason,
                account,
                precision,
                precision == Precision.FLOAT32 ? 2 * Comparison.FAILURE : 0,
                new Parts(account, modes, comparison).all(),
                comparison.ratios(),
                place(worst[0], worst[1]),
                found.named(),
                found.untested(),
                List.of());
    }
}
