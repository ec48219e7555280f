package org.idem.theory.linear;

import java.util.ArrayList;
import java.util.List;

/**
 * Gradient descent on one example from aligned layers W_j = s_j u_j u_{j−1}ᵀ + R_j, as a recursion of the strengths s_j
 * alone. Source: proofs/T4.path.md.
 *
 * @param inputNorm ρ = ‖x̂‖, positive
 * @param targetNorm τ = ‖y‖, positive
 * @param lossScale c
 * @param learningRate η
 * @param decay ω, at least 0
 */
public record AlignedPath(double inputNorm, double targetNorm, double lossScale, double learningRate, double decay) {
    /**
     * The strengths after a step.
     *
     * @param strengths s_1, …, s_L, not changed
     * @return fresh
     */
    public double[] step(double[] strengths) {
        double pull = lossScale * inputNorm * (inputNorm * product(strengths, -1) - targetNorm);
        double[] next = new double[strengths.length];
        for (int layer = 0; layer < next.length; layer++) {
            double gradient = pull * product(strengths, layer) + decay * strengths[layer];
            next[layer] = strengths[layer] - learningRate * gradient;
        }
        return next;
    }

    /**
     * All strengths on the way.
     *
     * @param start strengths before the first step, not changed
     * @param steps number of steps
     * @return one more than steps
     */
    public List<double[]> strengths(double[] start, int steps) {
        List<double[]> path = new ArrayList<>(List.of(start.clone()));
        for (int step = 0; step < steps; step++) {
            path.add(step(path.get(step)));
        }
        return path;
    }

    /**
     * What is left of R_j.
     *
     * @param steps t
     * @return (1 − ηω)^t
     */
    public double kept(int steps) {
        return Math.pow(1 - learningRate * decay, steps);
    }

    /**
     * How strongly the output reacts to the strengths: the recursion is stable at a solution if and only if ηc times
     * this is below 2 (without decay).
     *
     * @param strengths s_1, …, s_L
     * @return ρ²Σ_j ∏_{i≠j} s_i²
     */
    public double curvature(double[] strengths) {
        double sum = 0;
        for (int layer = 0; layer < strengths.length; layer++) {
            double others = product(strengths, layer);
            sum += others * others;
        }
        return inputNorm * inputNorm * sum;
    }

    /** ∏ s_i over all layers but one, −1 for none. */
    static double product(double[] strengths, int without) {
        double product = 1;
        for (int layer = 0; layer < strengths.length; layer++) {
            product *= layer == without ? 1 : strengths[layer];
        }
        return product;
    }
}
