package org.idem.theory;

import java.util.Arrays;
import org.idem.network.Optimizer;

/**
 * The largest |r_t(μ)| over the modes that training learns: what is still missing from the limit after t steps.
 *
 * <p>Curvatures are known up to the error ε of the spectrum, and the recursion itself is rounded. Both are errors of a
 * training run with one parameter; their responses are summed as in a budget. Source: proofs/rounding.md, §7.
 */
final class SlowestFactor {
    private SlowestFactor() {}

    /** Numbers that are kept at once: the modes that are followed together, times steps. */
    private static final int AT_ONCE = 1 << 15;

    /** Bound for eigenvalues above a threshold; all of them, and the null mode, if the optimiser decays weights. */
    static double of(LeastSquares problem, Optimizer optimizer, int steps, double threshold) {
        Spectrum spectrum = problem.spectrum();
        double decay = optimizer.weightDecay();
        double largest = decay > 0 ? of(optimizer, steps, new double[] {decay}, 0) : 0;
        double[] curvatures = Arrays.stream(spectrum.values())
                .filter(eigenvalue -> decay > 0 || eigenvalue > threshold)
                .map(eigenvalue -> problem.lossScale() * eigenvalue + decay)
                .toArray();
        int part = Math.max(16, AT_ONCE / (steps + 1));
        for (int from = 0; from < curvatures.length; from += part) {
            double[] some = Arrays.copyOfRange(curvatures, from, Math.min(curvatures.length, from + part));
            largest = Math.max(largest, of(optimizer, steps, some, problem.lossScale() * spectrum.error()));
        }
        return largest;
    }

    private static double of(Optimizer optimizer, int steps, double[] curvatures, double curvatureError) {
        int modes = curvatures.length;
        double[][] sizes = new double[steps + 1][modes];
        double[][] velocities = new double[steps + 1][modes];
        double[][] impulses = new double[steps + 1][modes];
        double[] largest = new double[modes];
        Errors errors = new Errors(optimizer, curvatures, 1, 0);
        Errors afterImpulse =
                new Errors(optimizer, curvatures, optimizer.nesterov() ? -1 - optimizer.momentum() : -1, 1);
        for (int step = 0; step <= steps; step++) {
            for (int mode = 0; mode < modes; mode++) {
                sizes[step][mode] = Math.abs(errors.values[mode]);
                velocities[step][mode] = Math.abs(errors.velocities[mode]);
                impulses[step][mode] = Math.abs(afterImpulse.values[mode]);
                largest[mode] = Math.max(largest[mode], Math.max(sizes[step][mode], velocities[step][mode]));
            }
            errors.advance();
            afterImpulse.advance();
        }
        double[] moved = new double[modes];
        double[] gains = new double[modes];
        double unit = 8 * Rounding.UNIT;
        double rate = optimizer.learningRate();
        for (int step = 0; step < steps; step++) {
            double[] lagSizes = sizes[steps - 1 - step];
            double[] lagImpulses = impulses[steps - 1 - step];
            double[] before = sizes[step];
            double[] after = sizes[step + 1];
            double[] velocitiesBefore = velocities[step];
            double[] velocitiesAfter = velocities[step + 1];
            for (int mode = 0; mode < modes; mode++) {
                double ofValue = rate * curvatureError + unit * rate * curvatures[mode];
                double bySize = unit * lagSizes[mode] + ofValue * lagImpulses[mode];
                double byVelocity = unit * (lagSizes[mode] + lagImpulses[mode]);
                moved[mode] += bySize * Math.max(before[mode], after[mode])
                        + byVelocity * Math.max(velocitiesBefore[mode], velocitiesAfter[mode]);
                gains[mode] += 8 * (bySize + byVelocity);
            }
        }
        double slowest = 0;
        for (int mode = 0; mode < modes; mode++) {
            double gain = gains[mode];
            double bound = sizes[steps][mode] + moved[mode] + 2 * gain * gain * largest[mode];
            slowest = Math.max(slowest, gain < 0.5 ? bound : Double.POSITIVE_INFINITY);
        }
        return slowest;
    }

    /** Errors and velocities, times the learning rate, of some modes. */
    private static final class Errors {
        private final double[] pulls;
        private final double momentum;
        private final boolean nesterov;
        private final double[] values;
        private final double[] velocities;

        Errors(Optimizer optimizer, double[] curvatures, double value, double velocity) {
            pulls = new double[curvatures.length];
            for (int mode = 0; mode < pulls.length; mode++) {
                pulls[mode] = optimizer.learningRate() * curvatures[mode];
            }
            momentum = optimizer.momentum();
            nesterov = optimizer.nesterov();
            values = new double[pulls.length];
            velocities = new double[pulls.length];
            Arrays.fill(values, value);
            Arrays.fill(velocities, velocity);
        }

        void advance() {
            for (int mode = 0; mode < pulls.length; mode++) {
                double force = pulls[mode] * values[mode];
                double velocity = momentum * velocities[mode] + force;
                velocities[mode] = velocity;
                values[mode] -= nesterov ? force + momentum * velocity : velocity;
            }
        }
    }
}
