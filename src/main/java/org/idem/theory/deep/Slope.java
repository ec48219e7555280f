package org.idem.theory.deep;

import org.apache.commons.numbers.gamma.Erf;
import org.idem.network.Activation;
import org.idem.theory.arithmetic.Rounding;

/** Values and largest slopes of activations; slopes are what an activation can enlarge an error or a gradient by. */
final class Slope {
    private Slope() {}

    /** φ(z). */
    static double value(Activation activation, double z) {
        return switch (activation) {
            case LINEAR -> z;
            case RELU -> z > 0 ? z : 0;
            case LEAKY_RELU -> z > 0 ? z : 0.01 * z;
            case TANH -> Math.tanh(z);
            case SIGMOID -> z > 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
            case SOFTPLUS -> z > 0 ? z + Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z));
            case ERF -> Erf.value(z);
        };
    }

    /** sup |φ'| over [z − error, z + error]; rounded up by the way it is computed. */
    static double largest(Activation activation, double z, double error) {
        double nearest = Math.max(0, Math.abs(z) - error);
        double above = 1 + 16 * Rounding.UNIT;
        return switch (activation) {
            case LINEAR -> 1;
            case RELU -> z + error > 0 ? 1 : 0;
            case LEAKY_RELU -> z + error > 0 ? 1 : 0.01 * above;
            case TANH -> Math.min(1, 1 / Math.pow(Math.cosh(nearest), 2) * above);
            case SIGMOID -> Math.min(0.25, 0.25 / Math.pow(Math.cosh(nearest / 2), 2) * above);
            case SOFTPLUS -> Math.min(1, value(Activation.SIGMOID, z + error) * above);
            // the square is rounded before it is an exponent
            case ERF ->
                Math.min(1, Math.exp(-nearest * nearest) * (above + 2 * nearest * nearest * Rounding.UNIT))
                        * largest(Activation.ERF);
        };
    }

    /** sup |φ'|. */
    static double largest(Activation activation) {
        return switch (activation) {
            case SIGMOID -> 0.25;
            case ERF -> 2 / Math.sqrt(Math.PI) * (1 + 4 * Rounding.UNIT);
            default -> 1;
        };
    }

    /**
     * Relative error of φ computed in double precision: a handful of operations, each correct to an ulp, on terms of
     * one sign.
     */
    static double rounding(Activation activation) {
        return activation == Activation.LINEAR || activation == Activation.RELU ? 0 : 8 * Rounding.UNIT;
    }

    /**
     * What an engine may add to that where it computes φ from exponentials: a few units in the last place of 1, which
     * is much for a small tanh or softplus.
     */
    static double offset(Activation activation) {
        return activation == Activation.TANH || activation == Activation.SOFTPLUS ? 8 * Rounding.UNIT : 0;
    }
}
