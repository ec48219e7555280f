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

        /** Largest norm of the pair (parameters, learning rate times velocity) over the modes and outside them. */
        double largest() {
            double squares = lifted ? rest * rest + inState(restVelocity) : 0;
            for (int mode = 0; mode < value.length; mode++) {
                squares = Math.max(squares, value[mode] * value[mode] + inState(velocity[mode]));
            }
            return Math.sqrt(squares);
        }

        /** Largest size of the lift in a mode, with its velocity, times the root of a factor of the mode. */
        double largestLift(double[] squaredFactors) {
            return largest(lift, liftVelocity, squaredFactors);
        }

        /** Largest norm of the pair over the modes, times the root of a factor of the mode. */
        double largest(double[] squaredFactors) {
            return largest(value, velocity, squaredFactors);
        }

        private double largest(double[] values, double[] velocities, double[] squaredFactors) {
            double squares = 0;
            for (int mode = 0; mode < values.length; mode++) {
                double square = values[mode] * values[mode] + inState(velocities[mode]);
                squares = Math.max(squares, squaredFactors[mode] * square);
            }
            return Math.sqrt(squares);
        }

        /** Gradient descent has no velocity to remember. */
        private double inState(double velocityStep) {
            return momentum == 0 ? 0 : velocityStep * velocityStep;
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
