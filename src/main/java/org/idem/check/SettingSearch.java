package org.idem.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.idem.array.Precision;
import org.idem.check.Suspicion.Fit;
import org.idem.network.Horizon;
import org.idem.network.Loss;

/**
 * Other losses, optimisers and numbers of steps that could have led to the trained parameters, one or two at a time.
 */
final class SettingSearch {
    /** Factors by which people mistype learning rates, or change them because they think that it does not matter. */
    private static final double[] RATE_SLIPS = {10, 0.1, 100, 0.01, 1000, 0.001, 2, 0.5, 5, 0.2, 4, 0.25};

    /** Values that documentation and papers use. */
    private static final double[] COMMON_MOMENTA = {0.9, 0.99, 0.95, 0.5, 0.8};

    private static final double[] COMMON_DECAYS = {1e-4, 1e-3, 5e-4, 1e-2, 1e-5, 5e-3, 5e-5, 5e-2, 0.1};
    /**
     * Points of the grid. A range has 3 to 9 decades, so points lie a few percent apart; a factor is smooth on that
     * scale until it is nearly 0.
     */
    private static final int GRID = 400;
    /** Points of the grid in a search within a search, whose cost is the product of both. */
    private static final int COARSE_GRID = 100;
    /**
     * Coordinates are logarithms. They are searched to this width, ten times the square root of the unit roundoff, and
     * then polished: within it, distances differ from the minimum by less than their rounding.
     */
    private static final double WIDTH = 1e-7;
    /** All numbers of steps this near to the given one are tried; that costs no more than the grid of a number. */
    private static final int NEAR = GRID / 2;
    /** In a search within a search. */
    private static final int COARSE_NEAR = 32;
    /**
     * Number of fits of one pair that are polished: where valleys are nearly equal, the deepest on the grid may not be
     * the true one.
     */
    private static final int POLISHED = 3;
    /** Most digits that people use for a setting. */
    private static final int ROUND_DIGITS = 3;
    /** How many numbers of so many digits lie between two powers of ten. */
    private static final double ROUND_PER_DECADE = 900;
    /** First number of steps that is tried if a limit is claimed; a geometric grid follows. */
    private static final int USUAL_STEPS = 1000;

    private final Account account;
    private final Setting claimed;
    private final ModeDistance whole;
    private final ModeDistance coarse;
    private final Precision precision;
    private final double largestCurvature;
    private final List<String> kinds;
    private final List<String> words;

    /** Prepares the search for an account, which may itself be a suspicion with kinds and words. */
    SettingSearch(
            Account account,
            ModeDistance distance,
            Precision precision,
            double largestCurvature,
            List<String> kinds,
            List<String> words) {
        this.account = account;
        this.precision = precision;
        this.largestCurvature = largestCurvature;
        this.kinds = kinds;
        this.words = words;
        claimed = Setting.of(account);
        whole = distance;
        coarse = distance.coarse();
    }

    private record Found(Setting setting, int freedom, Fit fitted, double distance) {
        static Found known(Setting setting, double distance) {
            return new Found(setting, 0, Fit.NOTHING, distance);
        }
    }

    /** Suspects, for each setting, that its value is not the claimed one. */
    List<Suspicion> singles() {
        List<Suspicion> found = new ArrayList<>();
        for (Knob knob : Knob.values()) {
            for (Setting known : known(knob, claimed)) {
                found.add(suspicion(List.of(knob), Found.known(known, whole.of(known))));
            }
            for (Setting form : forms(knob, claimed)) {
                found.add(suspicion(List.of(knob), polished(List.of(knob), fitted(knob, form, GRID, NEAR))));
            }
        }
        found.removeIf(suspicion -> Setting.of(suspicion.account()).equals(claimed));
        return found;
    }

    /** Two settings are others. */
    List<Suspicion> pairs() {
        List<Suspicion> found = new ArrayList<>();
        Knob[] knobs = Knob.values();
        for (int first = 0; first < knobs.length; first++) {
            for (int second = first + 1; second < knobs.length; second++) {
                found.addAll(pair(knobs[first], knobs[second]));
            }
        }
        return found;
    }

    private List<Suspicion> pair(Knob first, Knob second) {
        List<Knob> both = List.of(first, second);
        List<Suspicion> found = new ArrayList<>();
        List<Setting> rough = new ArrayList<>();
        for (Setting one : known(first, claimed)) {
            for (Setting two : known(second, one)) {
                found.add(suspicion(both, Found.known(two, whole.of(two))));
            }
            for (Setting form : forms(second, one)) {
                rough.add(fitted(second, form, COARSE_GRID, COARSE_NEAR));
            }
        }
        found.addAll(best(both, List.of(second), rough));
        rough.clear();
        for (Setting two : known(second, claimed)) {
            for (Setting form : forms(first, two)) {
                rough.add(fitted(first, form, COARSE_GRID, COARSE_NEAR));
            }
        }
        found.addAll(best(both, List.of(first), rough));
        rough.clear();
        for (Setting one : forms(first, claimed)) {
            for (Setting two : forms(second, one)) {
                rough.add(fitted(first, second, two));
            }
        }
        found.addAll(best(both, both, rough));
        found.removeIf(suspicion -> {
            Setting other = Setting.of(suspicion.account());
            return same(first, other, claimed) || same(second, other, claimed);
        });
        return found;
    }

    private static boolean same(Knob knob, Setting one, Setting other) {
        return switch (knob) {
            case LOSS -> one.loss() == other.loss();
            case NESTEROV -> one.optimizer().nesterov() == other.optimizer().nesterov();
            default -> knob.value(one) == knob.value(other);
        };
    }

    private List<Suspicion> best(List<Knob> knobs, List<Knob> free, List<Setting> rough) {
        return rough.stream()
                .sorted(Comparator.comparingDouble(coarse::of))
                .limit(POLISHED)
                .map(setting -> suspicion(knobs, polished(free, setting)))
                .toList();
    }

    private Suspicion suspicion(List<Knob> knobs, Found fit) {
        List<String> names = new ArrayList<>(kinds);
        List<String> phrases = new ArrayList<>(words);
        for (Knob knob : knobs) {
            names.add(knob.kind());
            phrases.add(knob.words(claimed, fit.setting()));
        }
        return new Suspicion(
                names, phrases, fit.freedom(), fit.fitted(), fit.setting().of(account, claimed), fit.distance(), null);
    }

    /** Settings with the usual mistakes. */
    private List<Setting> known(Knob knob, Setting from) {
        List<Setting> known = new ArrayList<>();
        switch (knob) {
            case LOSS -> known.addAll(otherLosses(from));
            case NESTEROV -> {
                if (from.optimizer().momentum() > 0) {
                    known.add(from.withMomentum(
                            from.optimizer().momentum(), !from.optimizer().nesterov()));
                }
            }
            case MOMENTUM -> {
                for (Setting form : forms(knob, from)) {
                    for (double common : COMMON_MOMENTA) {
                        known.add(form.withMomentum(
                                precision.round(common), form.optimizer().nesterov()));
                    }
                }
                known.add(from.withMomentum(0, false));
            }
            case RATE -> known.addAll(otherRates(from));
            case DECAY -> {
                known.add(from.withDecay(0));
                for (double common : COMMON_DECAYS) {
                    known.add(from.withDecay(precision.round(common)));
                }
            }
            case STEPS -> knownSteps(from, known);
        }
        known.removeIf(setting -> setting.equals(from));
        return known;
    }

    /** Settings whose loss has another scale. */
    private List<Setting> otherLosses(Setting from) {
        int length = account.problem().targets().length();
        return Stream.of(Loss.values())
                .filter(loss -> loss.scale(length) != from.loss().scale(length))
                .map(from::with)
                .toList();
    }

    private List<Setting> otherRates(Setting from) {
        return DoubleStream.of(from.isLimit() ? new double[0] : RATE_SLIPS)
                .map(factor -> precision.round(from.optimizer().learningRate() * factor))
                .filter(rate -> rate > 0 && rate < Double.POSITIVE_INFINITY)
                .mapToObj(from::withRate)
                .toList();
    }

    private static void knownSteps(Setting from, List<Setting> known) {
        if (from.isLimit()) {
            return;
        }
        TreeSet<Long> slips = new TreeSet<>();
        long count = from.steps();
        for (int off = -2; off <= 2; off++) {
            slips.add(count + off);
        }
        slips.addAll(List.of(2 * count, 10 * count, count / 2, count / 10));
        for (long slip : slips) {
            if (slip >= 0 && slip <= Comparison.STEP_LIMIT) {
                known.add(from.with(new Horizon.Steps((int) slip)));
            }
        }
        known.add(from.with(new Horizon.Limit()));
    }

    /** Where fits of a number start: a momentum that was not claimed has two forms. */
    private List<Setting> forms(Knob knob, Setting from) {
        return switch (knob) {
            case LOSS, NESTEROV -> List.of();
            case RATE -> from.isLimit() || !(largestCurvature > 0) ? List.of() : List.of(from);
            case MOMENTUM ->
                from.isLimit()
                        ? List.of()
                        : from.optimizer().momentum() > 0
                                ? List.of(from)
                                : List.of(from.withMomentum(0.5, false), from.withMomentum(0.5, true));
            case DECAY -> largestCurvature > 0 ? List.of(from) : List.of();
            case STEPS -> List.of(from.isLimit() ? from.with(new Horizon.Steps(USUAL_STEPS)) : from);
        };
    }

    private double curvature(Setting setting) {
        double factor = setting.loss().scale(account.problem().targets().length())
                / account.problem().lossScale();
        return factor * largestCurvature;
    }

    private double[] range(Knob knob, Setting from) {
        return switch (knob) {
            case RATE -> {
                double end = Math.log(from.optimizer().stableProduct()
                        / (curvature(from) + from.optimizer().weightDecay()));
                double start = Math.min(end, Math.log(from.optimizer().learningRate())) - Math.log(1e4);
                yield new double[] {start, end};
            }
            case MOMENTUM -> new double[] {0, 7};
            case DECAY -> {
                double top = Math.log(Math.max(curvature(from), 1e-30));
                yield new double[] {top - Math.log(1e9), top};
            }
            default -> throw new IllegalStateException(knob + " has no range");
        };
    }

    /** The claim with the number that explains a few modes best. */
    private Setting fitted(Knob knob, Setting from, int grid, int near) {
        if (knob == Knob.STEPS) {
            return from.with(new Horizon.Steps(Minimum.ofWhole(
                    steps -> coarse.of(from.with(new Horizon.Steps(steps))), guess(from), most(from), near)));
        }
        double[] range = range(knob, from);
        return knob.moved(from, Minimum.of(x -> coarse.of(knob.moved(from, x)), range[0], range[1], grid, WIDTH));
    }

    private Setting fitted(Knob first, Knob second, Setting from) {
        if (first == Knob.STEPS) {
            int best = Minimum.ofWhole(
                    steps -> coarse.of(fitted(second, from.with(new Horizon.Steps(steps)), COARSE_GRID, COARSE_NEAR)),
                    guess(from),
                    most(from),
                    COARSE_NEAR);
            return fitted(second, from.with(new Horizon.Steps(best)), COARSE_GRID, COARSE_NEAR);
        }
        double[] range = range(first, from);
        double best = Minimum.of(
                x -> coarse.of(fitted(second, first.moved(from, x), COARSE_GRID, COARSE_NEAR)),
                range[0],
                range[1],
                COARSE_GRID / 2,
                Math.sqrt(WIDTH));
        return fitted(second, first.moved(from, best), COARSE_GRID, COARSE_NEAR);
    }

    private static int guess(Setting from) {
        return Math.max(0, from.steps());
    }

    private int most(Setting from) {
        return claimed.isLimit()
                ? Comparison.STEP_LIMIT
                : (int) Math.min(Comparison.STEP_LIMIT, Math.max(1000L, 100L * from.steps()));
    }

    /** The best numbers nearby by all modes, each with as few digits as will do. */
    private Found polished(List<Knob> knobs, Setting rough) {
        Setting best = rough;
        if (knobs.contains(Knob.STEPS) && rough.steps() >= 0) {
            for (int off = -2; off <= 2; off++) {
                Setting other = rough.with(new Horizon.Steps(Math.max(0, rough.steps() + off)));
                Setting refined = refined(knobs, other);
                best = whole.of(refined) < whole.of(best) ? refined : best;
            }
        } else {
            best = refined(knobs, rough);
        }
        int freedom = 0;
        Fit fitted = Fit.NOTHING;
        for (int at = 0; at < knobs.size(); at++) {
            Knob knob = knobs.get(at);
            Setting round = rounded(knob, knobs.subList(at + 1, knobs.size()), best);
            boolean chosen = knob == Knob.STEPS || !round.equals(best);
            freedom += chosen ? Suspicion.ROUND : Suspicion.ODD;
            fitted = fitted.and(chosen ? Fit.oneOf(choices(knob, best)) : new Fit(1, 0, 1));
            best = round;
        }
        Setting stored = best.rounded(precision);
        return new Found(stored, freedom, fitted, whole.of(stored));
    }

    /** Among how many whole numbers of steps, or round ones, a number was sought. */
    private double choices(Knob knob, Setting from) {
        if (knob == Knob.STEPS) {
            return most(claimed);
        }
        double[] range = range(knob, from);
        return ROUND_PER_DECADE * (range[1] - range[0]) / Math.log(10);
    }

    private Setting refined(List<Knob> knobs, Setting rough) {
        List<Knob> free = knobs.stream().filter(Knob::isContinuous).toList();
        if (free.isEmpty()) {
            return rough;
        }
        double[] start =
                free.stream().mapToDouble(knob -> knob.coordinate(rough)).toArray();
        return at(free, rough, Minimum.polished(x -> whole.residuals(at(free, rough, x)), start));
    }

    private static Setting at(List<Knob> knobs, Setting from, double[] coordinates) {
        Setting setting = from;
        for (int index = 0; index < coordinates.length; index++) {
            setting = knobs.get(index).moved(setting, coordinates[index]);
        }
        return setting;
    }

    /** With the fewest digits that fit, later numbers fitted again. */
    private Setting rounded(Knob knob, List<Knob> later, Setting best) {
        if (!knob.isContinuous()) {
            return best;
        }
        double value = knob.value(best);
        for (int digits = 1; digits <= ROUND_DIGITS && value > 0; digits++) {
            double round = Double.parseDouble(String.format(Locale.ROOT, "%." + (digits - 1) + "e", value));
            if (round > 0 && (knob != Knob.MOMENTUM || round < 1)) {
                Setting other = refined(later, knob.with(best, round));
                if (whole.of(other.rounded(precision))
                        <= Suspicion.ROUNDING_NOISE * whole.of(best.rounded(precision))) {
                    return other;
                }
            }
        }
        return best;
    }
}
