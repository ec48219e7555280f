package org.idem.network;

import java.util.Locale;

/** Kinds of optimisers by the names of frameworks, with the constants that frameworks take unless told otherwise. */
public enum UpdateRule {
    /** Gradient descent with or without momentum, see {@link LinearMethod}. */
    SGD,
    /** {@link Adam}. */
    ADAM,
    /** {@link RmsProp}. */
    RMSPROP,
    /** {@link Adagrad}. */
    ADAGRAD;

    /**
     * Learning rate for deep networks unless one is given.
     *
     * @return 0.01 for {@link #SGD}, 0.001 for the others
     */
    public double usualLearningRate() {
        return this == SGD ? 0.01 : 1e-3;
    }

    /**
     * The optimiser of this kind.
     *
     * @param learningRate η, positive and finite
     * @param momentum β in [0, 1); 0 unless this is {@link #SGD}
     * @param nesterov whether the look-ahead form is used; only with a momentum
     * @param weightDecay ω ≥ 0; 0 unless this is {@link #SGD}
     * @return with β₁ = 0.9, β₂ = 0.999, α = 0.99 and ε = 1e-8 (1e-10 for {@link #ADAGRAD}) where it has them
     * @throws IllegalArgumentException if a number breaks its rule
     */
    public Optimizer optimizer(double learningRate, double momentum, boolean nesterov, double weightDecay) {
        if (this != SGD && (momentum != 0 || nesterov || weightDecay != 0)) {
            throw new IllegalArgumentException("momentum, nesterov and weight decay must go with sgd, got " + this);
        }
        return switch (this) {
            case SGD -> new LinearMethod(learningRate, momentum, nesterov, weightDecay);
            case ADAM -> Adam.of(learningRate);
            case RMSPROP -> new RmsProp(learningRate, 0.99, 1e-8);
            case ADAGRAD -> new Adagrad(learningRate, 1e-10);
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
