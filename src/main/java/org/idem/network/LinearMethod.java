package org.idem.network;

/**
 * Constant-step gradient method in the convention of common frameworks: g ← gradient + weightDecay·θ, v ← momentum·v +
 * g with v = 0 at the start, then θ ← θ − learningRate·v (heavy ball) or θ ← θ − learningRate·(g + momentum·v)
 * (Nesterov).
 *
 * @param learningRate step length η, positive and finite
 * @param momentum β in [0, 1); 0 is plain gradient descent
 * @param nesterov whether the look-ahead form is used; requires momentum &gt; 0
 * @param weightDecay ω ≥ 0, acts on weights and biases alike
 */
public record LinearMethod(double learningRate, double momentum, boolean nesterov, double weightDecay)
        implements Optimizer {
    /** Checks every component; a NaN fails each rule. */
    public LinearMethod {
        Rules.positive("learning rate", learningRate);
        Rules.fraction("momentum", momentum);
        if (!(weightDecay >= 0) || Double.isInfinite(weightDecay)) {
            throw new IllegalArgumentException("weight decay must be at least 0 and finite, got " + weightDecay);
        }
        if (nesterov && momentum == 0) {
            throw new IllegalArgumentException("nesterov needs a momentum above 0, got 0");
        }
    }

    /**
     * Plain gradient descent.
     *
     * @param learningRate η, positive and finite
     * @return gradient descent without momentum and decay
     */
    public static LinearMethod gradientDescent(double learningRate) {
        return new LinearMethod(learningRate, 0, false, 0);
    }

    /**
     * Largest product of learning rate and curvature for which every mode converges (exclusive).
     *
     * @return 2 without momentum, 2(1 + β) for heavy ball, 2(1 + β)/(1 + 2β) for Nesterov; see proofs/trajectory.md
     */
    public double stableProduct() {
        return nesterov ? 2 * (1 + momentum) / (1 + 2 * momentum) : 2 * (1 + momentum);
    }

    /**
     * The same method with another learning rate.
     *
     * @param rate new η, positive and finite
     * @return a copy
     */
    public LinearMethod withLearningRate(double rate) {
        return new LinearMethod(rate, momentum, nesterov, weightDecay);
    }
}
