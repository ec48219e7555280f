package org.idem.theory.rounding;

import org.idem.network.LinearMethod;
import org.idem.theory.arithmetic.LongTail;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.design.Spectrum;

/**
 * Sums over all lags of the largest responses to errors of one step, and the small-gain argument that turns bounds on
 * exact steps into bounds on computed ones.
 *
 * <p>The state of a row is the pair (parameters, learning rate times velocity). Source: proofs/rounding.md, §5.
 */
public final class ResponseSums {
    /**
     * How far a row may stray; infinite if nothing bounds it.
     *
     * @param state ξ, norm of the error of the state
     * @param lift B, norm of the error's coordinates in the space of examples; without meaning on the parameter side
     */
    record Stray(double state, double lift) {
        Stray plus(Stray other) {
            return new Stray(state + other.state, lift + other.lift);
        }
    }

    /** Lags that are followed one by one in every run. */
    public static final int EXACT = 1 << 14;

    /** Lags that are followed at most, and of all modes together; tenths of a second. */
    private static final int MOST = 1 << 17;

    private static final int AFFORDABLE = 1 << 22;

    private final Spectrum spectrum;
    /** ε on the example side, where lifts meet it; 0 on the parameter side. */
    private final double liftedError;
    /** ηc. */
    private final double effectiveStep;
    /** Σ_k ‖(G_k, of the velocity)‖, one for each mode; in long runs only. */
    private final double[] sumsOfModes;
    /** S, and S' once the lifts have been fed back. */
    private double ofState;
    /** S_e, and S'_e. */
    private double ofResidual;
    /** S_b, and S_b / (1 − ε S_be). */
    private double liftOfState;
    /** S_be, and S_be / (1 − ε S_be). */
    private double liftOfResidual;
    /** max K_k. */
    private double largest = 1;

    /** Of so many steps; all lags after those that are affordable are bounded together. */
    ResponseSums(LinearMethod optimizer, double lossScale, Spectrum spectrum, int steps) {
        this.spectrum = spectrum;
        liftedError = spectrum.exampleSide() ? spectrum.error() : 0;
        effectiveStep = optimizer.learningRate() * lossScale;
        int modes = spectrum.modes();
        sumsOfModes = new double[steps > EXACT ? modes : 0];
        int exact = Math.min(steps, Math.max(EXACT, Math.min(MOST, AFFORDABLE / Math.max(1, modes))));
        int block = ModeRun.block(exact);
        ModeResponses responses = new ModeResponses(optimizer, lossScale, spectrum, block);
        addExactLags(responses, exact, block);
        if (steps > exact) {
            addTail(responses, optimizer, steps - exact);
        }
        feedLiftsBack();
    }

    /** Follows all modes lag by lag. */
    private void addExactLags(ModeResponses responses, int lags, int block) {
        double[] squaredSizes = new double[spectrum.modes()];
        for (int mode = 0; mode < squaredSizes.length; mode++) {
            squaredSizes[mode] = spectrum.values()[mode] + spectrum.error();
        }
        for (int from = 0; from < lags; from += block) {
            int count = Math.min(block, lags - from);
            responses.advance(count);
            ModeResponses.Largest storage = responses.storage().largest(squaredSizes);
            ModeResponses.Largest gradient =
                    responses.alike() ? storage : responses.gradient().largest(squaredSizes);
            for (int lag = 0; lag < count; lag++) {
                double state = Math.max(
                        storage.state[lag] + liftedError * storage.lift[lag],
                        gradient.state[lag] + liftedError * gradient.lift[lag]);
                double weightedLift = Math.max(storage.weightedLift[lag], gradient.weightedLift[lag]);
                add(1, state, weightedLift, gradient.modes[lag], gradient.weightedModes[lag]);
            }
            for (int mode = 0; mode < sumsOfModes.length; mode++) {
                sumsOfModes[mode] += responses.gradient().sum(mode);
            }
        }
    }

    /**
     * Adds so many lags with the same largest norms.
     *
     * @param state of the state, K_k
     * @param weightedLift max_j √(λ_j + ε)|b_kj|
     * @param ofModes max_j |G_kj|, velocity included
     * @param weightedModes max_j √(λ_j + ε)|G_kj|, velocity included
     */
    private void add(double lags, double state, double weightedLift, double ofModes, double weightedModes) {
        if (spectrum.exampleSide()) {
            liftOfState += lags * weightedLift;
            liftOfResidual += lags * effectiveStep * ofModes;
        }
        largest = Math.max(largest, state);
        ofState += lags * state;
        ofResidual += lags * effectiveStep * weightedModes;
    }

    /** Adds all lags after the exact ones, from where the responses are. */
    private void addTail(ModeResponses responses, LinearMethod optimizer, int lags) {
        LongTail tail = new LongTail(optimizer, lags);
        Tail ofStorage = new Tail(responses.storage(), tail, optimizer, lags);
        Tail ofGradient = responses.alike() ? ofStorage : new Tail(responses.gradient(), tail, optimizer, lags);
        for (int mode = 0; mode < sumsOfModes.length; mode++) {
            sumsOfModes[mode] += lags * ofGradient.pairs[mode];
        }
        add(
                lags,
                Math.max(ofStorage.state, ofGradient.state),
                Math.max(ofStorage.weightedLift, ofGradient.weightedLift),
                ofGradient.mode,
                ofGradient.weightedMode);
    }

    /** Bounds on the norms of one response at all lags after the exact ones. */
    private final class Tail {
        /** Of the pair in each mode. */
        private final double[] pairs = new double[spectrum.modes()];

        private final double state;
        private double mode;
        private double weightedMode;
        private double weightedLift;

        Tail(ModeResponses.Response response, LongTail tail, LinearMethod optimizer, int lags) {
            double decay = optimizer.learningRate() * optimizer.weightDecay();
            double kept = spectrum.exampleSide() ? response.keptAfter(tail) : 0;
            double pair = kept;
            double lift = 0;
            for (int j = 0; j < pairs.length; j++) {
                double lambda = spectrum.values()[j];
                double root = Math.sqrt(lambda + spectrum.error());
                double growth = tail.growth(effectiveStep * lambda + decay);
                pairs[j] = growth * response.inModeAfter(tail, j);
                pair = Math.max(pair, pairs[j]);
                mode = Math.max(mode, pairs[j]);
                weightedMode = Math.max(weightedMode, root * pairs[j]);
                if (spectrum.exampleSide()) {
                    double forced = response.liftAfter(tail, j) + lags * effectiveStep * tail.ofForce() * kept;
                    double ofMode = Math.min(growth * forced, (pairs[j] + kept) / lambda);
                    lift = Math.max(lift, ofMode);
                    weightedLift = Math.max(weightedLift, root * ofMode);
                }
            }
            state = pair + liftedError * lift;
        }
    }

    /** Proposition 4: the lift that an error leaves behind meets the error of the spectrum again. */
    private void feedLiftsBack() {
        double left = 1 - liftedError * liftOfResidual;
        if (left > 0) {
            ofState += ofResidual * liftedError * liftOfState / left;
            ofResidual /= left;
            liftOfResidual /= left;
            liftOfState /= left;
        } else {
            ofState = Double.POSITIVE_INFINITY;
        }
    }

    /** Bound on Σ ‖(response, of the velocity)‖ of a mode to the gradients of all steps; of long runs only. */
    double sumOfMode(int mode) {
        return sumsOfModes[mode];
    }

    /** Largest stray of a row whose every step errs by at most so much, errors of errors left out. */
    Stray firstOrder(double stateError, double residualError) {
        return new Stray(
                ofState * stateError + ofResidual * residualError,
                liftOfState * stateError + liftOfResidual * residualError);
    }

    /** Largest response to a unit error of one step, at least 1. */
    double largest() {
        return largest;
    }

    /** Relative error with which responses are evaluated in double precision. */
    double evaluationError() {
        return 64 * Rounding.UNIT * ofState * largest;
    }

    /**
     * Proposition 4: the largest stray with errors of errors.
     *
     * @param stateError L, largest error of a step on the exact path
     * @param residualError e, the same of the residual
     * @param growth ℓ_s, ℓ_g and ℓ_e, by which the errors of a step grow per unit of stray
     * @param gradientPrice what the error of the spectrum adds to ℓ_g
     */
    Stray smallGain(double stateError, double residualError, LocalErrors.Step growth, double gradientPrice) {
        double everyStep = growth.storage() + growth.gradientStep() + gradientPrice;
        double gain = firstOrder(everyStep, growth.residual()).state();
        double state = gain < 1 ? firstOrder(stateError, residualError).state() / (1 - gain) : Double.POSITIVE_INFINITY;
        double lift = firstOrder(stateError + everyStep * state, residualError + growth.residual() * state)
                .lift();
        return new Stray(state, lift);
    }
}
