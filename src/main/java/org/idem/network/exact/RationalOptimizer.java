package org.idem.network.exact;

import org.apache.commons.math3.fraction.BigFraction;
import org.idem.network.LinearMethod;

/**
 * Constant-step gradient method with rational constants, in the convention of {@link LinearMethod}: g ← gradient +
 * weightDecay·θ, v ← momentum·v + g, then θ ← θ − learningRate·v (heavy ball) or θ ← θ − learningRate·(g + momentum·v)
 * (Nesterov).
 *
 * @param learningRate η, positive
 * @param momentum β in [0, 1); 0 is plain gradient descent
 * @param nesterov whether the look-ahead form is used; requires momentum &gt; 0
 * @param weightDecay ω ≥ 0, acts on weights and biases alike
 */
public record RationalOptimizer(
        BigFraction learningRate, BigFraction momentum, boolean nesterov, BigFraction weightDecay) {
    /** Checks every component. */
    public RationalOptimizer {
        if (learningRate.compareTo(BigFraction.ZERO) <= 0) {
            throw new IllegalArgumentException("learning rate must be positive, got " + learningRate);
        }
        if (momentum.compareTo(BigFraction.ZERO) < 0 || momentum.compareTo(BigFraction.ONE) >= 0) {
            throw new IllegalArgumentException("momentum must lie in [0, 1), got " + momentum);
        }
        if (weightDecay.compareTo(BigFraction.ZERO) < 0) {
            throw new IllegalArgumentException("weight decay must be at least 0, got " + weightDecay);
        }
        if (nesterov && momentum.equals(BigFraction.ZERO)) {
            throw new IllegalArgumentException("nesterov needs a momentum above 0, got 0");
        }
    }

    /**
     * The exact twin of a method in floating point.
     *
     * @param optimizer finite constants
     * @return the same constants as fractions
     */
    public static RationalOptimizer of(LinearMethod optimizer) {
        return new RationalOptimizer(
                RationalArray.exactly(optimizer.learningRate()),
                RationalArray.exactly(optimizer.momentum()),
                optimizer.nesterov(),
                RationalArray.exactly(optimizer.weightDecay()));
    }

    /**
     * Plain gradient descent.
     *
     * @param learningRate η, positive
     * @return gradient descent without momentum and decay
     */
    public static RationalOptimizer gradientDescent(BigFraction learningRate) {
        return new RationalOptimizer(learningRate, BigFraction.ZERO, false, BigFraction.ZERO);
    }

    /**
     * The same method with another learning rate.
     *
     * @param rate new η, positive
     * @return a copy
     */
    public RationalOptimizer withLearningRate(BigFraction rate) {
        return new RationalOptimizer(rate, momentum, nesterov, weightDecay);
    }

    /**
     * The same method with another weight decay.
     *
     * @param decay new ω ≥ 0
     * @return a copy
     */
    public RationalOptimizer withWeightDecay(BigFraction decay) {
        return new RationalOptimizer(learningRate, momentum, nesterov, decay);
    }

    /**
     * The same learning rate and decay with another momentum.
     *
     * @param factor new β in [0, 1)
     * @param lookAhead whether Nesterov's form is used
     * @return a copy
     */
    public RationalOptimizer withMomentum(BigFraction factor, boolean lookAhead) {
        return new RationalOptimizer(learningRate, factor, lookAhead, weightDecay);
    }
}
