package org.idem.theory;

import org.idem.network.Activation;

/** Values and largest slopes of activations; slopes are what an activation can enlarge an error or a gradient by. */
final class Slope {
    private Slope() {}

    /** φ(z). */
    static double value(Activation activation, double z) {
        return switch (activation) {
            case IDENTITY -> z;
            case RELU -> z > 0 ? z : 0;
            case LEAKY_RELU -> z > 0 ? z : 0.01 * z;
            case TANH -> Math.tanh(z);
            case SIGMOID -> z > 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
            case SOFTPLUS -> z > 0 ? z + Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z));
        };
    }

    /** sup |φ'|. */
    static double largest(Activation activation) {
        return activation == Activation.SIGMOID ? 0.25 : 1;
    }

    /**
     * Relative error of φ computed in double precision: a handful of operations, each correct to an ulp, on terms of
     * one sign.
     */
    static double rounding(Activation activation) {
        return activation == Activation.IDENTITY || activation == Activation.RELU ? 0 : 8 * Rounding.UNIT;
    }
}
