package org.idem.theory;

import org.idem.theory.arithmetic.Rounding;

/**
 * Extrapolation of training with t, 2t, …, 2^{m−1}t gradient steps over one time to steps of length 0, and its
 * truncation error. Source: proofs/T1.flow.md.
 */
public final class Extrapolation {
    /** Terms of the error that are summed exactly before the rest is bounded. */
    private static final int EXACT_TERMS = 8;

    private Extrapolation() {}

    /**
     * Weights of the runs, coarsest first.
     *
     * @param runs m, from 1 to 16
     * @return w_i = ∏_{j≠i} 1/(1 − 2^{j−i}), correct to m roundings each; their sum is 1
     */
    public static double[] weights(int runs) {
        double[] weights = new double[runs];
        for (int i = 0; i < runs; i++) {
            weights[i] = 1;
            for (int j = 0; j < runs; j++) {
                weights[i] /= j == i ? 1 : 1 - Math.scalb(1.0, j - i);
            }
        }
        return weights;
    }

    /**
     * Bound on |Σ w_i (1 − x/(2^i t))^{2^i t} − exp(−x)|.
     *
     * @param x time times curvature, at least 0
     * @param steps t, number of steps of the coarsest run
     * @param runs m
     * @return the bound; infinite if a step is at least as long as the inverse curvature
     */
    public static double truncation(double x, int steps, int runs) {
        if (!(x < steps)) {
            return Double.POSITIVE_INFINITY;
        }
        double[] complete = new double[EXACT_TERMS];
        complete[0] = 1;
        double product = 1;
        double all = 1;
        for (int run = 0; run < runs; run++) {
            double step = x / Math.scalb((double) steps, run);
            product *= step;
            all /= 1 - step;
            for (int k = 1; k < EXACT_TERMS; k++) {
                complete[k] += step * complete[k - 1];
            }
        }
        double[] series = new double[runs + EXACT_TERMS];
        series[0] = Math.exp(-x);
        for (int k = 1; k < series.length; k++) {
            for (int j = 1; j <= k; j++) {
                series[k] -= x / k * j / (j + 1) * series[k - j];
            }
        }
        double sum = 0;
        double size = 0;
        double summed = 0;
        for (int j = 0; j < EXACT_TERMS; j++) {
            sum += series[runs + j] * complete[j];
            size += Math.abs(series[runs + j]) * complete[j];
            summed += complete[j];
        }
        double rest = Math.min(1, x) * Math.pow(2, -x) * (all - summed + Rounding.accumulated(64) * all);
        return product * (Math.abs(sum) + Rounding.accumulated(64) * (size + 1) + rest);
    }
}
