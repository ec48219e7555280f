package org.idem.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.idem.wording.Count;

/** How far each output of a network is from what was predicted, relative to its budget. */
public final class OutputsFigure {
    /** Least number of outputs for a picture; a table shows fewer better. */
    private static final int FEWEST_MARKS = 4;

    private OutputsFigure() {}

    /**
     * Of any number of outputs; without a picture if they are few.
     *
     * @param ratios largest deviation over budget of each output
     * @return the figure
     */
    public static Figure of(double[] ratios) {
        Axis axis = Axis.logarithmic(ratios, 0, 1);
        List<List<Object>> rows = new ArrayList<>();
        List<List<Object>> drawn = new ArrayList<>();
        for (int output = 0; output < ratios.length; output++) {
            rows.add(List.of(output, ratios[output]));
            drawn.add(List.of(output, axis.place(ratios[output]), ratios[output]));
        }
        long disagreeing =
                DoubleStream.of(ratios).filter(ratio -> !(ratio <= 1)).count();
        Chart chart = Chart.of(
                        "Output by output",
                        "Largest deviation over budget for each of "
                                + Count.of(ratios.length, "output") + ", on a logarithmic axis; " + disagreeing
                                + Count.word(disagreeing, " exceeds 1.", " exceed 1.")
                                + " The largest is "
                                + Numbers.brief(DoubleStream.of(ratios).max().orElse(0)) + ".",
                        "check.json",
                        new Table("", List.of("output", "y", "ratio"), drawn))
                .with("/layer/0/encoding/x", Axis.numbered(0, ratios.length - 1))
                .with("/layer/0/encoding/y", axis);
        return new Figure(
                "outputs",
                "Which outputs disagree",
                "For each output unit or channel, counted from 0: the largest deviation of a parameter from its "
                        + "prediction, over the budget for rounding.",
                ratios.length < FEWEST_MARKS ? List.of() : List.of(chart),
                "On the dashed line deviation = budget. " + disagreeing + " of "
                        + Count.of(ratios.length, "output") + Count.word(disagreeing, " disagrees", " disagree")
                        + " with the theorem under the given settings.",
                new Table("outputs.csv", List.of("output", "largest_over_budget"), rows));
    }
}
