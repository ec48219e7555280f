package org.idem.theory.rounding;

import java.util.Arrays;
import org.idem.theory.design.Spectrum;

/**
 * The squared response of an output to one kind of error, for each lag of a block, as a quadratic form in the test
 * input: rest·‖x‖² + Σ weight_j·x_j² with x_j its coordinate in mode j. Source: proofs/rounding.md, §3.
 */
final class LagWeights {
    private final double[] eigenvalues;
    private final double spectrumError;
    private final boolean exampleSide;
    private final double[][] ofModes;
    private final double[] rests;
    private final double[] typical;
    private final double[][] absolute;
    private final double[] sizes;
    private double[][] sizesOfModes;
    private int count;

    /** For blocks of so many lags. */
    LagWeights(Spectrum spectrum, int block) {
        eigenvalues = spectrum.values();
        spectrumError = spectrum.error();
        exampleSide = spectrum.exampleSide();
        ofModes = new double[eigenvalues.length][block];
        absolute = new double[exampleSide ? eigenvalues.length : 0][block];
        sizesOfModes = ofModes;
        rests = new double[block];
        typical = new double[block];
        sizes = new double[block];
    }

    /** For a unit error of a row of parameters, in the worst direction. */
    void ofParameters(ModeResponses.Response response, int lags) {
        count = lags;
        sizesOfModes = exampleSide ? absolute : ofModes;
        double[] kept = response.rests();
        for (int lag = 0; lag < lags; lag++) {
            rests[lag] = exampleSide ? kept[lag] * kept[lag] : 0;
        }
        for (int mode = 0; mode < ofModes.length; mode++) {
            double[] weights = ofModes[mode];
            if (exampleSide) {
                double[] lifts = response.lifts(mode);
                double lambda = eigenvalues[mode] + spectrumError;
                for (int lag = 0; lag < lags; lag++) {
                    weights[lag] = lifts[lag] * (2 * kept[lag] + lambda * lifts[lag]);
                    absolute[mode][lag] = Math.abs(weights[lag]);
                }
            } else {
                setSquares(weights, 1, response.values(mode));
            }
        }
    }

    /** For a unit error of the residuals, given the response to the gradient and loss scale times learning rate. */
    void ofResidual(ModeResponses.Response gradient, double scale, int lags) {
        count = lags;
        sizesOfModes = ofModes;
        Arrays.fill(rests, 0);
        for (int mode = 0; mode < ofModes.length; mode++) {
            double factor = scale * scale * (exampleSide ? 1 : eigenvalues[mode] + spectrumError);
            setSquares(ofModes[mode], factor, gradient.values(mode));
        }
    }

    private void setSquares(double[] weights, double factor, double[] values) {
        for (int lag = 0; lag < count; lag++) {
            weights[lag] = factor * (values[lag] * values[lag]);
        }
    }

    /** Positive numbers close to the responses of a typical test input; any positive numbers are allowed. */
    double[] typical(TestDirections tests) {
        for (int lag = 0; lag < count; lag++) {
            typical[lag] = rests[lag] * tests.meanSquare();
            sizes[lag] = typical[lag];
        }
        for (int mode = 0; mode < ofModes.length; mode++) {
            double[] weights = ofModes[mode];
            double[] sizesOfMode = sizesOfModes[mode];
            double meanSquare = tests.meanSquare(mode);
            for (int lag = 0; lag < count; lag++) {
                typical[lag] += weights[lag] * meanSquare;
                sizes[lag] += sizesOfMode[lag] * meanSquare;
            }
        }
        for (int lag = 0; lag < count; lag++) {
            // where the terms cancel, nothing below their rounding is worth telling apart
            typical[lag] = Math.sqrt(Math.max(typical[lag], 0x1p-40 * sizes[lag]) + Double.MIN_NORMAL);
        }
        return typical;
    }

    int count() {
        return count;
    }

    /** The rest at each lag; live. */
    double[] rests() {
        return rests;
    }

    /** Weights of a mode at each lag; live. */
    double[] ofMode(int mode) {
        return ofModes[mode];
    }

    /** Their absolute values; live. */
    double[] sizesOfMode(int mode) {
        return sizesOfModes[mode];
    }
}
