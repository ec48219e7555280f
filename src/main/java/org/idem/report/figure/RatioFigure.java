package org.idem.report.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.idem.verification.TheoremResult;
import org.idem.wording.Count;

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
        Bins bins = Bins.of(all);
        Map<String, Map<Integer, Integer>> counts = new LinkedHashMap<>();
        Measurement.families(results).forEach(family -> counts.put(family, new TreeMap<>()));
        for (Measurement one : all) {
            counts.getOrDefault(one.family(), new TreeMap<>())
                    .merge(bins.holding(one.evidence().ratio()), 1, Integer::sum);
        }
        List<List<Object>> rows = new ArrayList<>();
        counts.forEach((family, ofFamily) ->
                ofFamily.forEach((bin, trials) -> rows.add(List.of(family, bins.above(bin), bins.upTo(bin), trials))));
        long exceeding = all.stream().filter(one -> !one.evidence().holds()).count();
        long zero = all.stream().filter(one -> one.evidence().ratio() == 0).count();
        return new Figure(
                "ratio",
                "How tight the limits are",
                "Measured over limit, for every trial that compares a number with a limit. A limit is tight if the "
                        + "ratio is near 1; right of the dashed line it is exceeded. Budgets hold for the worst roundings, so "
                        + "most trials use a small part of theirs.",
                List.of(chart(bins, counts, exceeding)),
                bins.words() + " On the dashed line measured = limit. "
                        + apart(bins.axis(), zero)
                        + Count.of(exceeding, "trial")
                        + Count.word(exceeding, " exceeds its limit.", " exceed their limit."),
                new Table("ratios.csv", List.of("family", "above", "up_to", "trials"), rows));
    }

    /** Bars of the families stand on each other, in the order of the map. */
    private static Chart chart(Bins bins, Map<String, Map<Integer, Integer>> counts, long exceeding) {
        List<List<Object>> bars = new ArrayList<>();
        Map<Integer, Integer> heights = new TreeMap<>();
        counts.forEach((family, ofFamily) -> ofFamily.forEach((bin, trials) -> {
            int from = heights.getOrDefault(bin, 0);
            heights.put(bin, from + trials);
            bars.add(List.of(family, bins.left(bin), bins.right(bin), from, from + trials, trials));
        }));
        int highest = heights.values().stream().mapToInt(height -> height).max().orElse(0);
        return Chart.of(
                        "",
                        "Histogram of measured over limit on a logarithmic axis, by theorem family. "
                                + Count.of(exceeding, "trial") + Count.word(exceeding, " exceeds 1.", " exceed 1."),
                        "ratio.json",
                        new Table("", List.of("family", "left", "right", "from", "to", "trials"), bars))
                .with("/layer/0/encoding/x", bins.axis(), bins.leftmost(), bins.rightmost())
                .with("/layer/0/encoding/y", Axis.counts(highest))
                .with("/layer/0/encoding/color/scale/domain", List.copyOf(counts.keySet()));
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

    /**
     * The bars' places, numbered from left to right.
     *
     * @param axis of the ratios
     * @param perDecade bars for each power of ten
     * @param first number of the leftmost bar on the axis; the one before stands for what lies below the axis
     * @param last number of the rightmost bar on the axis; the one after stands for what lies above the axis
     */
    private record Bins(Axis axis, int perDecade, int first, int last) {
        static Bins of(List<Measurement> all) {
            Axis axis = Axis.logarithmic(
                    all.stream().mapToDouble(one -> one.evidence().ratio()).toArray(), STRAY, 1);
            int perDecade = 1;
            while (perDecade < MOST_BINS_PER_DECADE && (axis.most() - axis.least()) * perDecade < FEWEST_BINS) {
                perDecade *= 2;
            }
            return new Bins(
                    axis,
                    perDecade,
                    (int) Math.floor(axis.least() * perDecade),
                    (int) Math.ceil(axis.most() * perDecade) - 1);
        }

        /** The bar of a ratio. Bars contain their upper edge, so that a ratio of 1 is drawn as within the limit. */
        int holding(double ratio) {
            double place = axis.place(ratio);
            if (place == axis.lower() && !axis.below().isEmpty()) {
                return first - 1;
            }
            if (place == axis.upper() && !axis.above().isEmpty()) {
                return last + 1;
            }
            return (int) Math.max(first, Math.min(last, Math.ceil(Math.log10(place) * perDecade) - 1));
        }

        /** What the ratios of a bar exceed. */
        double above(int bin) {
            return bin < first ? 0 : edge(bin);
        }

        /** What they do not exceed. */
        double upTo(int bin) {
            return bin > last ? Double.POSITIVE_INFINITY : edge(bin + 1);
        }

        /** Where a bar is drawn from; those beyond the axis stand around its ends. */
        double left(int bin) {
            return bin < first ? axis.lower() / half() : bin > last ? axis.upper() / half() : edge(bin);
        }

        double right(int bin) {
            return bin < first ? axis.lower() * half() : bin > last ? axis.upper() * half() : edge(bin + 1);
        }

        double leftmost() {
            return Math.min(axis.lower() / (axis.below().isEmpty() ? 1 : half()), edge(first));
        }

        double rightmost() {
            return Math.max(axis.upper() * (axis.above().isEmpty() ? 1 : half()), edge(last + 1));
        }

        /** Half the width of a bar that stands apart, as a ratio. */
        private double half() {
            return Math.pow(10, 0.4 / perDecade);
        }

        private double edge(int bin) {
            return Math.pow(10, bin / (double) perDecade);
        }

        String words() {
            return perDecade == 1 ? "One bar for each power of ten." : perDecade + " bars for each power of ten.";
        }
    }
}
