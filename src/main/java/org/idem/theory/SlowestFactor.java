package org.idem.theory;

import org.idem.network.Optimizer;

/**
 * The largest |r_t(μ)| over the modes that training learns: what is still missing from the limit after t steps.
 *
 * <p>The curvatures are known up to an error ε of the spectrum. With R_k and G_k the responses of a mode to errors of
 * its parameter and of its gradient, r_t moves by at most s·Σ_k|G_{t−1−k}||R_k| + q²/(1 − q)²·max|R_k| over that range,
 * where s = ηcε and q = sΣ|G_k| must stay below 1. Source: proofs/rounding.md, §7.
 */
final class SlowestFactor {
    private SlowestFactor() {}

    /** Bound for eigenvalues above a threshold; all of them, and the null mode, if the optimiser decays weights. */
    static double of(LeastSquares problem, Optimizer optimizer, int steps, double threshold) {
        Spectrum spectrum = problem.spectrum();
        double decay = optimizer.weightDecay();
        double largest = decay > 0 ? of(optimizer, steps, decay, 0) : 0;
        for (double eigenvalue : spectrum.values()) {
            if (decay > 0 || eigenvalue > threshold) {
                double curvature = problem.lossScale() * eigenvalue + decay;
                largest = Math.max(largest, of(optimizer, steps, curvature, problem.lossScale() * spectrum.error()));
            }
        }
        return largest;
    }

    private static double of(Optimizer optimizer, int steps, double curvature, double curvatureError) {
        double rate = optimizer.learningRate();
        double momentum = optimizer.momentum();
        double[] values = new double[steps + 1];
        double[] impulses = new double[steps + 1];
        double value = 1;
        double velocity = 0;
        double impulse = optimizer.nesterov() ? -1 - momentum : -1;
        double impulseVelocity = 1;
        double most = 0;
        double sum = 0;
        for (int step = 0; step <= steps; step++) {
            values[step] = Math.abs(value);
            impulses[step] = Math.abs(impulse);
            most = Math.max(most, values[step]);
            sum += impulses[step];
            double pull = rate * curvature * value;
            velocity = momentum * velocity + pull;
            value -= optimizer.nesterov() ? pull + momentum * velocity : velocity;
            pull = rate * curvature * impulse;
            impulseVelocity = momentum * impulseVelocity + pull;
            impulse -= optimizer.nesterov() ? pull + momentum * impulseVelocity : impulseVelocity;
        }
        // a relative error of 8u of each step's pull and sum is one of the curvature and of the state
        double shift = rate * curvatureError + 8 * Rounding.UNIT * (1 + rate * curvature);
        double gain = shift * sum;
        double moved = 0;
        for (int step = 0; step < steps; step++) {
            moved += shift * impulses[steps - 1 - step] * values[step];
        }
        return gain < 1
                ? values[steps] + moved + most * gain * gain / ((1 - gain) * (1 - gain))
                : Double.POSITIVE_INFINITY;
    }
}
