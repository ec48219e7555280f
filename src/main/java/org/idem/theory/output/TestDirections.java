package org.idem.theory.output;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.design.Spectrum;
import org.jspecify.annotations.Nullable;

/**
 * Test inputs seen from the modes of a spectrum: x_j = p_j·Xᵀx on the example side, x_j = u_j·x on the parameter side.
 *
 * <p>Where these coordinates would cost too much, only the norms of the inputs are kept and the worst direction is
 * assumed. Source: proofs/rounding.md, §3.
 */
public final class TestDirections {
    /** Multiplications that coordinates may cost; a second or two. */
    private static final double CHEAP = 0x1p31;

    private final Spectrum spectrum;
    /** ‖x‖, one for each test input. */
    private final double[] norms;
    /** Bound on the error of any coordinate, one for each test input. */
    private final double[] errors;

    private final double meanSquare;
    /** x_j, modes × tests, or null if only norms are kept. */
    private final @Nullable DMatrixRMaj coordinates;
    /** Mean of x_j² over the test inputs, one for each mode. */
    private final double[] meanSquares;

    /**
     * Whether coordinates of so many test inputs cost little.
     *
     * @param problem whose modes they are seen from
     * @param tests number of test inputs
     * @return whether they take a second or two at most
     */
    public static boolean affordable(LeastSquares problem, double tests) {
        double modes = problem.spectrum().modes();
        return tests * modes * (modes + (problem.spectrum().exampleSide() ? problem.design().numRows : 0)) <= CHEAP;
    }

    /**
     * Looks at test inputs.
     *
     * @param problem whose modes they are seen from
     * @param columns test inputs, d × m
     * @param exact whether to work out coordinates; only norms are kept otherwise
     */
    public TestDirections(LeastSquares problem, DMatrixRMaj columns, boolean exact) {
        spectrum = problem.spectrum();
        DMatrixRMaj design = problem.design();
        int modes = spectrum.modes();
        norms = Rounding.columnNorms(columns);
        errors = new double[norms.length];
        double squares = 0;
        for (double norm : norms) {
            squares += norm * norm / Math.max(1, norms.length);
        }
        meanSquare = squares;
        boolean exampleSide = spectrum.exampleSide();
        meanSquares = new double[modes];
        if (!exact) {
            coordinates = null;
            for (int mode = 0; mode < modes; mode++) {
                meanSquares[mode] = meanSquare * (exampleSide ? spectrum.values()[mode] : 1) / design.numRows;
            }
            return;
        }
        DMatrixRMaj onSide = exampleSide ? CommonOps_DDRM.multTransA(design, columns, null) : columns;
        coordinates = CommonOps_DDRM.multTransA(spectrum.basis(), onSide, null);
        double designNorm = exampleSide ? Math.sqrt(problem.squaredNorm()) : 1;
        double relative = designNorm * (Rounding.accumulated(design.numRows + modes + 2) + 2 * spectrum.skewness());
        for (int test = 0; test < norms.length; test++) {
            errors[test] = relative * norms[test];
        }
        for (int mode = 0; mode < modes; mode++) {
            for (int test = 0; test < norms.length; test++) {
                double coordinate = coordinates.get(mode, test);
                // with its error, so that a coordinate of 0 is not told apart from its rounding
                meanSquares[mode] += (coordinate * coordinate + errors[test] * errors[test]) / norms.length;
            }
        }
    }

    /**
     * Number of test inputs.
     *
     * @return m
     */
    public int count() {
        return norms.length;
    }

    /**
     * Euclidean norm of a test input.
     *
     * @param test which, from 0
     * @return ‖x‖
     */
    public double norm(int test) {
        return norms[test];
    }

    /**
     * Mean of ‖x‖² over the test inputs.
     *
     * @return 0 without test inputs
     */
    public double meanSquare() {
        return meanSquare;
    }

    /**
     * Mean of x_j² over the test inputs, or a guess of it.
     *
     * @param mode j, from 0
     * @return a guess where only norms are kept
     */
    public double meanSquare(int mode) {
        return meanSquares[mode];
    }

    /**
     * Upper bound of the quadratic form ρ‖x‖² + Σ weight_j·x_j², at least 0.
     *
     * @param test which test input
     * @param lengthWeight ρ, not negative
     * @param weights one for each mode; negative only on the example side
     * @param sizes sums of the sizes of the terms that the weights were added up from
     * @param operations roundings of a weight
     * @return the bound
     */
    public double largestForm(int test, double lengthWeight, double[] weights, double[] sizes, int operations) {
        double own = lengthWeight * norms[test] * norms[test];
        double rounding = Rounding.accumulated(operations + weights.length + 16);
        if (coordinates == null) {
            double square = norms[test] * norms[test];
            return own * (1 + rounding) + square * (largest(weights) + rounding * largest(sizes));
        }
        double sum = own;
        double size = own;
        double slack = 0;
        for (int mode = 0; mode < weights.length; mode++) {
            double coordinate = Math.abs(coordinates.get(mode, test));
            double square = coordinate * coordinate;
            sum += weights[mode] * square;
            size += sizes[mode] * square;
            slack += sizes[mode] * errors[test] * (2 * coordinate + errors[test]);
        }
        return Math.max(0, sum) + slack + rounding * size;
    }

    /** Largest Σ weight_j·x_j² over test inputs of norm 1. */
    private double largest(double[] weights) {
        double largest = 0;
        for (int mode = 0; mode < weights.length; mode++) {
            double size = spectrum.exampleSide() ? spectrum.values()[mode] + spectrum.error() : 1;
            largest = Math.max(largest, weights[mode] * size);
        }
        return largest;
    }

    /**
     * Upper bound of Σ weight_j·|x_j|.
     *
     * @param test which test input, from 0
     * @param weights one for each mode, not negative
     * @return the bound
     */
    public double largestSum(int test, double[] weights) {
        double sum = 0;
        if (coordinates == null) {
            for (int mode = 0; mode < weights.length; mode++) {
                double size = spectrum.exampleSide() ? spectrum.values()[mode] + spectrum.error() : 1;
                sum += size * weights[mode] * weights[mode];
            }
            return norms[test] * Math.sqrt(sum);
        }
        for (int mode = 0; mode < weights.length; mode++) {
            sum += weights[mode] * (Math.abs(coordinates.get(mode, test)) + errors[test]);
        }
        return sum;
    }

    /**
     * Upper bound of ‖Xᵀx‖, the length of all coordinates together; on the parameter side of ‖x‖.
     *
     * @param test which test input, from 0
     * @return the bound
     */
    public double lengthOnExamples(int test) {
        double most = spectrum.exampleSide() ? spectrum.designNorm() : 1;
        if (coordinates == null) {
            return most * norms[test];
        }
        double squares = 0;
        for (int mode = 0; mode < coordinates.numRows; mode++) {
            double coordinate = Math.abs(coordinates.get(mode, test)) + errors[test];
            squares += coordinate * coordinate;
        }
        return Math.sqrt(squares);
    }
}
