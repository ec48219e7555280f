package org.idem.laboratory.prediction;

import java.util.ArrayList;
import java.util.List;
import org.idem.array.Array;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.StudyAxes;
import org.idem.laboratory.plan.Task;
import org.idem.network.Architecture;
import org.idem.network.Initialization;
import org.idem.network.Stage;
import org.idem.theory.kernel.InfiniteKernel;
import org.idem.theory.kernel.InfiniteNetwork;
import org.idem.theory.kernel.Quaternary;

/**
 * How much the kernel of a network of n units changes in training, to first order and relative to itself, for each unit
 * of length by which all parameters together move.
 *
 * <p>Layer l contributes a share p_l to the kernel, so √p_l of the movement falls to it. Its weights have the deviation
 * s_l and carry a signal as √n·s_l does, so signals behind it, and gradients in front of it, change by √p_l/(s_l√n) of
 * themselves, and with them what the other layers contribute: Σ_m p_m Σ_{l≠m} √p_l/(s_l√n) in all. Source:
 * proofs/kernel.md, section 7.
 */
final class FeatureChange {
    /** A rate so small that a layer does not learn. */
    private static final double NONE = 1 / InfiniteNetwork.LARGEST_VARIANCE;

    private FeatureChange() {}

    /**
     * The relative change for a movement of 1.
     *
     * @param task of a network of two layers and more, of normal weights and an activation with a kernel
     * @return 0 where no layer learns
     */
    static double ofUnitMovement(Task task) {
        Initialization initial = Run.initialization(task.point());
        int units = task.point().get(task.point().convolutional() ? StudyAxes.CHANNELS : StudyAxes.WIDTH);
        double[] shares = shares(InfiniteNetwork.ofCommonRate(task.architecture(), task.network(), initial), task);
        List<Stage> stages = task.network().stages();
        double sum = 0;
        for (int layer = 0; layer < shares.length; layer++) {
            double signal =
                    Math.sqrt(units * initial.weightVariance(stages.get(layer).map()));
            sum += (1 - shares[layer]) * Math.sqrt(shares[layer]) / signal;
        }
        return sum;
    }

    /** p_l at an input of the mean square of the training inputs; in the middle of an image a pixel sees the same. */
    private static double[] shares(InfiniteNetwork network, Task task) {
        Architecture given = network.architecture();
        Architecture dense = Architecture.fcn(given.depth(), given.activation(), given.bias(), given.residual());
        double squares = 0;
        for (double value : task.inputs().values()) {
            squares += value * value;
        }
        Array input = Array.of(new double[] {Math.sqrt(squares / task.inputs().length())}, 1, 1);
        InfiniteKernel all = new InfiniteKernel(new InfiniteNetwork(dense, network.layers()), input, false);
        double[] shares = new double[given.depth()];
        for (int layer = 0; layer < shares.length; layer++) {
            InfiniteNetwork alone = new InfiniteNetwork(dense, onlyLearning(network.layers(), layer));
            InfiniteKernel kernel = new InfiniteKernel(alone, input, false);
            double part = new Quaternary(
                            kernel.tangent().get(0, 0) / all.tangent().get(0, 0),
                            kernel.tangentUnit() - all.tangentUnit())
                    .value();
            shares[layer] = part > 0 ? Math.min(1, part) : 0;
        }
        return shares;
    }

    private static List<InfiniteNetwork.Layer> onlyLearning(List<InfiniteNetwork.Layer> layers, int only) {
        List<InfiniteNetwork.Layer> others = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            InfiniteNetwork.Layer layer = layers.get(i);
            others.add(
                    i == only
                            ? layer
                            : new InfiniteNetwork.Layer(
                                    layer.weightVariance(),
                                    layer.biasVariance(),
                                    NONE,
                                    layer.biasRate() > 0 ? NONE : 0));
        }
        return others;
    }
}
