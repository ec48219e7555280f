package org.idem.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.idem.theorem.Claim;
import org.idem.theorem.Evidence;
import org.idem.theorem.Rate;
import org.idem.verification.TheoremResult;
import org.idem.verification.Verdict;
import org.idem.wording.Count;

/** By how much the rates at which discrepancies vanish differ from those that theorems claim. */
public final class RateFigure {
    /** Share of the trials that may lie beyond an end of the axis. */
    private static final double STRAY = 0.05;

    private RateFigure() {}

    /**
     * Whether any theorem claims a limit.
     *
     * @param results one per theorem
     * @return whether there is something to draw
     */
    public static boolean applies(List<TheoremResult> results) {
        return results.stream().anyMatch(result -> !seen(result).isEmpty());
    }

    private static List<Evidence.Shrunk> seen(TheoremResult result) {
        return result.entries().stream()
                .map(TheoremResult.Entry::evidence)
                .filter(Evidence.Shrunk.class::isInstance)
                .map(Evidence.Shrunk.class::cast)
                .toList();
    }

    /** NaN counts as not shrunk at all. */
    private static double difference(Evidence.Shrunk shrunk) {
        double difference = shrunk.seen() - shrunk.rate().exponent();
        return Double.isNaN(difference) ? Double.NEGATIVE_INFINITY : difference;
    }

    /**
     * The rates of all trials.
     *
     * @param results one per theorem
     * @return the figure
     */
    public static Figure of(List<TheoremResult> results) {
        List<TheoremResult> limits =
                results.stream().filter(result -> !seen(result).isEmpty()).toList();
        List<List<Object>> rows = new ArrayList<>();
        long missed = 0;
        for (TheoremResult result : limits) {
            for (Evidence.Shrunk shrunk : seen(result)) {
                rows.add(List.of(result.theorem().id(), shrunk.rate().exponent(), shrunk.seen(), difference(shrunk)));
                missed += shrunk.holds() ? 0 : 1;
            }
        }
        String refuted = limits.stream()
                .filter(result -> result.verdict() instanceof Verdict.LimitRefuted)
                .map(result -> result.theorem().id())
                .collect(Collectors.joining(", "));
        Axis axis = Axis.linear(
                rows.stream().mapToDouble(row -> (Double) row.get(3)).toArray(), STRAY, -Rate.SLACK, Rate.SLACK);
        return new Figure(
                "rates",
                "Claimed limits: how fast discrepancies vanish",
                "Each trial measures a discrepancy at a number ε and at ε/4, which gives the power of ε that explains both. "
                        + "Between the dotted lines it agrees with the claimed one. A theorem is refuted if too large a share of "
                        + "its trials lies outside, or left of them where discrepancies may vanish faster. This is a statement "
                        + "about the numbers tried and no proof of the limits. "
                        + (refuted.isEmpty() ? "None is refuted." : "Refuted: " + refuted + "."),
                List.of(chart(limits, axis, rows.size(), missed)),
                "Of several rates that a theorem claims, each trial shows the one that it misses furthest: a mark for "
                        + "each trial, a bar for the median. " + Numbers.whole(missed) + " of "
                        + Count.of(rows.size(), "trial") + Count.word(missed, " misses", " miss")
                        + " a rate by more than a quarter; less than "
                        + Numbers.brief(100 * Claim.Limit.CONFIRMED_BELOW) + " % of the configurations may."
                        + (axis.below().isEmpty() && axis.above().isEmpty()
                                ? ""
                                : " At the ends with a label of their own lie trials beyond the axis."),
                new Table("rates.csv", List.of("theorem", "claimed_rate", "seen_rate", "difference"), rows));
    }

    private static Chart chart(List<TheoremResult> limits, Axis axis, int trials, long missed) {
        List<List<Object>> marks = new ArrayList<>();
        for (TheoremResult result : limits) {
            String id = result.theorem().id();
            List<Double> differences =
                    seen(result).stream().map(RateFigure::difference).sorted().toList();
            differences.forEach(one -> marks.add(List.of(id, "trial", axis.place(one), one)));
            double median = differences.get(differences.size() / 2);
            marks.add(List.of(id, "median", axis.place(median), median));
        }
        return Chart.of(
                        "Rates of limits",
                        "Strip plot of " + Count.of(trials, "trial") + " of " + Count.of(limits.size(), "theorem")
                                + ": by how much the rate at which a discrepancy vanishes differs from the claimed one; "
                                + Numbers.whole(missed) + Count.word(missed, " misses", " miss")
                                + " it by more than a quarter. The median of a theorem "
                                + InWords.does(
                                        new InWords.Line(
                                                "",
                                                marks.stream()
                                                        .filter(mark ->
                                                                mark.get(1).equals("median"))
                                                        .map(mark -> new InWords.At(
                                                                mark.get(0).toString(), (Double) mark.get(3)))
                                                        .toList()),
                                        false)
                                + ".",
                        "rate.json",
                        new Table("", List.of("theorem", "kind", "place", "difference"), marks))
                .with("slower", -Rate.SLACK)
                .with("faster", Rate.SLACK)
                .with("/encoding/x", axis)
                .with(
                        "/encoding/y/scale/domain",
                        limits.stream().map(result -> result.theorem().id()).toList());
    }
}
