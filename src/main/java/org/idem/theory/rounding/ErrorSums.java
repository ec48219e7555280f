package org.idem.theory.rounding;

import org.idem.theory.arithmetic.Dots;
import org.idem.theory.design.Spectrum;

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

    private final double[] inOrder;
    private final double[] factors;
    private int terms;
    private double rest;
    private double weighted;
    private double plain;

    ErrorSums(Spectrum spectrum, int block) {
        ofMode = new double[spectrum.modes()];
        sizes = spectrum.exampleSide() ? new double[ofMode.length] : ofMode;
        inOrder = new double[block];
        factors = new double[block];
    }

    /**
     * Adds errors with their responses.
     *
     * @param responses at the lags of a block
     * @param errors one for each step
     * @param last step of the first lag; the others are those before
     * @param typical the number w at each lag
     * @param size largest possible response, up to a constant
     */
    void add(LagWeights responses, double[] errors, int last, double[] typical, double size) {
        int count = responses.count();
        for (int lag = 0; lag < count; lag++) {
            inOrder[lag] = errors[last - lag];
            plain += size * inOrder[lag];
        }
        for (int lag = 0; lag < count; lag++) {
            factors[lag] = inOrder[lag] / typical[lag];
        }
        weighted += Dots.sum(inOrder, typical, count);
        rest += Dots.sum(factors, responses.rests(), count);
        terms += count;
        for (int mode = 0; mode < ofMode.length; mode++) {
            ofMode[mode] += Dots.sum(factors, responses.ofMode(mode), count);
            if (sizes != ofMode) {
                sizes[mode] += Dots.sum(factors, responses.sizesOfMode(mode), count);
            }
        }
    }

    /** The bound for one test input, with the relative error of the responses' own evaluation. */
    double at(TestDirections tests, int test, double evaluationError) {
        return Math.sqrt(weighted * tests.largestForm(test, rest, ofMode, sizes, 8 * terms))
                + evaluationError * plain * tests.norm(test);
    }
}
