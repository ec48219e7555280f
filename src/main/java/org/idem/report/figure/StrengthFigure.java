package org.idem.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.idem.theorem.exhibit.StrengthCurve;

/** Singular values of deep linear networks in training, predicted and trained. */
public final class StrengthFigure {
    private static final int STEPS_BETWEEN_MARKS = 15;

    private StrengthFigure() {}

    /**
     * Singular values against steps, one picture for each kind of network.
     *
     * @param curves in the order of their legends
     * @return the figure
     */
    public static Figure of(List<StrengthCurve> curves) {
        List<Chart> charts = curves.stream()
                .map(StrengthCurve::network)
                .distinct()
                .map(network -> chart(
                        network,
                        curves.stream()
                                .filter(curve -> curve.network().equals(network))
                                .toList()))
                .toList();
        List<List<Object>> rows = new ArrayList<>();
        double largest = 0;
        for (StrengthCurve curve : curves) {
            largest = Math.max(largest, curve.largestDifference());
            for (int step = 0; step < curve.predicted().size(); step++) {
                rows.add(List.of(
                        curve.network(),
                        curve.series(),
                        step,
                        curve.predicted().get(step),
                        curve.trained().get(step)));
            }
        }
        return new Figure(
                "strengths",
                "Singular values of deep linear networks, predicted and trained",
                "Where the layers of a deep linear network pass on the one training image along one direction each, "
                        + "training changes one number of each layer, its singular value there (T4.path). Lines follow from "
                        + "a recursion of these numbers alone; marks are measured on networks that were really trained. A "
                        + "deep network rests and then rises, the more steeply the more layers it has. Of one network's "
                        + "layers the weak ones move most.",
                charts,
                "The singular value of a layer is the factor by which it stretches the signal of the training image; that "
                        + "of a network is their product, 1 once the image is returned. Gradient descent on the identity "
                        + "task. Marks at every " + STEPS_BETWEEN_MARKS
                        + "th step. Largest difference of predicted and trained values at any step: "
                        + Numbers.brief(largest) + ".",
                new Table("singular-values.csv", List.of("network", "series", "step", "predicted", "trained"), rows));
    }

    private static Chart chart(String network, List<StrengthCurve> curves) {
        Axis axis = Axis.linear(
                curves.stream()
                        .flatMap(curve -> Stream.concat(curve.predicted().stream(), curve.trained().stream()))
                        .mapToDouble(value -> value)
                        .toArray(),
                0);
        List<List<Object>> points = new ArrayList<>();
        for (StrengthCurve curve : curves) {
            for (int step = 0; step < curve.predicted().size(); step++) {
                boolean marked = step % STEPS_BETWEEN_MARKS == 0;
                points.add(List.of(
                        curve.series(),
                        step,
                        axis.place(curve.predicted().get(step)),
                        marked ? axis.place(curve.trained().get(step)) : Double.NaN,
                        curve.predicted().get(step),
                        curve.trained().get(step)));
            }
        }
        List<String> series = curves.stream().map(StrengthCurve::series).toList();
        return Chart.of(
                        network,
                        "Singular values against steps, " + network + ": predicted as lines, trained as marks, for "
                                + series.stream().collect(Collectors.joining(", ")) + ".",
                        "strength.json",
                        new Table("", List.of("series", "step", "line", "mark", "predicted", "trained"), points))
                .with("/encoding/color/scale/domain", series)
                .with("/layer/1/encoding/shape/scale/domain", series)
                .with("/layer/0/encoding/y", axis);
    }
}
