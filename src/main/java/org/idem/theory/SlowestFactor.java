package org.idem.theory;

import org.idem.network.Optimizer;

/**
 * The largest |r_t(μ)| over the modes that training learns: what is still missing from the limit after t steps.
 *
 * <p>Curvatures are known up to the error ε of the spectrum, and the recursion itself is rounded. Both are errors of a
 * training run with one parameter; their responses are summed as in a budget. Source: proofs/rounding.md, §7.
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
        double[] sizes = new double[steps + 1];
        double[] velocities = new double[steps + 1];
        double[] impulses = new double[steps + 1];
        Mode error = new Mode(optimizer, curvature, 1, 0);
        Mode impulse = new Mode(optimizer, curvature, optimizer.nesterov() ? -1 - optimizer.momentum() : -1, 1);
        double largest = 0;
        for (int step = 0; step <= steps; step++) {
            sizes[step] = Math.abs(error.value);
            velocities[step] = Math.abs(error.velocity);
            impulses[step] = Math.abs(impulse.value);
            largest = Math.max(largest, Math.max(sizes[step], velocities[step]));
            error.advance();
            impulse.advance();
        }
        double ofValue = rate * curvatureError + 8 * Rounding.UNIT * rate * curvature;
        double moved = 0;
        double gain = 0;
        for (int step = 0; step < steps; step++) {
            int lag = steps - 1 - step;
            double bySize = 8 * Rounding.UNIT * sizes[lag] + ofValue * impulses[lag];
            double byVelocity = 8 * Rounding.UNIT * (sizes[lag] + impulses[lag]);
            moved += bySize * Math.max(sizes[step], sizes[step + 1])
                    + byVelocity * Math.max(velocities[step], velocities[step + 1]);
            gain += 8 * (bySize + byVelocity);
        }
        return gain < 0.5 ? sizes[steps] + moved + 2 * gain * gain * largest : Double.POSITIVE_INFINITY;
    }

    /** Error and velocity, times the learning rate, of one mode. */
    private static final class Mode {
        private final double pull;
        private final double momentum;
        private final boolean nesterov;
        private double value;
        private double velocity;

        Mode(Optimizer optimizer, double curvature, double value, double velocity) {
            pull = optimizer.learningRate() * curvature;
            momentum = optimizer.momentum();
            nesterov = optimizer.nesterov();
            this.value = value;
            this.velocity = velocity;
        }

        void advance() {
            double force = pull * value;
            velocity = momentum * velocity + force;
            value -= nesterov ? force + momentum * velocity : velocity;
        }
    }
}
