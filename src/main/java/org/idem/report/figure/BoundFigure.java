package org.idem.report.figure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.idem.report.figure.Measurement.Standing;
import org.idem.theorem.Evidence;
import org.idem.verification.TheoremResult;
import org.idem.wording.Count;

/** Measurements of all trials over their limits, on logarithmic axes. */
public final class BoundFigure {
    private static final int MOST_POINTS = 6000;
    /** Share of the trials that may lie beyond an end of an axis. */
    private static final double STRAY = 0.03;

    private BoundFigure() {}

    /**
     * What trials measured against what their theorems allow.
     *
     * @param results one per theorem
     * @return the figure
     */
    public static Figure of(List<TheoremResult> results) {
        List<Measurement> all = Measurement.of(results);
        List<Measurement> drawn = sampled(all);
        Axis limits = axis(all, Evidence.Measured::limit);
        Axis measured = axis(all, Evidence.Measured::measured);
        String verdict = verdict(results, all);
        Chart chart = chart(drawn, limits, measured, verdict)
                .with("/layer/1/encoding/color/scale/domain", Measurement.families(results))
                .with("/layer/1/encoding/shape/scale/domain", Measurement.families(results))
                .with("from", Math.max(limits.from(), measured.from()))
                .with("to", Math.min(limits.to(), measured.to()));
        if (limits.from() >= measured.to() || measured.from() >= limits.to()) {
            chart.without("equal");
        }
        for (Standing standing : Standing.values()) {
            if (standing != Standing.WITHIN && all.stream().noneMatch(one -> one.standing() == standing)) {
                chart.without(standing.words());
            }
        }
        return new Figure(
                "bound",
                "What theorems allow and what was measured",
                "Each mark is one trial that compares a number with a limit. The horizontal axis shows the limit, "
                        + "which is a bound or the budget of an equality; the vertical axis shows what really trained networks "
                        + "gave. Above the dashed line a limit is exceeded. Where the limit always holds, one such trial "
                        + "refutes its theorem; where it may fail with a stated probability, only too many of them do. A "
                        + "theorem whose marks all lie below the line may still be refuted by other evidence. "
                        + verdict,
                List.of(chart),
                "Both axes are logarithmic; on the dashed line measured = limit. " + beyond(limits, measured)
                        + shown(all, drawn.size())
                        + "Trials of laws, means and rates have no limit; they are judged together.",
                Trials.table(results));
    }

    /** An axis that reaches all trials that refute their theorem, and most of the others. */
    private static Axis axis(List<Measurement> all, ToDoubleFunction<Evidence.Measured> number) {
        double[] refuting = all.stream()
                .filter(one -> one.standing() == Standing.REFUTES)
                .flatMap(one -> Stream.of(one.evidence().limit(), one.evidence().measured()))
                .mapToDouble(shown -> shown)
                .filter(shown -> shown > 0 && Double.isFinite(shown))
                .toArray();
        return Axis.logarithmic(
                all.stream()
                        .mapToDouble(one -> number.applyAsDouble(one.evidence()))
                        .toArray(),
                STRAY,
                refuting);
    }

    private static Chart chart(List<Measurement> drawn, Axis limits, Axis measured, String verdict) {
        List<List<Object>> points = new ArrayList<>();
        for (Measurement one : drawn) {
            points.add(List.of(
                    one.theorem(),
                    one.family(),
                    one.trial(),
                    limits.place(one.evidence().limit()),
                    measured.place(one.evidence().measured()),
                    one.evidence().limit(),
                    one.evidence().measured(),
                    one.standing().words()));
        }
        return Chart.of(
                        "",
                        "Scatter plot of " + Count.of(drawn.size(), "trial")
                                + ", limit across and measurement up, both logarithmic. " + verdict,
                        "bound.json",
                        new Table(
                                "",
                                List.of("theorem", "family", "trial", "x", "y", "limit", "measured", "standing"),
                                points))
                .with("/layer/1/encoding/x", limits)
                .with("/layer/1/encoding/y", measured);
    }

    /** Says how many trials the picture shows, and how many of them lie on the label 0. */
    private static String shown(List<Measurement> all, int drawn) {
        long zero = all.stream().filter(one -> one.evidence().measured() == 0).count();
        return Count.of(zero, "trial") + " measured a discrepancy of exactly 0. "
                + (drawn < all.size()
                        ? "Shown are " + Numbers.whole(drawn) + " of " + Numbers.whole(all.size())
                                + " such trials: every one that exceeds its limit and evenly many of the others. "
                        : Count.word(
                                all.size(),
                                "The only such trial is shown. ",
                                "All " + Numbers.whole(all.size()) + " such trials are shown. "));
    }

    /** Explains the labels at the ends, if there are any. */
    private static String beyond(Axis limits, Axis measured) {
        String labels = Stream.of(limits.below(), measured.below(), limits.above(), measured.above())
                .filter(label -> !label.isEmpty())
                .distinct()
                .collect(Collectors.joining(", "));
        return labels.isEmpty()
                ? ""
                : "At the ends labelled " + labels
                        + " lie trials that the axis cannot hold; there only a filled mark says that a limit is exceeded. ";
    }

    /** Names the theorems that trials refute by themselves, and those that other evidence refutes. */
    private static String verdict(List<TheoremResult> results, List<Measurement> all) {
        Map<String, Integer> refuting = new LinkedHashMap<>();
        all.stream()
                .filter(one -> one.standing() == Standing.REFUTES)
                .forEach(one -> refuting.merge(one.theorem(), 1, Integer::sum));
        String elsewhere = results.stream()
                .filter(result -> result.verdict().isRefutation())
                .map(result -> result.theorem().id())
                .filter(id -> !refuting.containsKey(id))
                .collect(Collectors.joining(", "));
        long unlucky =
                all.stream().filter(one -> one.standing() == Standing.UNLUCKY).count();
        return (refuting.isEmpty()
                        ? "In this run no trial exceeds a limit that always holds."
                        : "Red and filled: trials that refute their theorem by themselves ("
                                + refuting.entrySet().stream()
                                        .map(one -> one.getKey() + ": " + Numbers.whole(one.getValue()))
                                        .collect(Collectors.joining(", "))
                                + ").")
                + (elsewhere.isEmpty()
                        ? ""
                        : " Refuted by other evidence, trials red and hollow if they have a limit: " + elsewhere + ".")
                + (unlucky == 0
                        ? ""
                        : " " + Count.of(unlucky, "trial") + Count.word(unlucky, " exceeds", " exceed")
                                + " a bound that may fail with a stated probability (black).");
    }

    /** Every trial that exceeds its limit and, at even distances, as many others as the picture holds. */
    private static List<Measurement> sampled(List<Measurement> all) {
        List<Measurement> sample = new ArrayList<>();
        double share = Math.min(1, MOST_POINTS / (double) Math.max(1, all.size()));
        for (int i = 0; i < all.size(); i++) {
            boolean next = Math.floor((i + 1) * share) > Math.floor(i * share);
            if (next || !all.get(i).evidence().holds()) {
                sample.add(all.get(i));
            }
        }
        // ordered by number of the trial, so that the marks of no family hide those of another
        sample.sort(Comparator.comparingInt(Measurement::trial));
        return sample;
    }
}
