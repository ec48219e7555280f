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
     * Largest straying of the state, and of its coordinates in the space of examples; infinite if nothing bounds it.
     */
    record Closure(double state, double lift) {}

    /** Lags that are followed one by one in every run. */
    public static final int EXACT = 1 << 14;

    /** Lags that are followed at most, and of all modes together; tenths of a second. */
    private static final int MOST = 1 << 17;

    private static final int AFFORDABLE = 1 << 22;

    private final ModeResponses responses;
    private final Spectrum spectrum;
    private final double spectrumError;
    private final double scale;
    private final double[] sumsOfModes;
    private double ofState;
    private double ofResidual;
    private double liftOfState;
    private double liftOfResidual;
    private double largest = 1;

    /** Of so many steps; all lags after those that are affordable are bounded together. */
    ResponseSums(LinearMethod optimizer, double lossScale, Spectrum spectrum, int steps) {
        this.spectrum = spectrum;
        spectrumError = spectrum.exampleSide() ? spectrum.error() : 0;
        scale = optimizer.learningRate() * lossScale;
        int modes = spectrum.modes();
        double[] squares = new double[modes];
        for (int mode = 0; mode < modes; mode++) {
            squares[mode] = spectrum.values()[mode] + spectrum.error();
        }
        int exact = Math.min(steps, Math.max(EXACT, Math.min(MOST, AFFORDABLE / Math.max(1, modes))));
        int block = ModeRun.block(exact);
        sumsOfModes = new double[steps > EXACT ? modes : 0];
        responses = new ModeResponses(optimizer, lossScale, spectrum, block);
        for (int from = 0; from < exact; from += block) {
            int count = Math.min(block, exact - from);
            responses.advance(count);
            ModeResponses.Largest storage = responses.storage().largest(squares);
            ModeResponses.Largest gradient = responses.gradient() == responses.storage()
                    ? storage
                    : responses.gradient().largest(squares);
            for (int lag = 0; lag < count; lag++) {
                double here = Math.max(
                        storage.state[lag] + 2 * spectrumError * storage.lift[lag],
                        gradient.state[lag] + 2 * spectrumError * gradient.lift[lag]);
                add(
                        1,
                        here,
                        Math.max(storage.weightedLift[lag], gradient.weightedLift[lag]),
                        gradient.modes[lag],
                        gradient.weightedModes[lag]);
            }
            for (int mode = 0; mode < sumsOfModes.length; mode++) {
                sumsOfModes[mode] += responses.gradient().sum(mode);
            }
        }
        if (steps > exact) {
            addTail(optimizer, steps - exact);
        }
        // the lift that an error leaves behind meets the error of the spectrum again
        double again = 1 - spectrumError * liftOfResidual;
        if (again > 0) {
            ofState += ofResidual * spectrumError * liftOfState / again;
            ofResidual /= again;
            liftOfResidual /= again;
            liftOfState /= again;
        } else {
            ofState = Double.POSITIVE_INFINITY;
        }
    }

    /** So many lags with these largest norms. */
    private void add(double lags, double state, double weightedLift, double ofModes, double weightedModes) {
        if (spectrum.exampleSide()) {
            liftOfState += lags * weightedLift;
            liftOfResidual += lags * scale * ofModes;
        }
        largest = Math.max(largest, state);
        ofState += lags * state;
        ofResidual += lags * scale * weightedModes;
    }

    /** All lags after the exact ones, from where the responses are. */
    private void addTail(LinearMethod optimizer, int lags) {
        LongTail tail = new LongTail(optimizer, lags);
        double decay = optimizer.learningRate() * optimizer.weightDecay();
        double state = 0;
        double weightedLift = 0;
        double ofModes = 0;
        double weightedModes = 0;
        for (ModeResponses.Response response :
                new ModeResponses.Response[] {responses.storage(), responses.gradient()}) {
            boolean gradient = response == responses.gradient();
            double rest = spectrum.exampleSide() ? response.restAfter(tail) : 0;
            double lift = 0;
            double pair = rest;
            for (int mode = 0; mode < spectrum.modes(); mode++) {
                double lambda = spectrum.values()[mode];
                double root = Math.sqrt(lambda + spectrum.error());
                double growth = tail.growth(scale * lambda + decay);
                double value = growth * response.valueAfter(tail, mode);
                pair = Math.max(pair, value);
                if (spectrum.exampleSide()) {
                    double kept = response.liftAfter(tail, mode) + lags * scale * tail.ofForce() * rest;
                    double ofMode = Math.min(growth * kept, (value + rest) / lambda);
                    lift = Math.max(lift, ofMode);
                    weightedLift = Math.max(weightedLift, root * ofMode);
                }
                if (gradient) {
                    ofModes = Math.max(ofModes, value);
                    weightedModes = Math.max(weightedModes, root * value);
                    sumsOfModes[mode] += lags * value;
                }
            }
            state = Math.max(state, pair + 2 * spectrumError * lift);
        }
        add(lags, state, weightedLift, ofModes, weightedModes);
    }

    /** Bound on Σ ‖(response, of the velocity)‖ of a mode to the gradients of all steps; of long runs only. */
    double sumOfMode(int mode) {
        return sumsOfModes[mode];
    }

    /** The responses that were summed, at the last block of lags. */
    ModeResponses responses() {
        return responses;
    }

    /** Largest straying of a state whose every step errs by at most so much, errors of errors left out. */
    Closure stray(double stateError, double residualError) {
        return new Closure(
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

    /** Closes the argument for given largest errors on the exact path and their growth per unit of straying. */
    Closure close(double stateError, double residualError, LocalErrors.Step growth, double extraGrowth) {
        double everyStep = growth.storage() + growth.gradientStep() + extraGrowth;
        double gain = stray(everyStep, growth.residual()).state();
        double state = gain < 1 ? stray(stateError, residualError).state() / (1 - gain) : Double.POSITIVE_INFINITY;
        double lift = stray(stateError + everyStep * state, residualError + growth.residual() * state)
                .lift();
        return new Closure(state, lift);
    }
}
