package org.idem.laboratory.prediction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.idem.array.Array;
import org.idem.laboratory.measure.Likeness;
import org.idem.laboratory.plan.Batches;
import org.idem.laboratory.plan.Task;
import org.idem.laboratory.result.Measures;
import org.idem.laboratory.result.TheoryRow;
import org.idem.theory.BoundedOutputs;

/**
 * T1 and T2 along the path: where as many steps as were taken carry this run's own initial weights. Ranges follow from
 * the rounding budget of each output (proofs/rounding.md) as {@link OutputRanges} says.
 */
final class OneLayerPath {
    private OneLayerPath() {}

    static Predicted of(Task task, OneLayer layer, int steps) {
        List<Array> inputs = Stream.concat(task.tests().stream().map(Task.Test::input), Stream.of(task.inputs()))
                .toList();
        List<BoundedOutputs> outputs = outputs(layer, steps, inputs);
        Array constant = task.constant();
        List<List<Range>> images = new ArrayList<>();
        for (int i = 0; i < task.tests().size(); i++) {
            BoundedOutputs output = outputs.get(i);
            images.add(OutputRanges.of(
                    output.values(), stray(output), task.tests().get(i).target(), constant));
        }
        List<TheoryRow> rows = new ArrayList<>();
        rows.add(trainingError(task, layer, outputs.get(images.size())).row(layer.theorem(), "train_error"));
        for (int i = 0; i < Measures.COLUMNS.size(); i++) {
            int column = i;
            Range mean = Range.average(
                    images.stream().map(measures -> measures.get(column)).toList());
            rows.add(mean.row(layer.theorem(), Measures.COLUMNS.get(i)));
        }
        return new Predicted(
                rows.stream().filter(row -> Double.isFinite(row.mean())).toList(), brightness(task, outputs));
    }

    /** Where there is one training image, of which outputs of fully connected networks hold more or less. */
    private static Map<String, Array> brightness(Task task, List<BoundedOutputs> outputs) {
        double[] target = task.targets().values();
        boolean one = task.inputs().size(0) == 1 && !task.point().convolutional();
        if (!one || Likeness.norm(target) == 0) {
            return Map.of();
        }
        double[][] ranges = new double[task.tests().size()][];
        Arrays.setAll(ranges, i -> TrainedBrightness.range(outputs.get(i), target));
        return Map.of(TrainedBrightness.NAME, TrainedBrightness.array(ranges));
    }

    /** Outputs on batches of inputs, those of one shape worked out together. */
    private static List<BoundedOutputs> outputs(OneLayer layer, int steps, List<Array> inputs) {
        return new Batches(inputs, inputs.size())
                .map(
                        together -> layer.afterSteps(steps, together.rounded(layer.precision())),
                        (all, from, to) -> new BoundedOutputs(
                                all.values().slices(from, to), all.budget().slices(from, to)));
    }

    private static double stray(BoundedOutputs outputs) {
        return Likeness.norm(outputs.budget().values());
    }

    /**
     * The training error is a loss, summed in the precision of the training, and may compare with targets rounded to
     * it.
     */
    private static Range trainingError(Task task, OneLayer layer, BoundedOutputs outputs) {
        Array targets = task.targets();
        double[] rounding = targets.values().clone();
        for (int i = 0; i < rounding.length; i++) {
            rounding[i] -= layer.problem().targets().values()[i];
        }
        Range square = OutputRanges.meanSquare(outputs.values(), stray(outputs) + Likeness.norm(rounding), targets);
        double sums = (4.0 * targets.length() + 64) * layer.precision().unitRoundoff();
        double unit = task.unit();
        return new Range(
                square.mean() / unit, square.low() / unit * Math.max(0, 1 - sums), square.high() / unit * (1 + sums));
    }
}
