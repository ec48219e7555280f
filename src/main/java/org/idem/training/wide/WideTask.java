package org.idem.training.wide;

import org.idem.array.Array;
import org.idem.network.Activation;
import org.idem.network.Loss;
import org.idem.network.Padding;

/**
 * What networks of two layers are trained on, and where they are looked at.
 *
 * @param activation of the hidden layer: linear, ReLU, leaky ReLU or erf
 * @param weightDeviation σ_w, positive
 * @param biasDeviation σ_b, 0 without biases
 * @param kernel K, odd; 1 of a fully connected network
 * @param padding of images: same or circular
 * @param train (N, d), or images (N, C, H, W)
 * @param targets of one output: (N, 1) or (N, 1, H, W)
 * @param probes further inputs of the same shape
 * @param loss normalisation
 */
public record WideTask(
        Activation activation,
        double weightDeviation,
        double biasDeviation,
        int kernel,
        Padding padding,
        Array train,
        Array targets,
        Array probes,
        Loss loss) {
    /** Checks activation, shapes and numbers. */
    public WideTask {
        Rectifier.of(activation);
        if (!(weightDeviation > 0) || !(biasDeviation >= 0)) {
            throw new IllegalArgumentException(
                    "the deviation of weights must be positive and that of biases at least 0," + " got "
                            + weightDeviation + " and " + biasDeviation);
        }
        if (padding == Padding.VALID) {
            throw new IllegalArgumentException("networks from image to image need padding same or circular, got valid");
        }
        if (train.rank() != 4 && kernel != 1) {
            throw new IllegalArgumentException("a kernel needs images, got inputs of rank " + train.rank());
        }
        if (targets.length() != train.length() / train.size(1)) {
            throw new IllegalArgumentException(
                    "one output needs as many targets as there are inputs, or pixels of them, got " + targets.length());
        }
    }

    double lossScale() {
        return loss.scale(targets.length());
    }

    double target(int site) {
        return targets.values()[site];
    }
}
