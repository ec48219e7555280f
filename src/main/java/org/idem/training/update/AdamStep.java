package org.idem.training.update;

import org.idem.network.Adam;

/**
 * One step of Adam on a few thousand parameters: θ ← θ − (η/b₁)·m/(√v/√b₂ + ε) with b₁ = 1 − β₁ᵗ and b₂ = 1 − β₂ᵗ. What
 * is the same for all parameters is computed once, in double, and rounded to the format of the parameters. Constants in
 * local variables, and reads before writes, let the JVM move several parameters at once.
 *
 * @param meanKept β₁
 * @param meanTaken 1 − β₁
 * @param squareKept β₂
 * @param squareTaken 1 − β₂
 * @param rate η/b₁
 * @param root 1/√b₂
 * @param epsilon ε
 */
record AdamStep(
        double meanKept,
        double meanTaken,
        double squareKept,
        double squareTaken,
        double rate,
        double root,
        double epsilon)
        implements AdaptiveStep {
    /** The step after so many others. */
    static AdamStep of(Adam adam, int step) {
        return new AdamStep(
                adam.meanDecay(),
                1 - adam.meanDecay(),
                adam.squareDecay(),
                1 - adam.squareDecay(),
                adam.learningRate() / (1 - StrictMath.pow(adam.meanDecay(), step + 1.0)),
                1 / Math.sqrt(1 - StrictMath.pow(adam.squareDecay(), step + 1.0)),
                adam.epsilon());
    }

    @Override
    public void move(double[] position, double[][] state, double[] gradient, int length) {
        double[] square = state[0];
        double[] mean = state[1];
        double keptOfMean = meanKept;
        double takenOfMean = meanTaken;
        double keptOfSquare = squareKept;
        double takenOfSquare = squareTaken;
        double factor = rate;
        double scale = root;
        double added = epsilon;
        for (int i = 0; i < length; i++) {
            double slope = gradient[i];
            double nextMean = keptOfMean * mean[i] + takenOfMean * slope;
            double nextSquare = keptOfSquare * square[i] + takenOfSquare * slope * slope;
            mean[i] = nextMean;
            square[i] = nextSquare;
            position[i] -= factor * nextMean / (Math.sqrt(nextSquare) * scale + added);
        }
    }

    @Override
    public void move(float[] position, float[][] state, float[] gradient, int from, int to) {
        float[] square = state[0];
        float[] mean = state[1];
        float keptOfMean = (float) meanKept;
        float takenOfMean = (float) meanTaken;
        float keptOfSquare = (float) squareKept;
        float takenOfSquare = (float) squareTaken;
        float factor = (float) rate;
        float scale = (float) root;
        float added = (float) epsilon;
        for (int i = from; i < to; i++) {
            float slope = gradient[i];
            float nextMean = keptOfMean * mean[i] + takenOfMean * slope;
            float nextSquare = keptOfSquare * square[i] + takenOfSquare * slope * slope;
            mean[i] = nextMean;
            square[i] = nextSquare;
            position[i] -= factor * nextMean / ((float) Math.sqrt(nextSquare) * scale + added);
        }
    }
}
