package org.idem.theory.kernel;

import org.idem.network.Activation;
import org.idem.network.Architecture;
import org.idem.network.Padding;

/**
 * A network whose hidden layers are infinitely wide, in the tangent-kernel parametrisation: h = σ_w/√fan-in · ω z + σ_b
 * β with all ω and β drawn from N(0, 1) and trained at one learning rate.
 *
 * @param architecture without widths; its {@code bias} must say whether σ_b is positive
 * @param weightVariance σ_w², from 1e-100 to 1e100
 * @param biasVariance σ_b², 0 or from 1e-100 to 1e100
 */
public record InfiniteNetwork(Architecture architecture, double weightVariance, double biasVariance) {
    /**
     * Factors of variance lie between this number's inverse and itself, so that their products with signals do not
     * overflow.
     */
    public static final double LARGEST_VARIANCE = 1e100;

    /** Refuses what has no kernel in closed form, with the reason. */
    public InfiniteNetwork {
        String reason = reasonAgainst(architecture.activation());
        if (!reason.isEmpty()) {
            throw new IllegalArgumentException(reason);
        }
        if (architecture.padding() == Padding.VALID) {
            throw new IllegalArgumentException(
                    "the kernel of an image-to-image network needs padding same or circular, got valid");
        }
        if (!isVariance(weightVariance)) {
            throw new IllegalArgumentException("the variance of weights must lie between " + 1 / LARGEST_VARIANCE
                    + " and " + LARGEST_VARIANCE + ", got " + weightVariance);
        }
        if (biasVariance != 0 && !isVariance(biasVariance)) {
            throw new IllegalArgumentException("the variance of biases must be 0 or lie between " + 1 / LARGEST_VARIANCE
                    + " and " + LARGEST_VARIANCE + ", got " + biasVariance);
        }
        if (architecture.bias() != biasVariance > 0) {
            throw new IllegalArgumentException(
                    "a network must have biases if and only if their variance is positive, got " + biasVariance);
        }
    }

    private static boolean isVariance(double value) {
        return value >= 1 / LARGEST_VARIANCE && value <= LARGEST_VARIANCE;
    }

    /**
     * Why an activation has no kernel here.
     *
     * @param activation of the hidden layers
     * @return a sentence, empty for linear, relu, leaky-relu and erf
     */
    public static String reasonAgainst(Activation activation) {
        return switch (activation) {
            case LINEAR, RELU, LEAKY_RELU, ERF -> "";
            case TANH, SIGMOID, SOFTPLUS ->
                "the kernel of infinite width is known in closed form for linear, relu, leaky-relu and erf, got "
                        + activation;
        };
    }

    /**
     * The usual σ_w²: 2 for ReLU, 1 else.
     *
     * @param activation of the hidden layers
     * @return variance of weights times fan-in
     */
    public static double usualWeightVariance(Activation activation) {
        return activation == Activation.RELU ? 2 : 1;
    }

    /** Whether the stage after whose map the signal is at this layer adds its input; never the first, nor the last. */
    boolean addsInput(int layer) {
        return architecture.residual() && layer > 1;
    }

    /** σ_b in the scale of signals; 0 without biases, however deep the scale is. */
    double biasDeviation(long scale) {
        return biasVariance == 0 ? 0 : Math.sqrt(biasVariance) * Scale.power(-scale);
    }

    /** σ_b² in the scales of two signals. */
    double bias(long scaleX, long scaleZ) {
        return biasVariance == 0 ? 0 : biasVariance * Scale.power(-scaleX) * Scale.power(-scaleZ);
    }
}
