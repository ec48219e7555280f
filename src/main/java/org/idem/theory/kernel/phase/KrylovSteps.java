package org.idem.theory.kernel.phase;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gradient descent a ← a + η(y − Ka) from a = 0 with η = 1/λmax(K), in the space that y, Ky, K²y, … span, where K is
 * tridiagonal (Lanczos, with full orthogonalisation). The space grows until what it lacks cannot change a by more than
 * a stated share.
 *
 * <p>With V the basis and K V = V T + β v eᵀ, the steps of V·a differ from those of K by ηβ|a_m| each, and no step
 * enlarges a difference because 0 ≤ ηK ≤ 1: the sum of these numbers over all steps bounds the error. Source:
 * proofs/kernel.md, section 6.
 */
final class KrylovSteps {
    /** Largest change of λmax·a, relative to y. */
    static final double ERROR = 1e-10;

    private static final int FIRST = 24;

    /** Enough vectors for λmax to the last digits but a few: other eigenvalues lie well below it. */
    private static final int FOR_LARGEST = 48;

    private final double[][] kernel;
    private final double[][] basis;
    private final double[] diagonal;
    private final double[] beside;
    private final double size;
    private int length;

    /**
     * What some steps leave.
     *
     * @param dual a, one number for each entry of y, in the kernel's inverse unit
     * @param missing ‖y − Ka‖, in the unit of y
     */
    record State(double[] dual, double missing) {}

    private KrylovSteps(double[][] kernel, double[] y) {
        this.kernel = kernel;
        basis = new double[y.length][];
        diagonal = new double[y.length];
        beside = new double[y.length];
        size = norm(y);
        double[] first = y.clone();
        scale(first, 1 / size);
        basis[0] = first;
    }

    /**
     * The states after numbers of steps.
     *
     * @param kernel its rows: symmetric, positive semidefinite up to rounding
     * @param y as many numbers as rows
     * @param largest λmax of the kernel
     * @param steps ascending, at least 0
     */
    static State[] of(double[][] kernel, double[] y, double largest, int... steps) {
        if (norm(y) == 0) {
            State[] nothing = new State[steps.length];
            Arrays.fill(nothing, new State(new double[y.length], 0));
            return nothing;
        }
        KrylovSteps space = new KrylovSteps(kernel, y);
        for (int wanted = FIRST; ; wanted = wanted * 3 / 2) {
            space.grow(Math.min(wanted, y.length));
            State[] states = space.walk(largest, steps);
            if (states != null) {
                return states;
            }
        }
    }

    /** Adds vectors to the basis up to a number, or until nothing new comes. */
    private void grow(int wanted) {
        while (length < wanted && (length == 0 || basis[length] != null)) {
            double[] next = times(basis[length]);
            for (int pass = 0; pass < 2; pass++) {
                for (int i = length; i >= 0; i--) {
                    double share = dot(next, basis[i]);
                    diagonal[length] += i == length ? share : 0;
                    add(next, -share, basis[i]);
                }
            }
            beside[length] = norm(next);
            length++;
            boolean more = length < basis.length && beside[length - 1] > 1e-14 * Math.abs(diagonal[0]);
            if (more) {
                scale(next, 1 / beside[length - 1]);
                basis[length] = next;
            } else {
                beside[length - 1] = 0;
            }
        }
    }

    /** Steps in the space; null if what it lacks may change the result. */
    private State @Nullable [] walk(double largest, int... steps) {
        State[] states = new State[steps.length];
        double[] at = new double[length];
        double[] missing = new double[length];
        double rate = largest > 0 ? 1 / largest : 0;
        double lost = 0;
        int next = 0;
        for (int step = 0; next < steps.length; step++) {
            missing(at, missing);
            while (next < steps.length && steps[next] == step) {
                states[next++] = new State(back(at), norm(missing));
            }
            lost += beside[length - 1] * Math.abs(at[length - 1]);
            if (lost > ERROR * size) {
                return null;
            }
            add(at, rate, missing);
        }
        return states;
    }

    /** ‖y‖e − Ta. */
    private void missing(double[] at, double[] missing) {
        for (int i = 0; i < length; i++) {
            double sum = diagonal[i] * at[i];
            if (i > 0) {
                sum += beside[i - 1] * at[i - 1];
            }
            if (i + 1 < length) {
                sum += beside[i] * at[i + 1];
            }
            missing[i] = (i == 0 ? size : 0) - sum;
        }
    }

    private double[] back(double[] at) {
        double[] dual = new double[basis[0].length];
        for (int i = 0; i < length; i++) {
            add(dual, at[i], basis[i]);
        }
        return dual;
    }

    /** Of T, by bisection with Sturm's sequence; at least 0. */
    private double largestEigenvalue() {
        double low = 0;
        double high = 0;
        for (int i = 0; i < length; i++) {
            double reach = Math.abs(diagonal[i]) + (i > 0 ? beside[i - 1] : 0) + (i + 1 < length ? beside[i] : 0);
            high = Math.max(high, reach);
        }
        for (int i = 0; i < 100 && high - low > Math.ulp(high); i++) {
            double middle = low + (high - low) / 2;
            if (someBeyond(middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private boolean someBeyond(double bound) {
        double pivot = 1;
        for (int i = 0; i < length; i++) {
            double square = i == 0 ? 0 : beside[i - 1] * beside[i - 1];
            pivot = diagonal[i] - bound - (square == 0 ? 0 : square / pivot);
            if (pivot >= 0) {
                return true;
            }
        }
        return false;
    }

    /** λmax of a kernel, whose rows these are. */
    static double largest(double[][] kernel) {
        double[] start = new double[kernel.length];
        for (int i = 0; i < start.length; i++) {
            // no symmetry of an image leaves these numbers as they are
            start[i] = 1 + 0.618 * i % 1;
        }
        KrylovSteps space = new KrylovSteps(kernel, start);
        space.grow(Math.min(FOR_LARGEST, start.length));
        return space.largestEigenvalue();
    }

    /** Sums run along rows, as the kernel is symmetric and such loops become vector instructions. */
    private double[] times(double[] vector) {
        double[] product = new double[vector.length];
        for (int row = 0; row < vector.length; row++) {
            add(product, vector[row], kernel[row]);
        }
        return product;
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    private static double norm(double[] vector) {
        return Math.sqrt(dot(vector, vector));
    }

    private static void add(double[] sum, double factor, double[] other) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * other[i];
        }
    }

    private static void scale(double[] vector, double factor) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= factor;
        }
    }
}
