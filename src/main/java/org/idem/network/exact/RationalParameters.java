package org.idem.network.exact;

import org.apache.commons.math3.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * Weights and bias of one layer, or a gradient or velocity of the same shape.
 *
 * @param weights in the network's weight shape
 * @param bias shape (outputs), null without bias
 */
public record RationalParameters(
        RationalArray weights, @Nullable RationalArray bias) {
    /**
     * Sum.
     *
     * @param other parameters of the same network
     * @return this + other
     */
    public RationalParameters plus(RationalParameters other) {
        RationalArray here = bias;
        RationalArray there = other.bias;
        if ((here == null) != (there == null)) {
            throw new IllegalArgumentException("parameters with and without bias cannot be added");
        }
        return new RationalParameters(
                weights.plus(other.weights), here == null || there == null ? null : here.plus(there));
    }

    /**
     * Multiple.
     *
     * @param factor any rational number
     * @return factor · this
     */
    public RationalParameters times(BigFraction factor) {
        return new RationalParameters(weights.times(factor), bias == null ? null : bias.times(factor));
    }
}
