package org.idem.theory.law;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Laplace transform L(p) = E e^(−pQ) = ∏_j (1 + 2pw_j)^(−ν_j/2) · exp(−λ_j p w_j/(1 + 2pw_j)) of the sum Q of
 * independent terms w_j χ²(ν_j, λ_j).
 *
 * <p>Weights are divided by the largest, so the singularities lie in (−∞, −½]. Terms of equal weight are one term whose
 * ν and λ are sums; terms are kept in the order of ν, because one logarithm serves all factors of equal power.
 */
final class QuadraticFormTransform {
    private static final double HUGE = 1e120;

    private final double unit;
    /** The different weights w_j over the largest, in the order of their degrees. */
    private final double[] weights;
    /** Number of terms with each weight. */
    private final int[] degrees;
    /** Sum of λ_j over the terms with each weight. */
    private final double[] noncentralities;

    private final int totalDegrees;

    /**
     * Weights at least 0, at least one of them positive; λ_j = s_j², one for each weight. Both arrays are only read.
     */
    QuadraticFormTransform(double[] terms, double[] shiftsSquared) {
        unit = Arrays.stream(terms).max().orElseThrow();
        int[] order = IntStream.range(0, terms.length)
                .filter(j -> terms[j] > 0)
                .boxed()
                .sorted((i, j) -> Double.compare(terms[i], terms[j]))
                .mapToInt(j -> j)
                .toArray();
        double[] weight = new double[order.length];
        int[] degree = new int[order.length];
        double[] noncentrality = new double[order.length];
        int groups = 0;
        for (int j : order) {
            double relative = terms[j] / unit;
            if (groups == 0 || weight[groups - 1] != relative) {
                weight[groups++] = relative;
            }
            degree[groups - 1]++;
            noncentrality[groups - 1] += shiftsSquared[j];
        }
        int[] byDegree = IntStream.range(0, groups)
                .boxed()
                .sorted((i, j) -> Integer.compare(degree[i], degree[j]))
                .mapToInt(g -> g)
                .toArray();
        weights = Arrays.stream(byDegree).mapToDouble(g -> weight[g]).toArray();
        degrees = Arrays.stream(byDegree).map(g -> degree[g]).toArray();
        noncentralities =
                Arrays.stream(byDegree).mapToDouble(g -> noncentrality[g]).toArray();
        totalDegrees = order.length;
    }

    /** The largest weight, by which all were divided. */
    double unit() {
        return unit;
    }

    /** Σν_j, the number of squares in the sum. */
    int degrees() {
        return totalDegrees;
    }

    /** Σλ_j. */
    double noncentrality() {
        return Arrays.stream(noncentralities).sum();
    }

    /**
     * E Q, E Q², … for so many powers, by the cumulants κ_n = 2^{n−1}(n − 1)!·Σ w^n(ν + nλ): sums of positive numbers.
     */
    double[] moments(int most) {
        double[] cumulants = new double[most];
        for (int g = 0; g < weights.length; g++) {
            double power = weights[g];
            for (int n = 1; n <= most; n++) {
                cumulants[n - 1] += power * (degrees[g] + n * noncentralities[g]);
                power *= 2 * n * weights[g];
            }
        }
        double[] moments = new double[most];
        for (int n = 1; n <= most; n++) {
            double ways = 1;
            double sum = cumulants[n - 1];
            for (int k = 1; k < n; k++) {
                sum += ways * cumulants[k - 1] * moments[n - k - 1];
                ways *= (double) (n - k) / k;
            }
            moments[n - 1] = sum;
        }
        return moments;
    }

    /** −(log L)'(c), the mean after tilting the law by e^(−cQ); decreasing and convex in c &gt; −½. */
    double tiltedMean(double c) {
        double sum = 0;
        for (int g = 0; g < weights.length; g++) {
            double z = 1 + 2 * c * weights[g];
            sum += weights[g] / z * (degrees[g] + noncentralities[g] / z);
        }
        return sum;
    }

    /** Square root of (log L)''(c), the standard deviation after tilting by e^(−cQ), c &gt; −½. */
    double tiltedSpread(double c) {
        double sum = 0;
        for (int g = 0; g < weights.length; g++) {
            double z = 1 + 2 * c * weights[g];
            double ratio = weights[g] / z;
            sum += 2 * ratio * ratio * (degrees[g] + 2 * noncentralities[g] / z);
        }
        return Math.sqrt(sum);
    }

    /** log L(c) for real c &gt; −½. */
    double logReal(double c) {
        double sum = 0;
        for (int g = 0; g < weights.length; g++) {
            double twice = 2 * weights[g] * c;
            sum -= 0.5 * degrees[g] * Math.log1p(twice) + 0.5 * noncentralities[g] * (twice / (1 + twice));
        }
        return sum;
    }

    /** Σ λ_j w_j/(1 + 2cw_j): times |p| it bounds the noncentral exponents in the wedge above c. */
    double noncentralSlope(double c) {
        double sum = 0;
        for (int g = 0; g < weights.length; g++) {
            sum += noncentralities[g] * (weights[g] / (1 + 2 * c * weights[g]));
        }
        return sum;
    }

    /**
     * Writes real and imaginary part of log L(re + i·im), im ≥ 0, off the cut, on the branch that is real on the real
     * axis.
     *
     * <p>The factors 1 + 2pw_j turn by less than half a turn each, so the turns of their product are counted by the
     * changes of the sign of its imaginary part.
     *
     * @param result two numbers, filled in
     */
    void log(double re, double im, double[] result) {
        double square = re * re + im * im;
        double logModulus = 0;
        double angle = 0;
        int g = 0;
        while (g < weights.length) {
            int degree = degrees[g];
            double productRe = 1;
            double productIm = 0;
            double scale = 0;
            int halfTurns = 0;
            for (; g < weights.length && degrees[g] == degree; g++) {
                double twice = 2 * weights[g];
                double zRe = 1 + twice * re;
                double zIm = twice * im;
                double nextRe = productRe * zRe - productIm * zIm;
                double nextIm = productRe * zIm + productIm * zRe;
                if (nextIm < 0 != productIm < 0) {
                    halfTurns++;
                }
                productRe = nextRe;
                productIm = nextIm;
                double size = Math.abs(productRe) + Math.abs(productIm);
                if (size > HUGE || size < 1 / HUGE) {
                    scale += Math.log(size);
                    productRe /= size;
                    productIm /= size;
                }
                if (noncentralities[g] > 0) {
                    double factor = noncentralities[g] * weights[g] / (zRe * zRe + zIm * zIm);
                    logModulus -= factor * (re + twice * square);
                    angle -= factor * im;
                }
            }
            double turned = (halfTurns & 1) == 0 ? productRe : -productRe;
            logModulus -= 0.5 * degree * (scale + 0.5 * Math.log(productRe * productRe + productIm * productIm));
            angle -= 0.5 * degree * (halfTurns * Math.PI + Math.atan2(Math.abs(productIm), turned));
        }
        result[0] = logModulus;
        result[1] = angle;
    }
}
