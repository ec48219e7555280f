package org.idem.network;

/**
 * Adagrad (Duchi, Hazan and Singer 2011): v ← v + g² from 0, then θ ← θ − η·g / (√v + ε).
 *
 * @param learningRate η, positive and finite
 * @param epsilon ε, positive and finite
 */
public record Adagrad(double learningRate, double epsilon) implements Optimizer {
    /** Checks every component; a NaN fails each rule. */
    public Adagrad {
        Rules.positive("learning rate", learningRate);
        Rules.positive("epsilon", epsilon);
    }
}
