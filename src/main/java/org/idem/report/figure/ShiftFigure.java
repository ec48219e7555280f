package org.idem.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.idem.theorem.exhibit.ShiftCurve;

/** Answers of trained CNNs to all cyclic shifts of an image, beside the bound of T6.no-memory. */
public final class ShiftFigure {
    private ShiftFigure() {}

    /**
     * Distances against steps, one picture for each task.
     *
     * @param curves in the order of their legends
     * @return the figure
     */
    public static Figure of(List<ShiftCurve> curves) {
        List<List<Object>> rows = new ArrayList<>();
        double least = Double.POSITIVE_INFINITY;
        double largest = 0;
        for (ShiftCurve curve : curves) {
            for (ShiftCurve.Row row : curve.rows()) {
                rows.add(List.of(
                        curve.memorises() ? "constant" : "identity",
                        curve.network(),
                        row.step(),
                        row.predicted(),
                        row.measured()));
                if (!Double.isNaN(row.predicted())) {
                    least = Math.min(least, row.measured());
                    largest = Math.max(largest, Math.abs(row.measured() - row.predicted()));
                }
            }
        }
        List<Chart> charts = Stream.of(false, true)
                .filter(task -> curves.stream().anyMatch(curve -> curve.memorises() == task))
                .map(task -> chart(
                        task,
                        curves.stream()
                                .filter(curve -> curve.memorises() == task)
                                .toList()))
                .toList();
        return new Figure(
                "shifts",
                "What circular CNNs cannot memorise",
                "Over all cyclic shifts of an image, the answers of a CNN with circular padding lie on average at least "
                        + "as far from a target as the target lies from its own grey (T6.no-memory), whatever the depth and "
                        + "the training. A network that learns to return its image moves away from this bound; one that is "
                        + "asked for the same answer to every shift can only come near it, by a grey answer. Zeros around the "
                        + "image break the symmetry, and with it the bound.",
                charts,
                "Mean over all shifts S of ‖f(Sx) − y‖², y = x, in units of the bound ‖y − ȳ‖² (dashed). Lines: predicted from the "
                        + "answer to x alone; marks: measured on all shifts. CNNs with kernel 3×3, ReLU and biases, trained by Adam; "
                        + "the theorem does not speak of the one with zero padding. Least distance of a circular network: "
                        + String.format(Locale.ROOT, "%.6f", least)
                        + ". Largest difference of predicted and measured distances: " + Numbers.brief(largest) + ".",
                new Table("shifts.csv", List.of("task", "network", "step", "predicted", "measured"), rows));
    }

    private static Chart chart(boolean memorises, List<ShiftCurve> curves) {
        Axis axis = Axis.linear(
                curves.stream()
                        .flatMap(curve -> curve.rows().stream())
                        .flatMap(row -> Stream.of(row.predicted(), row.measured()))
                        .filter(value -> !value.isNaN())
                        .mapToDouble(value -> value)
                        .toArray(),
                0,
                1);
        List<List<Object>> points = new ArrayList<>();
        for (ShiftCurve curve : curves) {
            for (ShiftCurve.Row row : curve.rows()) {
                points.add(List.of(
                        curve.network(),
                        row.step(),
                        Double.isNaN(row.predicted()) ? row.predicted() : axis.place(row.predicted()),
                        axis.place(row.measured()),
                        row.predicted(),
                        row.measured()));
            }
        }
        List<String> series = curves.stream().map(ShiftCurve::network).toList();
        return Chart.of(
                        memorises ? "Trained to answer all shifts alike" : "Trained to return one image",
                        "Mean squared distance of the answers to all shifts from the image against steps, predicted as lines, "
                                + "measured as marks, with the bound as a dashed line, for "
                                + series.stream().collect(Collectors.joining("; ")) + "."
                                + InWords.sentence(
                                        curves.stream()
                                                .map(curve -> new InWords.Line(
                                                        curve.network(),
                                                        curve.rows().stream()
                                                                .map(row -> new InWords.At(
                                                                        "step " + row.step(), row.measured()))
                                                                .toList()))
                                                .toList(),
                                        true),
                        "shift.json",
                        new Table("", List.of("series", "step", "line", "mark", "predicted", "measured"), points))
                .with("/encoding/color/scale/domain", series)
                .with("/layer/1/encoding/shape/scale/domain", series)
                .with("/layer/0/encoding/y", axis);
    }
}
