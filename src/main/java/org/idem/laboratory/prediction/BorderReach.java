package org.idem.laboratory.prediction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.idem.array.Array;
import org.idem.array.SquaredErrors;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.Task;
import org.idem.laboratory.result.TheoryRow;
import org.idem.network.Network;
import org.idem.network.Padding;
import org.idem.theory.deep.BlankImage;
import org.idem.theory.deep.Painting;

/**
 * T3 for convolutional networks of any depth, with any weights and activations, trained by any rule: what the border of
 * an image can do. Rows hold in exact arithmetic; rounding of the forward pass is not in them.
 *
 * <ul>
 *   <li>T3.receptive-field: with zeros outside, the border is seen at most L(K − 1)/2 pixels deep, in any layer.
 *   <li>T3.least-depth, and T3.blank-image without a border: on test images that are constant in each channel the
 *       network paints the training target no better than by its means over pixels that see the same of the borders.
 *       Other images count as 0 in the least mean over images.
 * </ul>
 */
final class BorderReach implements Prediction {
    @Override
    public Predicted of(Run run, int steps) {
        Task task = run.task();
        if (!task.point().convolutional()) {
            return Predicted.NOTHING;
        }
        Network network = task.network();
        Padding padding = task.architecture().padding();
        int reach = BlankImage.radius(network);
        List<TheoryRow> rows = new ArrayList<>();
        if (padding == Padding.SAME) {
            rows.add(new TheoryRow("T3.receptive-field", "border_distance", Double.NaN, 0, reach));
        }
        double least = leastConstantError(task, padding, reach);
        if (least > 0) {
            String theorem = padding == Padding.SAME ? "T3.least-depth" : "T3.blank-image";
            rows.add(new TheoryRow(theorem, "constant_mse", Double.NaN, least, Double.NaN));
        }
        return new Predicted(rows, Map.of());
    }

    private static double leastConstantError(Task task, Padding padding, int reach) {
        Array constant = task.constant();
        Painting.Classes alike = padding == Padding.SAME ? Painting.seeing(reach) : (row, column, height, width) -> 0;
        int fitting = 0;
        int blank = 0;
        for (Task.Test test : task.tests()) {
            if (Arrays.equals(test.target().shape(), constant.shape())) {
                fitting++;
                blank += isBlank(test.input()) ? 1 : 0;
            }
        }
        return blank == 0 ? 0 : SquaredErrors.mean(constant, Painting.best(constant, alike)) * blank / fitting;
    }

    /** Whether an image (1, C, H, W) is constant in each channel. */
    private static boolean isBlank(Array image) {
        double[] pixels = image.values();
        int plane = pixels.length / image.size(1);
        for (int i = 0; i < pixels.length; i++) {
            if (pixels[i] != pixels[i / plane * plane]) {
                return false;
            }
        }
        return true;
    }
}
