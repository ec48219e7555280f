package org.idem.theory;

import java.util.Arrays;
import org.idem.network.Optimizer;

/**
 * How one error spreads through the following steps, mode by mode.
 *
 * <p>Two errors are followed at once: a unit error of the stored parameters, and a unit error of the learning rate
 * times gradient. On the example side an error of the parameters keeps a part of its own, {@code rest}, and excites the
 * coordinates of the examples, {@code lift}. Velocities are multiplied by the learning rate. Source:
 * proofs/rounding.md, §3.
 */
final class ModeResponses {
    /**
     * Largest norms of pairs (error, error of learning rate times velocity).
     *
     * @param state of the parameters, outside the modes too
     * @param modes of the parameters in a mode
     * @param weightedModes of the parameters in a mode, times the root of its factor
     * @param lift of the coordinates of the examples in a mode
     * @param weightedLift the same times the root of the mode's factor
     */
    record Largest(double state, double modes, double weightedModes, double lift, double weightedLift) {
        private static final Largest UNKNOWN = new Largest(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }

    /** One kind of error, some steps after it was made. */
    final class Response {
        private double rest;
        private double restVelocity;
        /** Error of the parameters in each mode. */
        final double[] value;

        private final double[] velocity;
        /** Error of the coordinates of the examples, in each mode. */
        final double[] lift;

        private final double[] liftVelocity;

        private Response(double parameters, double velocityStep) {
            int modes = curvatures.length;
            value = new double[modes];
            velocity = new double[modes];
            lift = new double[modes];
            liftVelocity = new double[modes];
            rest = parameters;
            restVelocity = velocityStep;
            Arrays.fill(value, parameters);
            Arrays.fill(velocity, velocityStep);
        }

        /** Error of the parameters outside all modes. */
        double rest() {
            return rest;
        }

        /** Largest norms over the modes, once plain and once times the root of a factor of the mode. */
        Largest largest(double[] squaredFactors) {
            double memory = momentum == 0 ? 0 : 1; // gradient descent has no velocity to remember
            double state = 0;
            double weightedState = 0;
            double sum = 0;
            for (int mode = 0; mode < value.length; mode++) {
                double square = value[mode] * value[mode] + memory * (velocity[mode] * velocity[mode]);
                double weighted = squaredFactors[mode] * square;
                state = square > state ? square : state;
                weightedState = weighted > weightedState ? weighted : weightedState;
                sum += square + weighted;
            }
            double outside = lifted ? rest * rest + memory * restVelocity * restVelocity : 0;
            double lifts = 0;
            double weightedLifts = 0;
            for (int mode = 0; lifted && mode < value.length; mode++) {
                double square = lift[mode] * lift[mode] + memory * (liftVelocity[mode] * liftVelocity[mode]);
                double weighted = squaredFactors[mode] * square;
                lifts = square > lifts ? square : lifts;
                weightedLifts = weighted > weightedLifts ? weighted : weightedLifts;
                sum += square + weighted;
            }
            if (Double.isNaN(sum)) {
                return Largest.UNKNOWN; // comparisons pass over it
            }
            return new Largest(
                    Math.sqrt(Math.max(state, outside)),
                    Math.sqrt(state),
                    Math.sqrt(weightedState),
                    Math.sqrt(lifts),
                    Math.sqrt(weightedLifts));
        }

        private void advance() {
            double restBefore = rest;
            for (int mode = 0; mode < value.length; mode++) {
                double pull = curvatures[mode] * value[mode];
                velocity[mode] = momentum * velocity[mode] + pull;
                value[mode] -= nesterov ? pull + momentum * velocity[mode] : velocity[mode];
                if (lifted) {
                    double force = scale * restBefore + curvatures[mode] * lift[mode];
                    liftVelocity[mode] = momentum * liftVelocity[mode] + force;
                    lift[mode] -= nesterov ? force + momentum * liftVelocity[mode] : liftVelocity[mode];
                }
            }
            double pull = decay * rest;
            restVelocity = momentum * restVelocity + pull;
            rest -= nesterov ? pull + momentum * restVelocity : restVelocity;
        }
    }

    /** Curvatures c·λ + ω times learning rate. */
    private final double[] curvatures;

    private final double scale;
    private final double decay;
    private final double momentum;
    private final boolean nesterov;
    private final boolean lifted;
    private final Response storage;
    private final Response gradient;

    /** Responses in the step in which the error is made. */
    ModeResponses(Optimizer optimizer, double lossScale, Spectrum spectrum) {
        momentum = optimizer.momentum();
        nesterov = optimizer.nesterov();
        scale = optimizer.learningRate() * lossScale;
        decay = optimizer.learningRate() * optimizer.weightDecay();
        lifted = spectrum.exampleSide();
        curvatures = new double[spectrum.modes()];
        for (int mode = 0; mode < curvatures.length; mode++) {
            curvatures[mode] = scale * spectrum.values()[mode] + decay;
        }
        storage = new Response(1, 0);
        gradient = new Response(nesterov ? -1 - momentum : -1, 1);
    }

    /** Response to a unit error of the stored parameters. */
    Response storage() {
        return storage;
    }

    /** Response to a unit error of learning rate times gradient. */
    Response gradient() {
        return gradient;
    }

    /** One step more. */
    void advance() {
        storage.advance();
        gradient.advance();
    }
}
