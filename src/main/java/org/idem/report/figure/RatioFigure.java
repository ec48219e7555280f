package org.idem.report.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.idem.verification.TheoremResult;

/** How much of its limit each trial used, as a histogram on a logarithmic axis. */
public final class RatioFigure {
    /** Share of the trials whose ratios may lie beyond an end of the axis. */
    private static final double STRAY = 0.03;

    private static final int FEWEST_BINS = 16;
    private static final int MOST_BINS_PER_DECADE = 64;

    private RatioFigure() {}

    /**
     * How much of their limits the trials used.
     *
     * @param results one per theorem
     * @return the figure
     */
    public static Figure of(List<TheoremResult> results) {
        List<Measurement> all = Measurement.of(results);
        Axis axis = Axis.logarithmic(
                all.stream().mapToDouble(one -> one.evidence().ratio()).toArray(), STRAY, 1);
        int perDecade = 1;
        while (perDecade < MOST_BINS_PER_DECADE && (axis.most() - axis.least()) * perDecade < FEWEST_BINS) {
            perDecade *= 2;
        }
        int first = (int) Math.floor(axis.least() * perDecade);
        int last = (int) Math.ceil(axis.most() * perDecade) - 1;
        Map<String, TreeMap<Integer, Integer>> counts = new LinkedHashMap<>();
        Measurement.families(results).forEach(family -> counts.put(family, new TreeMap<>()));
        for (Measurement one : all) {
            double ratio = axis.place(one.evidence().ratio());
            // bins contain their upper edge, so that a ratio of 1 is drawn as within the limit
            int bin = ratio == axis.lower() && !axis.below().isEmpty()
                    ? first - 1
                    : ratio == axis.upper() && !axis.above().isEmpty()
                            ? last + 1
                            : (int) Math.max(first, Math.min(last, Math.ceil(Math.log10(ratio) * perDecade) - 1));
            counts.getOrDefault(one.family(), new TreeMap<>()).merge(bin, 1, Integer::sum);
        }
        List<List<Object>> bars = new ArrayList<>();
        List<List<Object>> rows = new ArrayList<>();
        Map<Integer, Integer> heights = new TreeMap<>();
        double half = Math.pow(10, 0.4 / perDecade);
        double left = Math.min(axis.lower() / (axis.below().isEmpty() ? 1 : half), edge(first, perDecade));
        double right = Math.max(axis.upper() * (axis.above().isEmpty() ? 1 : half), edge(last + 1, perDecade));
        for (Map.Entry<String, TreeMap<Integer, Integer>> family : counts.entrySet()) {
            for (Map.Entry<Integer, Integer> bin : family.getValue().entrySet()) {
                int from = heights.getOrDefault(bin.getKey(), 0);
                heights.put(bin.getKey(), from + bin.getValue());
                boolean below = bin.getKey() < first;
                boolean above = bin.getKey() > last;
                double lower = edge(bin.getKey(), perDecade);
                double upper = edge(bin.getKey() + 1, perDecade);
                rows.add(List.of(
                        family.getKey(), below ? 0 : lower, above ? Double.POSITIVE_INFINITY : upper, bin.getValue()));
                bars.add(List.of(
                        family.getKey(),
                        below ? axis.lower() / half : above ? axis.upper() / half : lower,
                        below ? axis.lower() * half : above ? axis.upper() * half : upper,
                        from,
                        from + bin.getValue(),
                        bin.getValue()));
            }
        }
        long exceeding = all.stream().filter(one -> !one.evidence().holds()).count();
        long zero = all.stream().filter(one -> one.evidence().ratio() == 0).count();
        Chart chart = Chart.of(
                        "",
                        "Histogram of measured over limit on a logarithmic axis, by theorem family. "
                                + Numbers.whole(exceeding) + " trials exceed 1.",
                        "ratio.json",
                        new Table("", List.of("family", "left", "right", "from", "to", "trials"), bars))
                .with("/layer/0/encoding/x", axis, left, right)
                .with(
                        "/layer/0/encoding/y",
                        Axis.counts(heights.values().stream()
                                .mapToInt(height -> height)
                                .max()
                                .orElse(0)))
                .with("/layer/0/encoding/color/scale/domain", List.copyOf(counts.keySet()));
        return new Figure(
                "ratio",
                "How tight the limits are",
                "Measured over limit, for every trial that compares a number with a limit. A limit is tight if the "
                        + "ratio is near 1; right of the dashed line it is exceeded. Budgets hold for the worst roundings, so "
                        + "most trials use a small part of theirs.",
                List.of(chart),
                bins(perDecade) + " On the dashed line measured = limit. "
                        + apart(axis, zero)
                        + Numbers.whole(exceeding)
                        + (exceeding == 1 ? " trial exceeds its limit." : " trials exceed their limit."),
                new Table("ratios.csv", List.of("family", "above", "up_to", "trials"), rows));
    }

    /** What bars beyond the ends of the axis hold. */
    private static String apart(Axis axis, long zero) {
        String below = axis.below().isEmpty()
                ? ""
                : axis.below().equals("0")
                        ? "The bar labelled 0 stands apart: its trials measured exactly 0. "
                        : "The bar labelled " + axis.below() + " stands apart: it holds all smaller ratios, "
                                + Numbers.whole(zero) + " of them exactly 0. ";
        String above = axis.above().isEmpty()
                ? ""
                : "The bar labelled " + axis.above() + " stands apart: it holds all larger ratios. ";
        return below + above;
    }

    private static double edge(int bin, int perDecade) {
        return Math.pow(10, bin / (double) perDecade);
    }

    private static String bins(int perDecade) {
        return perDecade == 1 ? "One bar for each power of ten." : perDecade + " bars for each power of ten.";
    }
}
