package org.idem.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.idem.theorem.Evidence;
import org.idem.verification.TheoremResult;
import org.idem.wording.Count;

/**
 * The probabilities that claimed laws assign to measured numbers, compared with the uniform law that they follow if the
 * claims are true.
 */
public final class LawFigure {
    private static final int MOST_POINTS = 400;
    /** Numbers of bars, each for at least so many trials. */
    private static final int[] BARS = {20, 10, 5};

    private static final int TRIALS_FOR_A_BAR = 10;

    private LawFigure() {}

    /**
     * Whether any trial has a probability in a claimed law.
     *
     * @param results one per theorem
     * @return whether there is something to draw
     */
    public static boolean applies(List<TheoremResult> results) {
        return results.stream().anyMatch(result -> !places(result).isEmpty());
    }

    /** The probabilities, ascending. Numbers outside [0, 1] cannot be drawn; they refute a law by themselves. */
    private static List<Double> places(TheoremResult result) {
        return probabilities(result).stream()
                .filter(place -> place >= 0 && place <= 1)
                .sorted()
                .toList();
    }

    private static List<Double> probabilities(TheoremResult result) {
        return result.entries().stream()
                .map(TheoremResult.Entry::evidence)
                .filter(Evidence.Placed.class::isInstance)
                .map(evidence -> ((Evidence.Placed) evidence).probability())
                .toList();
    }

    /**
     * Where measured numbers lie in the laws that theorems claim for them.
     *
     * @param results one per theorem
     * @return the figure
     */
    public static Figure of(List<TheoremResult> results) {
        List<List<Object>> rows = new ArrayList<>();
        List<Chart> charts = new ArrayList<>();
        int missing = 0;
        for (TheoremResult result : results) {
            List<Double> places = places(result);
            missing += probabilities(result).size() - places.size();
            String id = result.theorem().id();
            List<List<Object>> ordered = new ArrayList<>();
            for (int i = 0; i < places.size(); i++) {
                ordered.add(List.of(id, (i + 0.5) / places.size(), places.get(i)));
            }
            rows.addAll(ordered);
            if (!places.isEmpty()) {
                charts.add(histogram(id, places));
                charts.add(inOrder(id, ordered));
            }
        }
        return new Figure(
                "law",
                "Claimed laws against measurement",
                "Each trial measures one number and asks the claimed law how probable a smaller one is. If the law "
                        + "is right, these probabilities are uniform: every bar is as high as the dashed line but for chance, "
                        + "and in order the marks follow the diagonal.",
                List.copyOf(charts),
                "Histograms: the probabilities of one theorem, in bars of the mean height 1. Below or beside each, the "
                        + "same in order against quantiles of the uniform law, at most "
                        + MOST_POINTS + " marks."
                        + (missing == 0
                                ? ""
                                : " Not drawn: " + Count.of(missing, "trial")
                                        + " in which the law gave no probability."),
                new Table("laws.csv", List.of("theorem", "uniform_quantile", "claimed_probability"), rows));
    }

    /** Density of the places of one theorem; 1 everywhere if its law is right. */
    private static Chart histogram(String theorem, List<Double> places) {
        int bars = BARS[BARS.length - 1];
        for (int more : BARS) {
            if (places.size() >= more * TRIALS_FOR_A_BAR) {
                bars = more;
                break;
            }
        }
        int[] counts = new int[bars];
        for (double place : places) {
            counts[Math.min(bars - 1, (int) (bars * place))]++;
        }
        List<List<Object>> bins = new ArrayList<>();
        for (int bin = 0; bin < bars; bin++) {
            bins.add(List.of(
                    (double) bin / bars, (bin + 1.0) / bars, (double) bars * counts[bin] / places.size(), counts[bin]));
        }
        return Chart.of(
                theorem,
                "Histogram of the claimed probabilities of " + Count.of(places.size(), "trial") + " of " + theorem
                        + ", with a line at 1, the height that they have under the claimed law. The bars lie between "
                        + Numbers.brief(
                                bars * (double) IntStream.of(counts).min().orElse(0) / places.size())
                        + " and "
                        + Numbers.brief(
                                bars * (double) IntStream.of(counts).max().orElse(0) / places.size())
                        + ".",
                "pit.json",
                new Table("", List.of("from", "to", "density", "trials"), bins));
    }

    private static Chart inOrder(String theorem, List<List<Object>> ordered) {
        int stride = Math.max(1, (ordered.size() + MOST_POINTS - 1) / MOST_POINTS);
        List<List<Object>> drawn = new ArrayList<>();
        for (int i = 0; i < ordered.size(); i += stride) {
            drawn.add(ordered.get(i));
        }
        return Chart.of(
                theorem + ", in order",
                "Claimed probabilities of the trials of " + theorem
                        + " in order against quantiles of the uniform law, with the diagonal. The farthest from it lies "
                        + Numbers.brief(ordered.stream()
                                .mapToDouble(row -> Math.abs((Double) row.get(2) - (Double) row.get(1)))
                                .max()
                                .orElse(0))
                        + " away.",
                "law.json",
                new Table("", List.of("theorem", "expected", "placed"), drawn));
    }
}
