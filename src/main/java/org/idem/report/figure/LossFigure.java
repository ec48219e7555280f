package org.idem.report.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.idem.theorem.exhibit.LossCurve;

/** Predicted and trained losses, step by step. */
public final class LossFigure {
    private static final int STEPS_BETWEEN_MARKS = 10;

    private LossFigure() {}

    /**
     * Losses against steps, one picture for each network.
     *
     * @param curves in the order of their legends
     * @return the figure
     */
    public static Figure of(List<LossCurve> curves) {
        Map<String, List<LossCurve>> networks = new LinkedHashMap<>();
        curves.forEach(curve -> networks.computeIfAbsent(curve.network(), name -> new ArrayList<>())
                .add(curve));
        List<Chart> charts = new ArrayList<>();
        networks.forEach((network, methods) -> charts.add(chart(network, methods)));
        List<List<Object>> rows = new ArrayList<>();
        double largest = 0;
        for (LossCurve curve : curves) {
            largest = Math.max(largest, curve.largestDifference());
            for (int step = 0; step < curve.predicted().size(); step++) {
                rows.add(List.of(
                        curve.network(),
                        curve.method(),
                        step,
                        curve.predicted().get(step),
                        curve.trained().get(step)));
            }
        }
        return new Figure(
                "loss",
                "Loss, predicted and trained",
                "Lines are predicted from data and initial weights, by one residual polynomial for each mode of the "
                        + "data; marks are losses of networks that were really trained.",
                charts,
                "Mean-squared error on the training data after each step; its axis is logarithmic. Learning rate "
                        + "1/λmax, momentum 0.9. Marks at every "
                        + STEPS_BETWEEN_MARKS
                        + "th step. Largest difference of predicted and trained losses anywhere, relative to the first loss: "
                        + Numbers.brief(largest)
                        + ".",
                new Table("loss-curves.csv", List.of("network", "method", "step", "predicted", "trained"), rows));
    }

    private static Chart chart(String network, List<LossCurve> methods) {
        List<List<Object>> points = new ArrayList<>();
        Axis axis = Axis.logarithmic(
                methods.stream()
                        .flatMap(curve -> Stream.concat(curve.predicted().stream(), curve.trained().stream()))
                        .mapToDouble(loss -> loss)
                        .toArray(),
                0);
        for (LossCurve curve : methods) {
            for (int step = 0; step < curve.predicted().size(); step++) {
                boolean marked = step % STEPS_BETWEEN_MARKS == 0;
                points.add(List.of(
                        curve.method(),
                        step,
                        axis.place(curve.predicted().get(step)),
                        marked ? axis.place(curve.trained().get(step)) : Double.NaN,
                        curve.predicted().get(step),
                        curve.trained().get(step)));
            }
        }
        return Chart.of(
                        network,
                        "Loss against steps for " + network + ": predicted as lines, trained as marks, for "
                                + methods.stream().map(LossCurve::method).collect(Collectors.joining(", ")) + "."
                                + InWords.sentence(
                                        methods.stream()
                                                .map(curve -> InWords.Line.numbered(
                                                        curve.method(), "step", curve.predicted()))
                                                .toList(),
                                        true)
                                + " Predicted and trained losses differ by at most "
                                + Numbers.brief(methods.stream()
                                        .mapToDouble(LossCurve::largestDifference)
                                        .max()
                                        .orElse(0))
                                + " of the first loss.",
                        "loss.json",
                        new Table("", List.of("method", "step", "line", "mark", "predicted", "trained"), points))
                .with("/layer/0/encoding/y", axis);
    }
}
