package org.idem.theory.initialisation;

/**
 * One fully connected layer at initialisation: h = Wz + b, then max(0, h) if it is rectified.
 *
 * @param units entries of h, at least 1
 * @param weightVariance variance σ² of every weight, positive and finite
 * @param biasVariance variance σ_b² of every bias, at least 0 and finite; 0 for none
 * @param rectified whether ReLU follows
 */
public record RandomLayer(int units, double weightVariance, double biasVariance, boolean rectified) {
    /** Checks the numbers; a NaN fails each rule. */
    public RandomLayer {
        if (units < 1) {
            throw new IllegalArgumentException("a layer needs at least one unit, got " + units);
        }
        if (!(weightVariance > 0 && weightVariance < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "the variance of weights must be positive and finite, got " + weightVariance);
        }
        if (!(biasVariance >= 0 && biasVariance < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "the variance of biases must be at least 0 and finite, got " + biasVariance);
        }
    }

    /**
     * The share of E h² that units pass on.
     *
     * @return ½ for ReLU, 1 without
     */
    double passed() {
        return rectified ? 0.5 : 1;
    }
}
