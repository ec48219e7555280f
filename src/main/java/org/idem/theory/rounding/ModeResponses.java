package org.idem.theory.rounding;

import java.util.Arrays;
import org.idem.network.LinearMethod;
import org.idem.theory.arithmetic.LongTail;
import org.idem.theory.design.Spectrum;

/**
 * How one error spreads through the following steps, mode by mode.
 *
 * <p>Two errors are followed at once: a unit error of the stored parameters, and a unit error of the learning rate
 * times gradient. On the example side an error of the parameters keeps a part of its own, {@code rest}, and excites the
 * coordinates of the examples, {@code lift}. Velocities are multiplied by the learning rate. Source:
 * proofs/rounding.md, §3.
 */
final class ModeResponses {
    /** Largest norms, for each lag of a block, of pairs (error, error of learning rate times velocity). */
    static final class Largest {
        /** Of the parameters, outside the modes too. */
        final double[] state;
        /** Of the parameters in a mode. */
        final double[] modes;
        /** Of the parameters in a mode, times the root of its factor. */
        final double[] weightedModes;
        /** Of the coordinates of the examples in a mode. */
        final double[] lift;
        /** Of the coordinates of the examples in a mode, times the root of its factor. */
        final double[] weightedLift;

        private Largest(int block) {
            state = new double[block];
            modes = new double[block];
            weightedModes = new double[block];
            lift = new double[block];
            weightedLift = new double[block];
        }
    }

    /** One kind of error, over a block of lags. */
    final class Response {
        private final ModeRun rest;
        private final ModeRun[] values;
        private final ModeRun[] lifts;
        private final Largest largest;
        private final double[] forces;

        private Response(LinearMethod optimizer, double parameters, double velocityStep, int block) {
            largest = new Largest(block);
            forces = new double[block];
            rest = new ModeRun(optimizer, decay, parameters, velocityStep, block);
            values = new ModeRun[curvatures.length];
            lifts = new ModeRun[lifted ? curvatures.length : 0];
            for (int mode = 0; mode < values.length; mode++) {
                values[mode] = new ModeRun(optimizer, curvatures[mode], parameters, velocityStep, block);
            }
            for (int mode = 0; mode < lifts.length; mode++) {
                lifts[mode] = new ModeRun(optimizer, curvatures[mode], 0, 0, block);
            }
        }

        /** Error of the parameters outside all modes, at each lag; live. */
        double[] rests() {
            return rest.places();
        }

        /** Error of the parameters in a mode, at each lag; live. */
        double[] values(int mode) {
            return values[mode].places();
        }

        /** Error of the coordinates of the examples in a mode, at each lag; live. */
        double[] lifts(int mode) {
            return lifts[mode].places();
        }

        /** Largest norm of the pair outside all modes at all lags after the last. */
        double restAfter(LongTail tail) {
            return tail.largest(decay, rest.places()[count], rest.velocities()[count]);
        }

        /** Size of the pair in a mode at the lag after the last. */
        double valueAfter(LongTail tail, int mode) {
            return tail.size(values[mode].places()[count], values[mode].velocities()[count]);
        }

        /** Size of the coordinates of the examples in a mode at the lag after the last. */
        double liftAfter(LongTail tail, int mode) {
            return tail.size(lifts[mode].places()[count], lifts[mode].velocities()[count]);
        }

        /** Sum over the lags of the norms of the pair in a mode. */
        double sum(int mode) {
            double memory = momentum == 0 ? 0 : 1;
            double[] places = values[mode].places();
            double[] velocities = values[mode].velocities();
            double sum = 0;
            for (int lag = 0; lag < count; lag++) {
                sum += Math.sqrt(places[lag] * places[lag] + memory * (velocities[lag] * velocities[lag]));
            }
            return sum;
        }

        /** Largest norms over the modes, plain and times the root of a factor of the mode; until the next call. */
        Largest largest(double[] squaredFactors) {
            Arrays.fill(largest.modes, 0);
            Arrays.fill(largest.weightedModes, 0);
            Arrays.fill(largest.lift, 0);
            Arrays.fill(largest.weightedLift, 0);
            for (int mode = 0; mode < values.length; mode++) {
                raise(largest.modes, values[mode], 1);
                raise(largest.weightedModes, values[mode], squaredFactors[mode]);
                if (lifted) {
                    raise(largest.lift, lifts[mode], 1);
                    raise(largest.weightedLift, lifts[mode], squaredFactors[mode]);
                }
            }
            System.arraycopy(largest.modes, 0, largest.state, 0, count);
            if (lifted) {
                raise(largest.state, rest, 1);
            }
            root(largest.state);
            root(largest.modes);
            root(largest.weightedModes);
            root(largest.lift);
            root(largest.weightedLift);
            return largest;
        }

        private void raise(double[] squares, ModeRun run, double factor) {
            double[] places = run.places();
            double[] velocities = run.velocities();
            double memory = momentum == 0 ? 0 : 1; // gradient descent has no velocity to remember
            for (int lag = 0; lag < count; lag++) {
                double square = places[lag] * places[lag] + memory * (velocities[lag] * velocities[lag]);
                squares[lag] = Math.max(squares[lag], factor * square);
            }
        }

        private void root(double[] squares) {
            for (int lag = 0; lag < count; lag++) {
                squares[lag] = Math.sqrt(squares[lag]);
            }
        }

        private void advance(int before) {
            Arrays.fill(forces, 0);
            rest.turn(before);
            rest.advance(forces, count);
            for (ModeRun value : values) {
                value.turn(before);
                value.advance(forces, count);
            }
            for (int lag = 0; lag < count; lag++) {
                forces[lag] = scale * rest.places()[lag];
            }
            for (ModeRun lift : lifts) {
                lift.turn(before);
                lift.advance(forces, count);
            }
        }
    }

    /** Curvatures c·λ + ω times learning rate. */
    private final double[] curvatures;

    private final double scale;
    private final double decay;
    private final double momentum;
    private final boolean lifted;
    private final Response storage;
    private final Response gradient;
    private int count;

    /** Before the step in which the error is made, for blocks of so many lags. */
    ModeResponses(LinearMethod optimizer, double lossScale, Spectrum spectrum, int block) {
        momentum = optimizer.momentum();
        scale = optimizer.learningRate() * lossScale;
        decay = optimizer.learningRate() * optimizer.weightDecay();
        lifted = spectrum.exampleSide();
        curvatures = new double[spectrum.modes()];
        for (int mode = 0; mode < curvatures.length; mode++) {
            curvatures[mode] = scale * spectrum.values()[mode] + decay;
        }
        storage = new Response(optimizer, 1, 0, block);
        gradient = momentum == 0 ? storage : new Response(optimizer, ModeRun.afterImpulse(optimizer), 1, block);
    }

    /** Response to a unit error of the stored parameters. */
    Response storage() {
        return storage;
    }

    /**
     * Response to a unit error of learning rate times gradient; without momentum it is that of the storage, negated.
     */
    Response gradient() {
        return gradient;
    }

    /** The next lags, the first of all is that of the step itself; at most a block of them. */
    void advance(int lags) {
        int before = count;
        count = lags;
        storage.advance(before);
        if (gradient != storage) {
            gradient.advance(before);
        }
    }
}
