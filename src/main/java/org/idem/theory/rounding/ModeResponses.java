package org.idem.theory.rounding;

import java.util.Arrays;
import org.idem.network.LinearMethod;
import org.idem.theory.arithmetic.LongTail;
import org.idem.theory.design.Spectrum;

/**
 * How one error spreads through the following steps, mode by mode.
 *
 * <p>Two kinds of error are followed at once: a unit error of the stored parameters (R_k of the proof), and a unit
 * error of the learning rate times gradient (G_k). On the example side an error of the parameters is made of a kept
 * part z_k, which the data do not touch, and of a lift b_k, coordinates of the examples that the kept part excites.
 * Velocities are multiplied by the learning rate. Source: proofs/rounding.md, §3.
 */
final class ModeResponses {
    /** Largest norms, for each lag of a block, of pairs (error, error of learning rate times velocity). */
    static final class Largest {
        /** Over all modes and the kept part. */
        final double[] state;
        /** Over all modes. */
        final double[] modes;
        /** Over all modes, each times the root of its factor. */
        final double[] weightedModes;
        /** Of the lifts, over all modes. */
        final double[] lift;
        /** Of the lifts, over all modes, each times the root of its factor. */
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
        private final ModeRun kept;
        private final ModeRun[] inModes;
        private final ModeRun[] lifts;
        private final Largest largest;
        private final double[] forces;

        private Response(LinearMethod optimizer, double parameters, double velocityStep, int block) {
            largest = new Largest(block);
            forces = new double[block];
            kept = new ModeRun(optimizer, decayStep, parameters, velocityStep, block);
            inModes = new ModeRun[curvatures.length];
            lifts = new ModeRun[lifted ? curvatures.length : 0];
            for (int mode = 0; mode < inModes.length; mode++) {
                inModes[mode] = new ModeRun(optimizer, curvatures[mode], parameters, velocityStep, block);
            }
            for (int mode = 0; mode < lifts.length; mode++) {
                lifts[mode] = new ModeRun(optimizer, curvatures[mode], 0, 0, block);
            }
        }

        /** The kept part z_k, which is R_k or G_k at the curvature ω alone, at each lag of the block; live. */
        double[] kept() {
            return kept.places();
        }

        /** R_k or G_k in a mode at each lag of the block; live. */
        double[] inMode(int mode) {
            return inModes[mode].places();
        }

        /** The lift b_k in a mode at each lag of the block; live, on the example side only. */
        double[] lift(int mode) {
            return lifts[mode].places();
        }

        /** Largest norm of the kept pair at all lags after the last. */
        double keptAfter(LongTail tail) {
            return tail.largest(decayStep, kept.places()[count], kept.velocities()[count]);
        }

        /** Size of the pair in a mode at the lag after the last. */
        double inModeAfter(LongTail tail, int mode) {
            return tail.size(inModes[mode].places()[count], inModes[mode].velocities()[count]);
        }

        /** Size of the lift in a mode at the lag after the last. */
        double liftAfter(LongTail tail, int mode) {
            return tail.size(lifts[mode].places()[count], lifts[mode].velocities()[count]);
        }

        /** Sum over the lags of the norms of the pair in a mode. */
        double sum(int mode) {
            double memory = momentum == 0 ? 0 : 1;
            double[] places = inModes[mode].places();
            double[] velocities = inModes[mode].velocities();
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
            for (int mode = 0; mode < inModes.length; mode++) {
                raise(largest.modes, inModes[mode], 1);
                raise(largest.weightedModes, inModes[mode], squaredFactors[mode]);
                if (lifted) {
                    raise(largest.lift, lifts[mode], 1);
                    raise(largest.weightedLift, lifts[mode], squaredFactors[mode]);
                }
            }
            System.arraycopy(largest.modes, 0, largest.state, 0, count);
            if (lifted) {
                raise(largest.state, kept, 1);
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
            kept.turn(before);
            kept.advance(forces, count);
            for (ModeRun run : inModes) {
                run.turn(before);
                run.advance(forces, count);
            }
            for (int lag = 0; lag < count; lag++) {
                forces[lag] = effectiveStep * kept.places()[lag];
            }
            for (ModeRun lift : lifts) {
                lift.turn(before);
                lift.advance(forces, count);
            }
        }
    }

    /** ημ_j = η(cλ_j + ω), one for each mode. */
    private final double[] curvatures;

    /** ηc. */
    private final double effectiveStep;
    /** ηω. */
    private final double decayStep;

    private final double momentum;
    private final boolean lifted;
    /** Whether one response stands for both kinds of error. */
    private final boolean alike;

    private final Response storage;
    private final Response gradient;
    private int count;

    /** Before the step in which the error is made, for blocks of so many lags. */
    ModeResponses(LinearMethod optimizer, double lossScale, Spectrum spectrum, int block) {
        momentum = optimizer.momentum();
        effectiveStep = optimizer.learningRate() * lossScale;
        decayStep = optimizer.learningRate() * optimizer.weightDecay();
        lifted = spectrum.exampleSide();
        curvatures = new double[spectrum.modes()];
        for (int mode = 0; mode < curvatures.length; mode++) {
            curvatures[mode] = effectiveStep * spectrum.values()[mode] + decayStep;
        }
        storage = new Response(optimizer, 1, 0, block);
        alike = momentum == 0;
        gradient = alike ? storage : new Response(optimizer, ModeRun.afterImpulse(optimizer), 1, block);
    }

    /** Response to a unit error of the stored parameters: R_k. */
    Response storage() {
        return storage;
    }

    /** Response to a unit error of learning rate times gradient: G_k, or −G_k where both kinds are alike. */
    Response gradient() {
        return gradient;
    }

    /**
     * Whether an error of the gradient spreads as one of the stored parameters does, negated: so it is without
     * momentum. Then {@link #gradient} is {@link #storage}.
     */
    boolean alike() {
        return alike;
    }

    /** The next lags, the first of all is that of the step itself; at most a block of them. */
    void advance(int lags) {
        int before = count;
        count = lags;
        storage.advance(before);
        if (!alike) {
            gradient.advance(before);
        }
    }
}
