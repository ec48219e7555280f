package org.idem.theory;

/**
 * Σ e_i·N_i(x) over errors e_i and responses N_i(x), bounded for every test input x at once.
 *
 * <p>With any positive numbers w_i the Cauchy–Schwarz inequality bounds it by √(Σ e_i w_i)·√(Σ e_i N_i(x)²/w_i), an
 * equality if N_i(x) is proportional to w_i; the second sum is one quadratic form in x. Source: proofs/rounding.md, §3.
 */
final class ErrorSums {
    private final double[] ofMode;
    /** Sums of the sizes of the terms; the sums themselves where no term is negative. */
    private final double[] sizes;

    private int terms;
    private double rest;
    private double weighted;
    private double plain;

    ErrorSums(Spectrum spectrum) {
        ofMode = new double[spectrum.modes()];
        sizes = spectrum.exampleSide() ? new double[ofMode.length] : ofMode;
    }

    /** Adds an error with its response, the number w for it, and its largest possible response up to a constant. */
    void add(LagWeights response, double error, double typical, double size) {
        if (error == 0) {
            return;
        }
        double factor = error / typical;
        terms++;
        weighted += error * typical;
        plain += error * size;
        rest += factor * response.rest();
        double[] weights = response.ofMode();
        for (int mode = 0; mode < ofMode.length; mode++) {
            ofMode[mode] += factor * weights[mode];
        }
        for (int mode = 0; sizes != ofMode && mode < sizes.length; mode++) {
            sizes[mode] += factor * Math.abs(weights[mode]);
        }
    }

    /** The bound for one test input, with the relative error of the responses' own evaluation. */
    double at(TestDirections tests, int test, double evaluationError) {
        return Math.sqrt(weighted * tests.largestForm(test, rest, ofMode, sizes, 8 * terms))
                + evaluationError * plain * tests.norm(test);
    }
}
