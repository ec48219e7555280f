package org.idem.theory.rounding;

import org.idem.theory.arithmetic.Dots;
import org.idem.theory.design.Spectrum;
import org.idem.theory.output.TestDirections;

/**
 * Σ e_i·N_i(x) over errors e_i and responses N_i(x), bounded for every test input x at once.
 *
 * <p>With any positive numbers τ_i the Cauchy–Schwarz inequality bounds it by √(Σ e_i τ_i)·√(Σ e_i N_i(x)²/τ_i), an
 * equality if N_i(x) is proportional to τ_i; the second sum is one quadratic form in x. Source: proofs/rounding.md, §3.
 */
final class ErrorSums {
    /** Σ e_i·τ_i. */
    private double typicalSum;
    /** Σ e_i·ρ_i/τ_i. */
    private double lengthWeight;
    /** Σ e_i·w_ij/τ_i, one for each mode. */
    private final double[] modeWeights;
    /** Σ e_i·|w_ij|/τ_i, one for each mode; filled in where signs are mixed. */
    private final double[] absoluteWeights;
    /** Whether some w_ij may be negative: on the example side those of lifted errors are. */
    private final boolean mixedSigns;
    /** Σ e_i times the largest possible response, up to a constant. */
    private double largestSum;

    private int terms;
    /** Errors in the order of their lags, one for each lag of a block. */
    private final double[] errorsByLag;
    /** The same divided by τ, one for each lag of a block. */
    private final double[] dividedErrors;

    ErrorSums(Spectrum spectrum, int block) {
        mixedSigns = spectrum.exampleSide();
        modeWeights = new double[spectrum.modes()];
        absoluteWeights = new double[mixedSigns ? modeWeights.length : 0];
        errorsByLag = new double[block];
        dividedErrors = new double[block];
    }

    /**
     * Adds errors with their responses.
     *
     * @param responses at the lags of a block
     * @param errors one for each step
     * @param last step of the first lag; the others are those before
     * @param typical τ at each lag
     * @param largestResponse up to a constant
     */
    void add(LagWeights responses, double[] errors, int last, double[] typical, double largestResponse) {
        int count = responses.count();
        for (int lag = 0; lag < count; lag++) {
            errorsByLag[lag] = errors[last - lag];
            largestSum += largestResponse * errorsByLag[lag];
        }
        for (int lag = 0; lag < count; lag++) {
            dividedErrors[lag] = errorsByLag[lag] / typical[lag];
        }
        typicalSum += Dots.sum(errorsByLag, typical, count);
        lengthWeight += Dots.sum(dividedErrors, responses.lengthWeights(), count);
        terms += count;
        for (int mode = 0; mode < modeWeights.length; mode++) {
            modeWeights[mode] += Dots.sum(dividedErrors, responses.modeWeights(mode), count);
            if (mixedSigns) {
                absoluteWeights[mode] += Dots.sum(dividedErrors, responses.absoluteWeights(mode), count);
            }
        }
    }

    /** The bound for one test input, with the relative error of the responses' own evaluation. */
    double at(TestDirections tests, int test, double evaluationError) {
        double[] sizes = mixedSigns ? absoluteWeights : modeWeights;
        return Math.sqrt(typicalSum * tests.largestForm(test, lengthWeight, modeWeights, sizes, 8 * terms))
                + evaluationError * largestSum * tests.norm(test);
    }
}
