package org.idem.theory.deep;

import java.util.Arrays;
import org.idem.array.Array;
import org.idem.theory.arithmetic.Rounding;

/**
 * The mean squared distance of a circular CNN's outputs on all cyclic shifts of an image from one target, ‖y − ȳ‖² +
 * ‖f(x) − ȳ‖². Source: proofs/T6.no-memory.md.
 */
public final class NoMemory {
    private NoMemory() {}

    /**
     * The mean per channel, as an image.
     *
     * @param images (1, C, H, W)
     * @return fresh, the same shape
     */
    public static Array grey(Array images) {
        Array grey = Array.zeros(images.shape());
        int plane = images.size(2) * images.size(3);
        for (int channel = 0; channel < images.size(1); channel++) {
            double mean = Arrays.stream(images.values(), channel * plane, (channel + 1) * plane)
                    .average()
                    .orElseThrow();
            Arrays.fill(grey.values(), channel * plane, (channel + 1) * plane, mean);
        }
        return grey;
    }

    /**
     * Squared Euclidean distance.
     *
     * @param a any shape
     * @param b the same
     * @return sum over all entries
     */
    public static double distance(Array a, Array b) {
        double sum = 0;
        for (int i = 0; i < a.length(); i++) {
            double difference = a.values()[i] - b.values()[i];
            sum += difference * difference;
        }
        return sum;
    }

    /**
     * The prediction.
     *
     * @param output f(x), (1, C, H, W)
     * @param target y, the same shape
     * @return the mean over all cyclic shifts S of ‖f(Sx) − y‖²
     */
    public static double mean(Array output, Array target) {
        Array grey = grey(target);
        return distance(target, grey) + distance(output, grey);
    }

    /**
     * Bounds the distance of the prediction from the mean over outputs that an engine computes.
     *
     * @param output f(x) as the theory computes it
     * @param errors bounds on the engine's distance from it, in its shape; for shifted images the same, shifted
     * @param target y
     * @return at least 0
     */
    public static double budget(Array output, Array errors, Array target) {
        int plane = target.size(2) * target.size(3);
        double budget = 0;
        for (int i = 0; i < output.length(); i++) {
            int from = i / plane * plane;
            double error = errors.values()[i];
            double apart = 0;
            for (int j = from; j < from + plane; j++) {
                apart += Math.abs(output.values()[i] - target.values()[j]) / plane;
            }
            budget += error * (2 * apart + error);
        }
        double sizes = mean(output, target) + distance(output, Array.zeros(output.shape()));
        double all = sizes + distance(target, Array.zeros(target.shape())) + budget;
        int operations = Math.addExact(output.length(), plane) * 2 + 16;
        return budget * (1 + 0x1p-20) + 2 * Rounding.accumulated(operations) * all;
    }
}
