package org.idem.laboratory.prediction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.idem.array.Array;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.Task;
import org.idem.laboratory.result.TheoryRow;
import org.idem.network.Activation;
import org.idem.network.Network;
import org.idem.network.Padding;
import org.idem.theory.deep.NoMemory;

/**
 * T6: what no training changes, of networks of any depth, weights and rule. Rows hold in exact arithmetic; they are
 * about measures that no column of runs.csv has.
 *
 * <ul>
 *   <li>T6.no-memory, circular padding: the mean squared distance from the training target, over all cyclic shifts of
 *       any image, is at least that of the target from its mean per channel.
 *   <li>T6.homogeneous, no biases, linear, ReLU or leaky ReLU: the output on a test image of zeros is 0; images.csv
 *       shows it.
 * </ul>
 */
final class Symmetries implements Prediction {
    private static final Set<Activation> HOMOGENEOUS =
            EnumSet.of(Activation.LINEAR, Activation.RELU, Activation.LEAKY_RELU);

    @Override
    public Predicted of(Run run, int steps) {
        Task task = run.task();
        List<TheoryRow> rows = new ArrayList<>();
        if (task.point().convolutional() && task.architecture().padding() == Padding.CIRCULAR) {
            Array target = task.constant();
            double least = NoMemory.distance(target, NoMemory.grey(target)) / target.length();
            if (least > 0) {
                rows.add(new TheoryRow("T6.no-memory", "shifts_constant_mse", Double.NaN, least, Double.NaN));
            }
        }
        if (isHomogeneous(task.network()) && task.tests().stream().anyMatch(test -> isZero(test.input()))) {
            rows.add(new TheoryRow("T6.homogeneous", "blank_output_norm", 0, 0, 0));
        }
        return new Predicted(rows, Map.of());
    }

    private static boolean isHomogeneous(Network network) {
        return network.stages().stream()
                .allMatch(stage ->
                        HOMOGENEOUS.contains(stage.activation()) && !stage.map().bias());
    }

    private static boolean isZero(Array image) {
        return Arrays.stream(image.values()).allMatch(pixel -> pixel == 0);
    }
}
