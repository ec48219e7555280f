package org.idem.theory;

import org.idem.network.Optimizer;

/**
 * Sums over all lags of the largest responses to errors of one step, and the small-gain argument that turns bounds on
 * exact steps into bounds on computed ones.
 *
 * <p>The state of a row is the pair (parameters, learning rate times velocity). Source: proofs/rounding.md, §5.
 */
final class ResponseSums {
    /**
     * Largest straying of the state, and of its coordinates in the space of examples; infinite if nothing bounds it.
     */
    record Closure(double state, double lift) {}

    private final ModeResponses responses;
    private final double spectrumError;
    private double ofState;
    private double ofResidual;
    private double liftOfState;
    private double liftOfResidual;
    private double largest = 1;

    ResponseSums(Optimizer optimizer, double lossScale, Spectrum spectrum, int steps) {
        boolean exampleSide = spectrum.exampleSide();
        spectrumError = exampleSide ? spectrum.error() : 0;
        double scale = optimizer.learningRate() * lossScale;
        int modes = spectrum.modes();
        double[] squares = new double[modes];
        for (int mode = 0; mode < modes; mode++) {
            squares[mode] = spectrum.values()[mode] + spectrum.error();
        }
        int block = ModeRun.block(steps);
        responses = new ModeResponses(optimizer, lossScale, spectrum, block);
        for (int from = 0; from < steps; from += block) {
            int count = Math.min(block, steps - from);
            responses.advance(count);
            ModeResponses.Largest storage = responses.storage().largest(squares);
            ModeResponses.Largest gradient = responses.gradient() == responses.storage()
                    ? storage
                    : responses.gradient().largest(squares);
            for (int lag = 0; lag < count; lag++) {
                double here = Math.max(
                        storage.state[lag] + 2 * spectrumError * storage.lift[lag],
                        gradient.state[lag] + 2 * spectrumError * gradient.lift[lag]);
                if (exampleSide) {
                    liftOfState += Math.max(storage.weightedLift[lag], gradient.weightedLift[lag]);
                    liftOfResidual += scale * gradient.modes[lag];
                }
                largest = Math.max(largest, here);
                ofState += here;
                ofResidual += scale * gradient.weightedModes[lag];
            }
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
