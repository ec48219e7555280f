package org.idem.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.idem.verification.TheoremResult;

/** How much of its limit each trial used, as a histogram. */
final class RatioFigure {
    private static final int BINS_PER_DECADE = 4;
    /** Smaller ratios share one bin. */
    private static final int LEAST_EXPONENT = -8;

    private RatioFigure() {}

    static Figure of(List<TheoremResult> results) {
        Map<String, TreeMap<Integer, Integer>> counts = new LinkedHashMap<>();
        Measurement.families(results).forEach(family -> counts.put(family, new TreeMap<>()));
        long above = 0;
        for (Measurement one : Measurement.of(results)) {
            double ratio = one.evidence().ratio();
            above += ratio <= 1 ? 0 : 1;
            counts.getOrDefault(one.family(), new TreeMap<>()).merge(bin(ratio), 1, Integer::sum);
        }
        List<List<Object>> bins = new ArrayList<>();
        List<List<Object>> rows = new ArrayList<>();
        counts.forEach((family, histogram) -> histogram.forEach((bin, trials) -> {
            bins.add(List.of(family, bin / (double) BINS_PER_DECADE, (bin + 1) / (double) BINS_PER_DECADE, trials));
            rows.add(List.of(family, edge(bin), edge(bin + 1), trials));
        }));
        Table picture = new Table("", List.of("family", "lower", "upper", "trials"), bins);
        Chart chart = Chart.of(
                        "",
                        "Histogram of measured over limit on a logarithmic axis, by theorem family. "
                                + Numbers.whole(above) + " trials exceed 1.",
                        "ratio.json",
                        picture)
                .with("/layer/0/encoding/color/scale/domain", List.copyOf(counts.keySet()));
        return new Figure(
                "ratio",
                "How tight the limits are",
                "Measured over limit. A limit says much where the bars stand close to 1 and would be broken right of it; "
                        + "budgets for rounding are worst cases and mostly stand further left.",
                List.of(chart),
                "Four bins for each power of ten. The leftmost bin holds ratios below 10⁻⁸, exact zeros among them; dashed: measured = limit.",
                new Table("ratios.csv", List.of("family", "from", "below", "trials"), rows));
    }

    private static int bin(double ratio) {
        int least = BINS_PER_DECADE * LEAST_EXPONENT - 1;
        if (!(ratio < Double.POSITIVE_INFINITY)) {
            return BINS_PER_DECADE;
        }
        double exponent = BINS_PER_DECADE * Math.log10(ratio);
        // bins contain their upper edge, so that a ratio of 1 is seen to hold
        return (int) Math.max(least, Math.min(BINS_PER_DECADE, Math.ceil(exponent) - 1));
    }

    private static double edge(int bin) {
        if (bin < BINS_PER_DECADE * LEAST_EXPONENT) {
            return 0;
        }
        return bin > BINS_PER_DECADE ? Double.POSITIVE_INFINITY : Math.pow(10, bin / (double) BINS_PER_DECADE);
    }
}
