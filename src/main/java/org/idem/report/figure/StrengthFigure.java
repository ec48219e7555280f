package org.idem.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.idem.theorem.exhibit.StrengthCurve;

/** Singular values of deep linear networks in training, predicted and trained. */
public final class StrengthFigure {
    private static final int STEPS_BETWEEN_MARKS = 15;
    private static final String SIZES = ", on images of " + StrengthCurve.SIDE + " × " + StrengthCurve.SIDE
            + " pixels; every hidden layer has " + StrengthCurve.UNITS + " units. ";

    private StrengthFigure() {}

    /**
     * Singular values against steps, one picture for each kind of network.
     *
     * @param curves in the order of their legends
     * @return the figure
     */
    public static Figure of(List<StrengthCurve> curves) {
        return new Figure(
                "strengths",
                "Singular values of deep linear networks, predicted and trained",
                "Where the layers of a deep linear network pass on the one training image along one direction each, "
                        + "training changes one number of each layer, its singular value there (T4.path). Lines follow from "
                        + "a recursion of these numbers alone; marks are measured on networks that were really trained. A "
                        + "deep network rests and then rises, the more steeply the more layers it has. Of one network's "
                        + "layers the weak ones move most.",
                charts(curves),
                "The singular value of a layer is the factor by which it stretches the signal of the training image; that "
                        + "of a network is their product, 1 once the image is returned. Gradient descent on the identity "
                        + "task" + SIZES + "Marks at every " + STEPS_BETWEEN_MARKS
                        + "th step. Largest difference of predicted and trained values at any step: "
                        + largestDifference(curves) + ".",
                table("singular-values.csv", curves));
    }

    /**
     * Modes of several images, and gradient flow, each a picture.
     *
     * @param curves in the order of their legends
     * @return the figure
     */
    public static Figure ofModes(List<StrengthCurve> curves) {
        return new Figure(
                "modes",
                "Modes of several images, and gradient flow, predicted and trained",
                "Several images are learnt mode by mode (T4.modes): each eigenvector of their second moments has singular "
                        + "values of its own, which follow a recursion that knows this mode's eigenvalue alone. Modes of "
                        + "large eigenvalues rise first; what no image shows stays as it was. In ever shorter steps a "
                        + "network that learns one image nears gradient flow, whose law is known in closed form at every "
                        + "depth (T4.flow).",
                charts(curves),
                "Lines are predicted, marks trained" + SIZES + "Marks at every " + STEPS_BETWEEN_MARKS
                        + "th step. Eigenvalues in units of the largest. Of gradient flow, a step of the axis lasts "
                        + "0.02/(c‖x̂‖²), and gradient descent makes four steps of it; its distance from the flow falls "
                        + "like their length. Largest difference of predicted and trained values: "
                        + curves.stream()
                                .map(StrengthCurve::network)
                                .distinct()
                                .map(network -> network + ", " + largestDifference(of(network, curves)))
                                .collect(Collectors.joining("; "))
                        + ".",
                table("singular-values-by-mode.csv", curves));
    }

    private static List<StrengthCurve> of(String network, List<StrengthCurve> curves) {
        return curves.stream().filter(curve -> curve.network().equals(network)).toList();
    }

    private static List<Chart> charts(List<StrengthCurve> curves) {
        return curves.stream()
                .map(StrengthCurve::network)
                .distinct()
                .map(network -> chart(network, of(network, curves)))
                .toList();
    }

    private static String largestDifference(List<StrengthCurve> curves) {
        return Numbers.brief(curves.stream()
                .mapToDouble(StrengthCurve::largestDifference)
                .max()
                .orElse(0));
    }

    private static Table table(String file, List<StrengthCurve> curves) {
        List<List<Object>> rows = new ArrayList<>();
        for (StrengthCurve curve : curves) {
            for (int step = 0; step < curve.predicted().size(); step++) {
                rows.add(List.of(
                        curve.network(),
                        curve.series(),
                        step,
                        curve.predicted().get(step),
                        curve.trained().get(step)));
            }
        }
        return new Table(file, List.of("network", "series", "step", "predicted", "trained"), rows);
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
                                + series.stream().collect(Collectors.joining(", ")) + "."
                                + InWords.sentence(
                                        curves.stream()
                                                .map(curve -> InWords.Line.numbered(
                                                        curve.series(), "step", curve.predicted()))
                                                .toList(),
                                        true)
                                + " Predicted and trained values differ by at most " + largestDifference(curves) + ".",
                        "strength.json",
                        new Table("", List.of("series", "step", "line", "mark", "predicted", "trained"), points))
                .with("/encoding/color/scale/domain", series)
                .with("/layer/1/encoding/shape/scale/domain", series)
                .with("/layer/0/encoding/y", axis);
    }
}
