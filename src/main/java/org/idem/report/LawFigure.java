package org.idem.report;

import java.util.ArrayList;
import java.util.List;
import org.idem.theorem.Evidence;
import org.idem.verification.TheoremResult;

/** Where numbers lie within their claimed laws, against the uniform law that they then follow. */
final class LawFigure {
    private static final int MOST_POINTS = 400;

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
            }
        }
        List<String> columns = List.of("theorem", "expected", "placed");
        Chart chart = Chart.of(
                        "",
                        "Probability plot for " + String.join(", ", theorems)
                                + ": places within the claimed law against uniform quantiles.",
                        "law.json",
                        new Table("", columns, drawn))
                .with("/layer/1/encoding/color/scale/domain", theorems)
                .with("/layer/1/encoding/shape/scale/domain", theorems);
        return new Figure(
                "law",
                "Claimed laws against measurement",
                "Each trial measures one number and asks the claimed law how probable a smaller one is. If the law is right, these probabilities are uniform and follow the dashed line.",
                List.of(chart),
                "Sorted probabilities of all trials against uniform quantiles, at most " + MOST_POINTS
                        + " marks for each theorem.",
                new Table("laws.csv", columns, rows));
    }
}
