package org.idem.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.NormOps_DDRM;
import org.idem.array.Precision;
import org.idem.check.CheckResult.Cause;
import org.idem.check.Suspicion.Fit;
import org.idem.theory.ClosedForm;
import org.idem.theory.design.ParameterModes;

/** Looks for other accounts that could have led to the trained parameters: with one thing told wrongly, or else two. */
final class Causes {
    /** Most suspicions that are compared entry by entry, each of which takes a budget: enough for one of every kind. */
    private static final int MOST_COMPARED = 24;
    /** Most causes that are named, so that they fit on a page. */
    private static final int MOST_NAMED = 8;
    /** A cause must remove at least half of the distance: largest share that it may leave. */
    private static final double LEFT_AT_MOST = 0.5;
    /**
     * With at most so many parameters, a bias that is not given is fitted together with every setting, which takes some
     * seconds.
     */
    private static final int MOST_FITTED = 5000;

    private static final List<String> COMMONEST_FIRST = List.of(
            "targets",
            "bias",
            "padding",
            "flipped",
            "transposed",
            "exchanged",
            "permuted",
            "nesterov",
            "loss",
            "steps",
            "learning-rate",
            "momentum",
            "weight-decay",
            "schedule",
            "dampening",
            "ascent");

    private static final Set<String> ARRAYS = Set.of("flipped", "transposed", "exchanged", "permuted");

    private final Account account;
    private final Precision precision;
    private final Forms forms;
    private final StoredRounding stored;
    private final Comparison claimed;
    private final double distance;
    private final Set<String> tried = new TreeSet<>(Comparator.comparingInt(COMMONEST_FIRST::indexOf));

    /**
     * Prepares the search for an account that is refuted.
     *
     * @param claimed its comparison
     */
    Causes(Account account, Precision precision, Forms forms, StoredRounding stored, Comparison claimed) {
        this.account = account;
        this.precision = precision;
        this.forms = forms;
        this.stored = stored;
        this.claimed = claimed;
        distance = forms.distance(account).of(Setting.of(account));
    }

    private record Explanation(Suspicion suspicion, Cause cause, boolean tested) {}

    /**
     * The causes that explain every parameter, the likeliest first.
     *
     * @param named causes that the data could have contradicted, and after them the others
     * @param untested the causes, if the data could have contradicted none of them
     */
    record Found(List<Cause> named, List<Cause> untested) {
        boolean isEmpty() {
            return named.isEmpty() && untested.isEmpty();
        }

        /** With another cause before all that are named. */
        Found behind(Cause first) {
            List<Cause> all = new ArrayList<>(List.of(first));
            all.addAll(named);
            return new Found(all, List.of());
        }

        /** Each of these causes, explaining the parameters together with another one. */
        Found beside(String kind, String words) {
            return new Found(beside(named, kind, words), beside(untested, kind, words));
        }

        private static List<Cause> beside(List<Cause> causes, String kind, String words) {
            return causes.stream()
                    .map(cause -> Cause.of(List.of(kind, cause.kind()), List.of(words, cause.words()), cause.ratio()))
                    .toList();
        }
    }

    /** Kinds of causes that were tried so far, in order. */
    List<String> tried() {
        return List.copyOf(tried);
    }

    /**
     * Single causes that explain every parameter. If few entries could have been tampered with, that is likelier than a
     * fit to each output, so such fits are left out.
     */
    Found singles(boolean few) {
        return explaining(suspicions(account, List.of(), List.of()), few ? Suspicion.MANY - 1 : Integer.MAX_VALUE);
    }

    /** Pairs of causes, and rarer methods, that explain every parameter. */
    Found pairs() {
        ClosedForm form = forms.of(account.problem());
        List<Suspicion> pairs = new ArrayList<>(new SettingSearch(
                        account, forms.distance(account), precision, form.largestCurvature(), List.of(), List.of())
                .pairs());
        for (Suspicion first : data(account)) {
            if (first.freedom() == 0) {
                for (Suspicion second : suspicions(first.account(), first.kinds(), first.words())) {
                    if (!sameFamily(second.kinds())) {
                        pairs.add(second);
                    }
                }
            }
        }
        pairs.addAll(withUnknownBias());
        if (claimed.decides()) {
            pairs.addAll(new OtherMethods(account, forms).all());
        }
        return explaining(pairs, Integer.MAX_VALUE);
    }

    /** Suspects that a setting is wrong and that, besides, a bias was trained which is not given. */
    private List<Suspicion> withUnknownBias() {
        List<Suspicion> found = new ArrayList<>();
        boolean few = account.start().getNumElements() <= MOST_FITTED;
        if (account.problem().map().bias() || !few) {
            return found;
        }
        for (Suspicion first : settings(account, List.of(), List.of())) {
            if (first.freedom() <= 1) {
                Suspicion bias = new DataSuspects(first.account(), forms).unknownBias();
                found.add(bias.after(first.kinds(), first.words(), first.fit()));
            }
        }
        return found;
    }

    private static boolean sameFamily(List<String> kinds) {
        String first = ARRAYS.contains(kinds.get(0)) ? "arrays" : kinds.get(0);
        String second = ARRAYS.contains(kinds.get(1)) ? "arrays" : kinds.get(1);
        return first.equals(second);
    }

    private List<Suspicion> data(Account of) {
        List<Suspicion> data = new ArrayList<>(new ArraySuspects(of, forms::distance).all());
        data.addAll(new DataSuspects(of, forms).all());
        data.addAll(new OrderSuspects(of, forms).all());
        return data;
    }

    private List<Suspicion> settings(Account of, List<String> kinds, List<String> words) {
        ClosedForm form = forms.of(of.problem());
        return new SettingSearch(of, forms.distance(of), precision, form.largestCurvature(), kinds, words).singles();
    }

    /** One more thing is told wrongly than what is named already. */
    private List<Suspicion> suspicions(Account of, List<String> kinds, List<String> words) {
        List<Suspicion> found = new ArrayList<>(settings(of, kinds, words));
        data(of).forEach(other -> found.add(other.after(kinds, words, Fit.NOTHING)));
        return found;
    }

    private Found explaining(List<Suspicion> suspicions, int mostFreedom) {
        suspicions.forEach(suspicion -> tried.addAll(suspicion.kinds()));
        List<Suspicion> possible = new ArrayList<>(suspicions);
        possible.removeIf(suspicion -> !(suspicion.distance() < Double.POSITIVE_INFINITY)
                || suspicion.freedom() > mostFreedom
                || suspicion.distance() > LEFT_AT_MOST * distance);
        double near = near(possible);
        possible.removeIf(suspicion -> !(suspicion.distance() <= near));
        possible.sort(Comparator.comparingInt(Suspicion::freedom).thenComparingDouble(Suspicion::distance));
        Evidence evidence = new Evidence(claimed, forms.of(account.problem()).modes(), suspicions.size());
        Map<Set<String>, Explanation> explanations = new LinkedHashMap<>();
        Set<Object> seen = new HashSet<>();
        int compared = 0;
        for (Suspicion suspicion : possible) {
            Set<String> kinds = new LinkedHashSet<>(suspicion.kinds());
            if (compared < MOST_COMPARED && !explanations.containsKey(kinds) && seen.add(suspicion.words())) {
                compared++;
                Comparison comparison = compared(suspicion);
                Cause cause = Cause.of(suspicion.kinds(), suspicion.words(), comparison.largest());
                if (cause.explains() && comparison.isEvidence()) {
                    boolean tested = evidence.tests(suspicion, comparison, modes(suspicion), ends(suspicion));
                    explanations.put(kinds, new Explanation(suspicion, cause, tested));
                }
            }
        }
        return ranked(List.copyOf(explanations.values()));
    }

    private ParameterModes modes(Suspicion suspicion) {
        return forms.of(suspicion.account().problem()).modes();
    }

    /** Trained parameters, with the bias that the suspicion predicts where none is given. */
    private DMatrixRMaj ends(Suspicion suspicion) {
        Account other = suspicion.account();
        return other.known() == other.start().numCols
                ? other.end()
                : forms.of(other.problem()).parameters(other.optimizer(), other.horizon());
    }

    private Comparison compared(Suspicion suspicion) {
        Account other = suspicion.account();
        if (suspicion.predicted() != null) {
            return claimed.against(suspicion.predicted(), account);
        }
        ClosedForm form = forms.of(other.problem());
        Comparison comparison = Comparison.of(other, form, precision);
        return stored.isNothing() ? comparison : comparison.widened(stored.bounds(other, form.modes()));
    }

    /**
     * Largest distance of a suspicion that may be true: what rounding allows, or twice the smallest distance of all
     * suspicions.
     */
    private double near(List<Suspicion> possible) {
        Suspicion best = possible.stream()
                .min(Comparator.comparingDouble(Suspicion::distance))
                .orElse(null);
        if (best == null) {
            return 0;
        }
        double norm = Math.max(norm(claimed), norm(compared(best)));
        return Math.max(2 * best.distance(), norm);
    }

    /** Norm of the budget, 0 if it is infinite. */
    private static double norm(Comparison comparison) {
        return comparison.decides() ? NormOps_DDRM.normF(comparison.budget()) : 0;
    }

    /**
     * Causes that the data could have contradicted come first, then those without a fitted number, then the nearest.
     * Where distances differ by no more than rounding does from run to run, the commoner mistake comes first.
     */
    private static Found ranked(List<Explanation> explanations) {
        double least = explanations.stream()
                .mapToDouble(explanation -> explanation.suspicion().distance())
                .min()
                .orElse(0);
        List<Cause> causes = explanations.stream()
                .sorted(Comparator.<Explanation>comparingInt(explanation -> explanation.tested() ? 0 : 1)
                        .thenComparingInt(explanation -> explanation.suspicion().freedom())
                        .thenComparingDouble(explanation -> {
                            double distance = explanation.suspicion().distance();
                            return distance <= Suspicion.ROUNDING_NOISE * least ? 0 : distance;
                        })
                        .thenComparingInt(explanation -> explanation.suspicion().kinds().stream()
                                .mapToInt(COMMONEST_FIRST::indexOf)
                                .sum()))
                .limit(MOST_NAMED)
                .map(Explanation::cause)
                .toList();
        boolean tested = explanations.stream().anyMatch(Explanation::tested);
        // a common mistake comes first, but only among others that the data cannot exclude either
        boolean usual = causes.size() > 1
                && explanations.stream()
                        .anyMatch(explanation -> explanation.suspicion().fit().equals(Fit.NOTHING));
        return tested || usual ? new Found(causes, List.of()) : new Found(List.of(), causes);
    }
}
