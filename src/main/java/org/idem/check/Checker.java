package org.idem.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.idem.array.Precision;
import org.idem.check.CheckResult.Cause;
import org.idem.check.CheckResult.Part;
import org.idem.check.CheckResult.Verdict;
import org.idem.network.Cnn;
import org.idem.network.Horizon;
import org.idem.network.Network;
import org.idem.theory.ClosedForm;
import org.idem.theory.ParameterModes;
import org.jspecify.annotations.Nullable;

/**
 * Holds trained parameters against the closed form of T1 and T2, entry by entry, and looks for a cause where they
 * disagree.
 */
public final class Checker {
    /** More entries than this, each beyond its budget while all others keep theirs, are not called tampered with. */
    private static final int MOST_TAMPERED = 3;
    /** Suspicions that are compared entry by entry. */
    private static final int MOST_COMPARED = 8;
    /** A suspicion that does not explain everything has to explain all but this share, and beat all others by it. */
    private static final double BY_FAR = 0.1;

    /** Share of the distance that a cause may leave: one that leaves more has not caused it. */
    private static final double LEFT_AT_MOST = 0.5;
    /** Two distances of the same training in other roundings differ by such a factor. */
    private static final double ROUNDING_NOISE = 4;

    private static final List<String> COMMONEST_FIRST = List.of(
            "targets",
            "bias",
            "padding",
            "flipped",
            "transposed",
            "exchanged",
            "nesterov",
            "loss",
            "steps",
            "learning-rate",
            "momentum",
            "weight-decay");

    private final Account account;
    private final Precision precision;
    private final ClosedForm form;
    private final ParameterModes modes;
    private final ModeDistance distance;

    private Checker(Account account, Precision precision) {
        this.account = account;
        this.precision = precision;
        form = new ClosedForm(account.problem());
        modes = form.modes();
        distance = new ModeDistance(modes, account.start(), account.end());
    }

    /**
     * Checks an account of a training run.
     *
     * @param account numbers of the precision
     * @param precision arithmetic of the training
     * @return verdict, parts that disagree, and a cause if it is refuted
     */
    public static CheckResult check(Account account, Precision precision) {
        return new Checker(account, precision).check();
    }

    private CheckResult check() {
        if (account.horizon() instanceof Horizon.Limit
                && account.optimizer().weightDecay() == 0
                && !form.rankIsClear()) {
            Comparison nothing = Comparison.unknown(account);
            return result(
                    Verdict.UNDECIDED,
                    "rounding hides the rank of the training data, so their limit is not known; --steps needs no rank",
                    nothing,
                    null,
                    List.of());
        }
        if (claimsDivergence()) {
            Comparison nothing = Comparison.unknown(account);
            return refuted("training with these settings would diverge, but the trained weights are finite", nothing);
        }
        Comparison comparison = Comparison.of(account, form, precision);
        if (comparison.largest() > 1) {
            return refuted(
                    comparison.beyond() + " of " + comparison.deviation().getNumElements()
                            + " parameters lie beyond their budgets",
                    comparison);
        }
        if (!comparison.reached()) {
            return result(
                    Verdict.UNDECIDED,
                    "more than " + Comparison.STEP_LIMIT + " steps would be needed to reach the limit; give --steps",
                    comparison,
                    null,
                    List.of());
        }
        if (!comparison.decides()) {
            return result(Verdict.UNDECIDED, "rounding could carry training anywhere", comparison, null, List.of());
        }
        if (comparison.moved() > 0 && comparison.moved() <= 1) {
            return result(
                    Verdict.UNDECIDED,
                    "rounding may be as large as all that training changes",
                    comparison,
                    null,
                    List.of());
        }
        double out = comparison.standsOut();
        if (precision == Precision.FLOAT32 && out > comparison.mostStandingOut()) {
            int[] worst = comparison.worst();
            String reason = String.format(
                    Locale.ROOT,
                    "%s deviates %.3g times as far as all others do, relative to their budgets: rounding makes it at most %.3g",
                    place(worst[0], worst[1]),
                    out,
                    comparison.mostStandingOut());
            Cause changed = new Cause(
                    "tampered",
                    described(comparison, worst[0], worst[1]) + "; all others are as they should be",
                    comparison.second());
            return result(Verdict.REFUTED, reason, comparison, changed, List.of());
        }
        return result(Verdict.CONFIRMED, "every parameter lies within its budget", comparison, null, List.of());
    }

    /**
     * Whether the claimed steps are unstable, the start is off in the fastest mode by more than the rounding of all
     * steps, and the prediction has outgrown the trained parameters: rounding then cannot have held it back.
     */
    private boolean claimsDivergence() {
        double[] fastest = distance.fastest();
        double pull = account.optimizer().learningRate()
                * (fastest[1] + account.optimizer().weightDecay());
        if (!(pull >= account.optimizer().stableProduct())) {
            return false;
        }
        double roundings = (double) modes.vectors().numRows
                + account.problem().inputs().length()
                + account.problem().targets().length();
        double visible = roundings * precision.unitRoundoff();
        if (!(account.horizon() instanceof Horizon.Steps given)) {
            return fastest[0] > visible;
        }
        double size = NormOps_DDRM.normF(account.start()) + NormOps_DDRM.normF(account.end());
        return fastest[0] > visible * given.count()
                && !(distance.of(account.optimizer(), account.horizon(), 1) < 3 * size);
    }

    private CheckResult refuted(String reason, Comparison comparison) {
        List<Suspicion> suspicions =
                new ArrayList<>(new SettingSuspects(account, distance, precision, form.largestCurvature()).all());
        suspicions.addAll(new DataSuspects(account, modes).all());
        double claimed = distance.of(account.optimizer(), account.horizon(), 1);
        Cause tampered = tampered(comparison);
        suspicions.removeIf(suspicion -> !(suspicion.distance() < Double.POSITIVE_INFINITY));
        double explained = explained(suspicions, comparison);
        List<Suspicion> near = suspicions.stream()
                .filter(suspicion ->
                        suspicion.distance() <= explained && !(suspicion.distance() > LEFT_AT_MOST * claimed))
                .sorted(Comparator.comparingInt(Suspicion::freedom).thenComparingDouble(Suspicion::distance))
                .toList();
        List<Explanation> explanations = new ArrayList<>();
        int compared = 0;
        int freedom = 0;
        for (Suspicion suspicion : near) {
            boolean enough = suspicion.freedom() > freedom && !explanations.isEmpty();
            boolean needless = suspicion.freedom() > 1 && tampered != null;
            if (compared++ >= MOST_COMPARED || enough || needless) {
                break;
            }
            freedom = suspicion.freedom();
            double ratio = Comparison.of(suspicion.account(), suspicion.form(), precision)
                    .largest();
            Cause cause = new Cause(suspicion.kind(), suspicion.words(), ratio);
            if (cause.explains()) {
                explanations.add(new Explanation(suspicion, cause));
            }
        }
        List<Cause> explaining = ranked(explanations);
        if (!explaining.isEmpty()) {
            return result(
                    Verdict.REFUTED, reason, comparison, explaining.get(0), explaining.subList(1, explaining.size()));
        }
        if (tampered != null) {
            return result(Verdict.REFUTED, reason, comparison, tampered, List.of());
        }
        return result(Verdict.REFUTED, reason, comparison, closest(suspicions, comparison, claimed), List.of());
    }

    private record Explanation(Suspicion suspicion, Cause cause) {}

    /**
     * By distance; where distances differ by no more than rounding does from run to run, the commoner mistake first.
     */
    private static List<Cause> ranked(List<Explanation> explanations) {
        double least = explanations.stream()
                .mapToDouble(explanation -> explanation.suspicion().distance())
                .min()
                .orElse(0);
        return explanations.stream()
                .sorted(Comparator.<Explanation>comparingDouble(explanation -> {
                            double distance = explanation.suspicion().distance();
                            return distance <= ROUNDING_NOISE * least ? 0 : distance;
                        })
                        .thenComparingInt(explanation ->
                                COMMONEST_FIRST.indexOf(explanation.cause().kind())))
                .map(Explanation::cause)
                .toList();
    }

    /** Distance up to which a suspicion may be true: what rounding allows, and what is no worse than the best. */
    private double explained(List<Suspicion> suspicions, Comparison comparison) {
        Suspicion best = suspicions.stream()
                .min(Comparator.comparingDouble(Suspicion::distance))
                .orElse(null);
        if (best == null) {
            return 0;
        }
        double norm = NormOps_DDRM.normF(comparison.budget());
        if (!Double.isFinite(norm)) {
            norm = NormOps_DDRM.normF(
                    Comparison.of(best.account(), best.form(), precision).budget());
        }
        return Math.max(2 * best.distance(), Double.isFinite(norm) ? norm : 0);
    }

    /** All but a few entries keep their budgets. */
    private @Nullable Cause tampered(Comparison comparison) {
        int beyond = comparison.beyond();
        if (beyond == 0 || beyond > MOST_TAMPERED || !comparison.decides()) {
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
        return new Cause("tampered", String.join("; ", places) + "; all others are as they should be", rest);
    }

    private String described(Comparison comparison, int row, int column) {
        double found = account.end().get(row, column);
        return place(row, column) + " is " + found + " where "
                + (found - comparison.deviation().get(row, column)) + " was expected";
    }

    /** What comes closest by far, or else whether other targets could be the reason. */
    private @Nullable Cause closest(List<Suspicion> suspicions, Comparison comparison, double claimed) {
        List<Suspicion> sorted = suspicions.stream()
                .sorted(Comparator.comparingDouble(Suspicion::distance))
                .toList();
        DMatrixRMaj padded = new DMatrixRMaj(account.start().numRows, account.start().numCols);
        CommonOps_DDRM.insert(comparison.deviation(), padded, 0, 0);
        boolean inSpan = comparison.decides()
                && modes.count() < modes.vectors().numRows
                && comparison.largest(modes.complement(padded), 0, comparison.deviation().numCols) <= 1;
        if (inSpan) {
            return new Cause(
                    "targets",
                    "the deviation lies in the span of the training data, where other targets would put it",
                    Double.NaN);
        }
        if (sorted.isEmpty()) {
            return null;
        }
        Suspicion first = sorted.get(0);
        double second = sorted.stream()
                .filter(suspicion -> !suspicion.kind().equals(first.kind()))
                .mapToDouble(Suspicion::distance)
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
        if (first.distance() <= BY_FAR * claimed && first.distance() <= BY_FAR * second) {
            double ratio =
                    Comparison.of(first.account(), first.form(), precision).largest();
            return new Cause(first.kind(), first.words(), ratio);
        }
        boolean anywhere = modes.count() == modes.vectors().numRows;
        return anywhere
                ? new Cause(
                        "targets",
                        "no setting explains it; other targets could, as the data span everything",
                        Double.NaN)
                : null;
    }

    private CheckResult result(
            Verdict verdict, String reason, Comparison comparison, @Nullable Cause cause, List<Cause> alternatives) {
        DMatrixRMaj deviation = comparison.deviation();
        int fanIn = account.problem().network().fanIn();
        List<Part> parts = new ArrayList<>();
        parts.add(part("all parameters", deviation, comparison, 0, deviation.numCols));
        DMatrixRMaj padded = new DMatrixRMaj(deviation.numRows, account.start().numCols);
        CommonOps_DDRM.insert(deviation, padded, 0, 0);
        DMatrixRMaj outside = modes.complement(padded);
        DMatrixRMaj inside = CommonOps_DDRM.subtract(padded, outside, null);
        parts.add(part("span of the training data", inside, comparison, 0, deviation.numCols));
        parts.add(part("complement of the span", outside, comparison, 0, deviation.numCols));
        parts.add(part("weights", deviation, comparison, 0, fanIn));
        if (deviation.numCols > fanIn) {
            parts.add(part("bias", deviation, comparison, fanIn, deviation.numCols));
        }
        double[] outputs = new double[deviation.numRows];
        for (int row = 0; row < outputs.length; row++) {
            for (int column = 0; column < deviation.numCols; column++) {
                outputs[row] = Math.max(outputs[row], comparison.ratio(row, column));
            }
        }
        int[] worst = comparison.worst();
        double failure = precision == Precision.FLOAT32 ? 2 * Comparison.FAILURE : 0;
        return new CheckResult(
                verdict,
                reason,
                account,
                precision,
                failure,
                parts,
                outputs,
                place(worst[0], worst[1]),
                cause,
                alternatives);
    }

    private static Part part(String name, DMatrixRMaj deviation, Comparison comparison, int from, int to) {
        double norm = NormOps_DDRM.normF(
                CommonOps_DDRM.extract(deviation, 0, deviation.numRows, from, Math.min(to, deviation.numCols)));
        return new Part(name, norm, comparison.largest(deviation, from, to));
    }

    private String place(int row, int column) {
        return place(account.problem().network(), row, column);
    }

    /** A parameter in words, indexed as its array is stored. */
    static String place(Network network, int row, int column) {
        if (column == network.fanIn()) {
            return "bias[" + row + "]";
        }
        int[] index = {row, column};
        if (network instanceof Cnn cnn) {
            int side = cnn.kernel();
            index = new int[] {row, column / (side * side), column / side % side, column % side};
        }
        return "weight" + Arrays.toString(index);
    }
}
