package org.idem.theory.rounding;

import java.util.Arrays;
import org.idem.theory.design.Spectrum;
import org.idem.theory.output.TestDirections;

/**
 * The squared response N_k(x)² of an output to one kind of error, k steps later, for each lag k of a block: a quadratic
 * form ρ_k·‖x‖² + Σ w_kj·x_j² in the test input x, with x_j its coordinate in mode j. Source: proofs/rounding.md, §3.
 */
final class LagWeights {
    /** λ_j, one for each mode. */
    private final double[] eigenvalues;

    private final double spectrumError;
    private final boolean exampleSide;
    /** ρ_k, one for each lag. */
    private final double[] lengthWeights;
    /** w_kj, modes × lags. */
    private final double[][] modeWeights;
    /** |w_kj|, modes × lags; filled in where signs are mixed. */
    private final double[][] absoluteWeights;
    /** τ_k, one for each lag. */
    private final double[] typical;
    /** What τ_k² would be if all its terms were positive, one for each lag. */
    private final double[] typicalSizes;
    /** Whether some w_kj may be negative: those of lifted errors. */
    private boolean mixedSigns;

    private int count;

    /** For blocks of so many lags. */
    LagWeights(Spectrum spectrum, int block) {
        eigenvalues = spectrum.values();
        spectrumError = spectrum.error();
        exampleSide = spectrum.exampleSide();
        modeWeights = new double[eigenvalues.length][block];
        absoluteWeights = new double[exampleSide ? eigenvalues.length : 0][block];
        lengthWeights = new double[block];
        typical = new double[block];
        typicalSizes = new double[block];
    }

    /** For a unit error of a row of parameters, in the worst direction. */
    void ofParameters(ModeResponses.Response response, int lags) {
        count = lags;
        mixedSigns = exampleSide;
        double[] kept = response.kept();
        for (int lag = 0; lag < lags; lag++) {
            lengthWeights[lag] = exampleSide ? kept[lag] * kept[lag] : 0;
        }
        for (int mode = 0; mode < modeWeights.length; mode++) {
            if (exampleSide) {
                setLifted(mode, kept, response.lift(mode));
            } else {
                setSquares(modeWeights[mode], 1, response.inMode(mode));
            }
        }
    }

    /** For a unit error of the residuals, given the response to the gradient and ηc. */
    void ofResidual(ModeResponses.Response gradient, double effectiveStep, int lags) {
        count = lags;
        mixedSigns = false;
        Arrays.fill(lengthWeights, 0);
        for (int mode = 0; mode < modeWeights.length; mode++) {
            double factor = effectiveStep * effectiveStep * (exampleSide ? 1 : eigenvalues[mode] + spectrumError);
            setSquares(modeWeights[mode], factor, gradient.inMode(mode));
        }
    }

    /** b_k(2z_k + (λ_j + ε)b_k) of Proposition 2. */
    private void setLifted(int mode, double[] kept, double[] lift) {
        double lambda = eigenvalues[mode] + spectrumError;
        for (int lag = 0; lag < count; lag++) {
            double weight = lift[lag] * (2 * kept[lag] + lambda * lift[lag]);
            modeWeights[mode][lag] = weight;
            absoluteWeights[mode][lag] = Math.abs(weight);
        }
    }

    private void setSquares(double[] weights, double factor, double[] responses) {
        for (int lag = 0; lag < count; lag++) {
            weights[lag] = factor * (responses[lag] * responses[lag]);
        }
    }

    /**
     * The typical responses τ_k, positive numbers close to the root mean square of N_k over the test inputs; any
     * positive numbers are allowed. One for each lag, until the next call.
     */
    double[] typical(TestDirections tests) {
        for (int lag = 0; lag < count; lag++) {
            typical[lag] = lengthWeights[lag] * tests.meanSquare();
            typicalSizes[lag] = typical[lag];
        }
        for (int mode = 0; mode < modeWeights.length; mode++) {
            double[] weights = modeWeights[mode];
            double[] sizes = absoluteWeights(mode);
            double meanSquare = tests.meanSquare(mode);
            for (int lag = 0; lag < count; lag++) {
                typical[lag] += weights[lag] * meanSquare;
                typicalSizes[lag] += sizes[lag] * meanSquare;
            }
        }
        for (int lag = 0; lag < count; lag++) {
            // where the terms cancel, nothing below their rounding is worth telling apart
            typical[lag] = Math.sqrt(Math.max(typical[lag], 0x1p-40 * typicalSizes[lag]) + Double.MIN_NORMAL);
        }
        return typical;
    }

    int count() {
        return count;
    }

    /** ρ_k at each lag; live. */
    double[] lengthWeights() {
        return lengthWeights;
    }

    /** w_kj of a mode at each lag; live. */
    double[] modeWeights(int mode) {
        return modeWeights[mode];
    }

    /** |w_kj| of a mode at each lag; live. */
    double[] absoluteWeights(int mode) {
        return mixedSigns ? absoluteWeights[mode] : modeWeights[mode];
    }
}
