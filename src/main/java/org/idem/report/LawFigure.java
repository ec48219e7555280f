package org.idem.report;

import java.util.ArrayList;
import java.util.List;
import org.idem.theorem.Evidence;
import org.idem.verification.TheoremResult;

/** Where numbers lie within their claimed laws, against the uniform law that they then follow. */
final class LawFigure {
    private static final int MOST_POINTS = 400;
    private static final int BINS = 20;

    private LawFigure() {}

    /** Whether a trial located anything. */
    static boolean applies(List<TheoremResult> results) {
        return results.stream().anyMatch(result -> !places(result).isEmpty());
    }

    private static List<Double> places(TheoremResult result) {
        return result.entries().stream()
                .map(TheoremResult.Entry::evidence)
                .filter(Evidence.Placed.class::isInstance)
                .map(evidence -> ((Evidence.Placed) evidence).probability())
                .filter(Double::isFinite)
                .sorted()
                .toList();
    }

    static Figure of(List<TheoremResult> results) {
        List<String> theorems = new ArrayList<>();
        List<List<Object>> drawn = new ArrayList<>();
        List<List<Object>> rows = new ArrayList<>();
        List<Chart> charts = new ArrayList<>();
        for (TheoremResult result : results) {
            List<Double> places = places(result);
            int stride = Math.max(1, (places.size() + MOST_POINTS - 1) / MOST_POINTS);
            for (int i = 0; i < places.size(); i++) {
                List<Object> row = List.of(result.theorem().id(), (i + 0.5) / places.size(), places.get(i));
                rows.add(row);
                if (i % stride == 0) {
                    drawn.add(row);
                }
            }
            if (!places.isEmpty()) {
                theorems.add(result.theorem().id());
                charts.add(histogram(result.theorem().id(), places));
            }
        }
        List<String> columns = List.of("theorem", "expected", "placed");
        Chart chart = Chart.of(
                        "All probabilities in order",
                        "Probability plot for " + String.join(", ", theorems)
                                + ": places within the claimed law against uniform quantiles.",
                        "law.json",
                        new Table("", columns, drawn))
                .with("/layer/1/encoding/color/scale/domain", theorems)
                .with("/layer/1/encoding/shape/scale/domain", theorems);
        charts.add(chart);
        return new Figure(
                "law",
                "Claimed laws against measurement",
                "Each trial measures one number and asks the claimed law how probable a smaller one is. If the law is right, these probabilities (the probability integral transform) are uniform: every bar of a histogram is as high as the dashed line but for chance, and in order they follow the diagonal.",
                List.copyOf(charts),
                "Histograms in " + BINS
                        + " bins of equal width. Sorted probabilities of all trials against uniform quantiles, at most "
                        + MOST_POINTS + " marks for each theorem.",
                new Table("laws.csv", columns, rows));
    }

    /** Density of the places of one theorem; 1 everywhere if its law is right. */
    private static Chart histogram(String theorem, List<Double> places) {
        int[] counts = new int[BINS];
        for (double place : places) {
            counts[(int) Math.max(0, Math.min(BINS - 1, Math.floor(BINS * place)))]++;
        }
        List<List<Object>> bins = new ArrayList<>();
        for (int bin = 0; bin < BINS; bin++) {
            bins.add(List.of(
                    theorem, (double) bin / BINS, (bin + 1.0) / BINS, (double) BINS * counts[bin] / places.size()));
        }
        return Chart.of(
                theorem,
                "Histogram of the probability integral transform of " + Numbers.whole(places.size())
                        + " networks under the law claimed by " + theorem + ".",
                "pit.json",
                new Table("", List.of("theorem", "from", "to", "density"), bins));
    }
}
