package org.idem.theorem.exhibit;

import java.util.List;

/**
 * A singular value of a deep linear network, step by step, as T4.path predicts it and as training in float64 has it.
 *
 * @param network what is trained, in a few words
 * @param series which singular value, in a few words
 * @param predicted before step 0, 1, …, T
 * @param trained the same, from real training
 */
public record StrengthCurve(String network, String series, List<Double> predicted, List<Double> trained) {
    /** Height and width of the images, in pixels; a network has as many inputs and outputs as they have pixels. */
    public static final int SIDE = 8;

    /** Units of every hidden layer. */
    public static final int UNITS = 32;

    /** Copies the lists and checks that they belong together. */
    public StrengthCurve {
        predicted = List.copyOf(predicted);
        trained = List.copyOf(trained);
        if (predicted.size() != trained.size()) {
            throw new IllegalArgumentException("each predicted singular value needs a trained one, got "
                    + predicted.size() + " and " + trained.size());
        }
    }

    /**
     * Largest difference between the two at any step.
     *
     * @return at least 0
     */
    public double largestDifference() {
        double largest = 0;
        for (int step = 0; step < predicted.size(); step++) {
            largest = Math.max(largest, Math.abs(predicted.get(step) - trained.get(step)));
        }
        return largest;
    }
}
