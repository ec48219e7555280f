package org.idem.network;

/**
 * Adam (Kingma and Ba 2015) with both bias corrections: m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g² from 0, then at step
 * t = 1, 2, … θ ← θ − η·(m/(1 − β₁ᵗ)) / (√(v/(1 − β₂ᵗ)) + ε).
 *
 * @param learningRate η, positive and finite
 * @param meanDecay β₁ in [0, 1)
 * @param squareDecay β₂ in [0, 1)
 * @param epsilon ε, positive and finite
 */
public record Adam(double learningRate, double meanDecay, double squareDecay, double epsilon) implements Optimizer {
    /** Checks every component; a NaN fails each rule. */
    public Adam {
        Rules.positive("learning rate", learningRate);
        Rules.fraction("mean decay", meanDecay);
        Rules.fraction("square decay", squareDecay);
        Rules.positive("epsilon", epsilon);
    }

    /**
     * With the usual constants.
     *
     * @param learningRate η, positive and finite
     * @return β₁ = 0.9, β₂ = 0.999, ε = 1e-8
     */
    public static Adam of(double learningRate) {
        return new Adam(learningRate, 0.9, 0.999, 1e-8);
    }
}
