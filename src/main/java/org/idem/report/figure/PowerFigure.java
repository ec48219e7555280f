package org.idem.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.idem.verification.Power;
import org.idem.verification.PowerResult;
import org.idem.wording.Count;

/** With which probability a run notices relative errors of a prediction. */
public final class PowerFigure {
    private static final List<String> COLUMNS = List.of("theorem", "family", "error", "probability");
    /** A curve is drawn for errors at most so many times smaller and larger than the one where it rises. */
    private static final double AROUND = 10;

    private PowerFigure() {}

    /**
     * The curves of detection near the errors where they rise; no picture if none rises.
     *
     * @param results one per theorem
     * @return the figure, with all errors that were tried in its table
     */
    public static Figure of(List<PowerResult> results) {
        List<List<Object>> all = new ArrayList<>();
        List<List<Object>> shown = new ArrayList<>();
        for (PowerResult result : results) {
            all.addAll(points(result, point -> true));
            shown.addAll(points(result, nearRise(result)));
        }
        boolean flat = shown.stream().map(row -> row.get(2)).distinct().count() < 2;
        return new Figure(
                "detection",
                "How small an error is noticed",
                "The further left a curve rises, the smaller the errors that a run notices. Equalities are compared "
                        + "up to rounding, laws and means by many networks together; a wrong bound is noticed only if the "
                        + "right one is tight.",
                flat ? List.of() : List.of(chart(results, shown)),
                "Horizontal axis: the relative error by which predictions were made wrong (values, means and scales "
                        + "of laws too large, bounds too low). Vertical axis: a lower 95 % confidence limit of the probability "
                        + "that one run notices it. Marks are the errors that a search tried near the rise of a curve; it "
                        + "looks for the smallest error that is noticed with probability "
                        + Power.WANTED + " (dashed line). Lines join the marks.",
                new Table("detection.csv", COLUMNS, all));
    }

    private static Predicate<PowerResult.Point> nearRise(PowerResult result) {
        double noticed = result.smallestNoticed().orElse(1);
        double unnoticed = result.curve().stream()
                .mapToDouble(PowerResult.Point::error)
                .filter(error -> error < noticed)
                .max()
                .orElse(noticed);
        return point -> point.error() >= unnoticed / AROUND && point.error() <= noticed * AROUND;
    }

    private static List<List<Object>> points(PowerResult result, Predicate<PowerResult.Point> wanted) {
        String id = result.theorem().id();
        return result.curve().stream()
                .filter(wanted)
                .map(point -> List.<Object>of(id, Measurement.family(id), point.error(), point.probability()))
                .toList();
    }

    /** The range of the smallest errors that are noticed, and how many theorems have none. */
    private static String smallest(List<PowerResult> results) {
        List<InWords.At> noticed = new ArrayList<>();
        for (PowerResult result : results) {
            result.smallestNoticed()
                    .ifPresent(
                            error -> noticed.add(new InWords.At(result.theorem().id(), error)));
        }
        int none = results.size() - noticed.size();
        return (noticed.isEmpty()
                        ? ""
                        : " The smallest error that is noticed with probability " + Power.WANTED + " "
                                + InWords.does(new InWords.Line("", noticed), false) + ".")
                + (none == 0
                        ? ""
                        : " " + Count.part(none, results.size(), "theorem", "has", "have")
                                + " no error that is noticed so often.");
    }

    private static Chart chart(List<PowerResult> results, List<List<Object>> points) {
        double[] errors =
                points.stream().mapToDouble(row -> (Double) row.get(2)).toArray();
        List<String> families = results.stream()
                .map(result -> Measurement.family(result.theorem().id()))
                .distinct()
                .toList();
        return Chart.of(
                        "",
                        "Probability with which a run notices a relative error of a prediction, for each theorem."
                                + smallest(results),
                        "power.json",
                        new Table("", COLUMNS, points))
                .with("wanted", Power.WANTED)
                .with("/layer/0/encoding/x", Axis.logarithmic(errors, 0))
                .with("/layer/0/encoding/color/scale/domain", families)
                .with("/layer/1/encoding/shape/scale/domain", families);
    }
}
