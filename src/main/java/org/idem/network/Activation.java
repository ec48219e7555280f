package org.idem.network;

import java.util.Locale;

/** The function z ↦ φ(z) that a stage of a network applies to every output of its linear map. */
public enum Activation {
    /** φ(z) = z. */
    LINEAR,
    /** φ(z) = max(0, z), with slope 0 at z = 0. */
    RELU,
    /** φ(z) = z for z &gt; 0 and z/100 otherwise, with slope 1/100 at z = 0. */
    LEAKY_RELU,
    /** Hyperbolic tangent. */
    TANH,
    /** φ(z) = 1/(1 + exp(−z)). */
    SIGMOID,
    /** φ(z) = log(1 + exp(z)). */
    SOFTPLUS,
    /** Error function, φ(z) = 2/√π ∫₀ᶻ exp(−s²) ds. */
    ERF;

    /**
     * Whether the activation has a derivative everywhere.
     *
     * @return false for those with a kink at 0
     */
    public boolean isSmooth() {
        return this != RELU && this != LEAKY_RELU;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
