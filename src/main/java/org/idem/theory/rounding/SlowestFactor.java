package org.idem.theory.rounding;

import org.idem.network.LinearMethod;
import org.idem.theory.arithmetic.Dots;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.design.Spectrum;

/**
 * The largest |r_t(μ)| over the modes that training learns: what is still missing from the limit after t steps.
 *
 * <p>Curvatures are known up to the error ε of the spectrum, and the recursion itself is rounded. Both are errors of a
 * training run with one parameter; their responses are summed as in a budget. Source: proofs/rounding.md, §7.
 */
public final class SlowestFactor {
    /** Relative rounding of one step. */
    private static final double ROUNDINGS = 8 * Rounding.UNIT;

    private final LinearMethod optimizer;
    private final int steps;
    /** Zeros, one for each step. */
    private final double[] noForces;
    /** What an error in proportion to the mode's size has become at the end, one for each step in which it is made. */
    private final double[] bySize;
    /** What an error in proportion to the mode's velocity has become at the end, one for each step. */
    private final double[] byVelocity;
    /** The mode's size before or after each step, whichever is larger. */
    private final double[] largerSizes;
    /** Its velocity before or after each step, whichever is larger. */
    private final double[] largerVelocities;

    private SlowestFactor(LinearMethod optimizer, int steps) {
        this.optimizer = optimizer;
        this.steps = steps;
        noForces = new double[steps];
        bySize = new double[steps];
        byVelocity = new double[steps];
        largerSizes = new double[steps];
        largerVelocities = new double[steps];
    }

    /**
     * Bound for eigenvalues above a threshold; all of them, and the null mode, if the optimiser decays weights.
     *
     * @param problem in matrices
     * @param optimizer whose steps they are
     * @param steps number of steps, at least 0
     * @param threshold eigenvalues up to it are left out, unless weights decay
     * @return bound on |r_t(μ)|
     */
    public static double of(LeastSquares problem, LinearMethod optimizer, int steps, double threshold) {
        Spectrum spectrum = problem.spectrum();
        double decay = optimizer.weightDecay();
        SlowestFactor factor = new SlowestFactor(optimizer, steps);
        // on the side of the parameters every direction is a mode
        double largest = decay > 0 && spectrum.exampleSide() ? factor.of(decay, 0) : 0;
        for (double eigenvalue : spectrum.values()) {
            if (decay > 0 || eigenvalue > threshold) {
                double curvature = problem.lossScale() * eigenvalue + decay;
                largest = Math.max(largest, factor.of(curvature, problem.lossScale() * spectrum.error()));
            }
        }
        return largest;
    }

    private double of(double curvature, double curvatureError) {
        double rate = optimizer.learningRate();
        ModeRun error = new ModeRun(optimizer, rate * curvature, 1, 0, steps);
        error.advance(noForces, steps);
        ModeRun impulse = error; // without momentum the same, negated
        if (optimizer.momentum() != 0) {
            impulse = new ModeRun(optimizer, rate * curvature, ModeRun.afterImpulse(optimizer), 1, steps);
            impulse.advance(noForces, steps);
        }
        double[] sizes = error.places();
        double[] impulses = impulse.places();
        double ofValue = rate * curvatureError + ROUNDINGS * rate * curvature;
        double gain = 0;
        for (int step = 0; step < steps; step++) {
            double size = Math.abs(sizes[steps - 1 - step]);
            double response = Math.abs(impulses[steps - 1 - step]);
            bySize[step] = ROUNDINGS * size + ofValue * response;
            byVelocity[step] = ROUNDINGS * (size + response);
            gain += 8 * (bySize[step] + byVelocity[step]);
        }
        setLarger(largerSizes, sizes);
        setLarger(largerVelocities, error.velocities());
        double largest = 1;
        for (int step = 0; step < steps; step++) {
            largest = Math.max(largest, Math.max(largerSizes[step], largerVelocities[step]));
        }
        double moved = Dots.sum(bySize, largerSizes, steps) + Dots.sum(byVelocity, largerVelocities, steps);
        return gain < 0.5 ? Math.abs(sizes[steps]) + moved + 2 * gain * gain * largest : Double.POSITIVE_INFINITY;
    }

    /** Larger size before and after each step. */
    private void setLarger(double[] larger, double[] values) {
        for (int step = 0; step < steps; step++) {
            larger[step] = Math.max(Math.abs(values[step]), Math.abs(values[step + 1]));
        }
    }
}
