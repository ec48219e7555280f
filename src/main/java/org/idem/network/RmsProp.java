package org.idem.network;

/**
 * RMSProp (Tieleman and Hinton 2012): v ← αv + (1 − α)g² from 0, then θ ← θ − η·g / (√v + ε).
 *
 * @param learningRate η, positive and finite
 * @param squareDecay α in [0, 1)
 * @param epsilon ε, positive and finite
 */
public record RmsProp(double learningRate, double squareDecay, double epsilon) implements Optimizer {
    /** Checks every component; a NaN fails each rule. */
    public RmsProp {
        Rules.positive("learning rate", learningRate);
        Rules.fraction("square decay", squareDecay);
        Rules.positive("epsilon", epsilon);
    }
}
