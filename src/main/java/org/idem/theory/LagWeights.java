package org.idem.theory;

/**
 * The squared response of an output to one kind of error some steps before the end, as a quadratic form in the test
 * input: rest·‖x‖² + Σ weight_j·x_j² with x_j its coordinate in mode j. Source: proofs/rounding.md, §3.
 */
final class LagWeights {
    private final double[] eigenvalues;
    private final double spectrumError;
    private final boolean exampleSide;
    private final double[] ofMode;
    private double rest;

    LagWeights(Spectrum spectrum) {
        eigenvalues = spectrum.values();
        spectrumError = spectrum.error();
        exampleSide = spectrum.exampleSide();
        ofMode = new double[eigenvalues.length];
    }

    /** For a unit error of a row of parameters, in the worst direction. */
    void ofParameters(ModeResponses.Response response) {
        rest = exampleSide ? response.rest() * response.rest() : 0;
        for (int mode = 0; mode < ofMode.length; mode++) {
            double lift = response.lift[mode];
            double value = response.value[mode];
            ofMode[mode] = exampleSide
                    ? lift * (2 * response.rest() + (eigenvalues[mode] + spectrumError) * lift)
                    : value * value;
        }
    }

    /** For a unit error of the residuals, given the response to the gradient and loss scale times learning rate. */
    void ofResidual(ModeResponses.Response gradient, double scale) {
        rest = 0;
        for (int mode = 0; mode < ofMode.length; mode++) {
            double value = scale * gradient.value[mode];
            ofMode[mode] = value * value * (exampleSide ? 1 : eigenvalues[mode] + spectrumError);
        }
    }

    /** A positive number close to the response of a typical test input; any positive number is allowed. */
    double typical(TestDirections tests) {
        double square = rest * tests.meanSquare();
        double least = square;
        for (int mode = 0; mode < ofMode.length; mode++) {
            double term = ofMode[mode] * tests.meanSquare(mode);
            square += term;
            least += Math.abs(term);
        }
        // where the terms cancel, nothing below their rounding is worth telling apart
        return Math.sqrt(Math.max(square, 0x1p-40 * least) + Double.MIN_NORMAL);
    }

    double rest() {
        return rest;
    }

    double[] ofMode() {
        return ofMode;
    }
}
