package org.idem.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Two-sided p-values for the hypothesis that independent values have a known mean μ.
 *
 * <p>All take the average x̄ of n values. If the values are 0 or 1, {@link BinomialTail#twoSided} is sharper.
 */
public final class MeanTest {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private MeanTest() {}

    /**
     * Exact for values from N(μ, variance): P(|Z| ≥ |x̄ − μ|·√(n/variance)).
     *
     * @param average x̄, finite
     * @param count n, at least 1
     * @param mean μ, finite
     * @param variance of one value, positive and finite; known, not estimated from the values
     * @return in [0, 1]; relative error z²·2⁻⁵² or so beside that of the average itself
     */
    public static double gaussian(double average, int count, double mean, double variance) {
        checkCount(count);
        if (!(Math.abs(average) < Double.POSITIVE_INFINITY
                && Math.abs(mean) < Double.POSITIVE_INFINITY
                && variance > 0
                && variance < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("average and mean must be finite and the variance positive, got "
                    + average + ", " + mean + " and " + variance);
        }
        return Math.min(1, 2 * NORMAL.survivalProbability(Math.abs(average - mean) / Math.sqrt(variance / count)));
    }

    /**
     * Valid for any values in [0, 1]: min(1, 2 exp(−n·kl(x̄, μ))), kl(a, b) = a log(a/b) + (1 − a) log((1 − a)/(1 −
     * b)).
     *
     * <p>Proof. e^(hx) is convex, so E e^(hX) ≤ 1 − μ + μe^h on [0, 1]. Markov's inequality for e^(hΣX) with the best h
     * gives P(x̄ ≥ a) ≤ e^(−n·kl(a, μ)) for a ≥ μ, and the same below by X → 1 − X. Source: Hoeffding, JASA 58 (1963),
     * theorem 1; never larger than his better known 2 exp(−2n(x̄ − μ)²).
     *
     * @param average x̄ in [0, 1]
     * @param count n, at least 1
     * @param mean μ in [0, 1]
     * @return in [0, 1]; 1 for x̄ = μ; 0 for μ of 0 or 1 and another x̄
     */
    public static double bounded(double average, int count, double mean) {
        checkCount(count);
        UnitInterval.checkClosed("the average", average);
        UnitInterval.checkClosed("the mean", mean);
        double divergence = entropyTerm(average, mean) + entropyTerm(1 - average, 1 - mean);
        return Math.min(1, 2 * Math.exp(-count * divergence));
    }

    /**
     * Valid for values that stay within a distance b of μ and have at most a known variance v: min(1, 2 exp(−n(v/b²)
     * h(bt/v))), t = |x̄ − μ|, h(u) = (1 + u) log(1 + u) − u. Much smaller than {@link #bounded} if v ≪ b².
     *
     * <p>Proof. (e^y − 1 − y)/y² grows with y, so E e^(λ(X − μ)) ≤ 1 + (v/b²)(e^(λb) − 1 − λb) ≤ exp of the second
     * term; Markov's inequality with λ = log(1 + bt/v)/b, once for each side. Source: Bennett, JASA 57 (1962), 33–45.
     *
     * @param average x̄, finite
     * @param count n, at least 1
     * @param mean μ, finite
     * @param variance v, at least 0
     * @param distance b, positive and finite
     * @return in [0, 1]; without variance 1 for x̄ = μ, otherwise 0
     */
    public static double boundedWithVariance(double average, int count, double mean, double variance, double distance) {
        checkCount(count);
        double deviation = Math.abs(average - mean);
        if (!(deviation < Double.POSITIVE_INFINITY
                && variance >= 0
                && variance < Double.POSITIVE_INFINITY
                && distance > 0
                && distance < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "average, mean, variance and distance must be finite, the variance at least 0, the distance positive, got "
                            + average + ", " + mean + ", " + variance + " and " + distance);
        }
        if (deviation == 0) {
            return 1;
        }
        double ratio = distance * deviation / variance;
        double exponent = deviation / distance * ((1 + 1 / ratio) * Math.log1p(ratio) - 1);
        return Math.min(1, 2 * Math.exp(-count * exponent));
    }

    /**
     * Valid for a sum S of independent deviations with log E exp(λS) ≤ λ²V/(2(1 − c|λ|)) for |λ| &lt; 1/c, whatever
     * else their laws are: min(1, 2 exp(−(V/c²) h(ct/V))), t = |S|, h(u) = 1 + u − √(1 + 2u).
     *
     * <p>Proof. Markov's inequality for e^(λS) with λ = (1 − 1/√(1 + 2ct/V))/c, once for each side. Source: Boucheron,
     * Lugosi and Massart, Concentration Inequalities (2013), §2.4.
     *
     * @param deviation S, finite
     * @param variance V, positive and finite
     * @param scale c, at least 0 and finite; 0 gives 2 exp(−t²/2V)
     * @return in [0, 1]
     */
    public static double subGamma(double deviation, double variance, double scale) {
        if (!(Math.abs(deviation) < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the deviation must be finite, got " + deviation);
        }
        checkSubGamma(variance, scale);
        double size = Math.abs(deviation);
        double ratio = scale * size / variance;
        return Math.min(1, 2 * Math.exp(-size / variance * size / (1 + ratio + Math.sqrt(1 + 2 * ratio))));
    }

    /**
     * The size that such a deviation exceeds with at most a given probability: √(2Vx) + cx with x = log(2/error).
     *
     * @param variance V, positive and finite
     * @param scale c, at least 0 and finite
     * @param error in (0, 1)
     * @return the deviation whose {@link #subGamma} is the error
     */
    public static double subGammaMargin(double variance, double scale, double error) {
        checkSubGamma(variance, scale);
        UnitInterval.checkOpen("the error", error);
        double exponent = Math.log(2 / error);
        return Math.sqrt(2 * variance * exponent) + scale * exponent;
    }

    private static void checkSubGamma(double variance, double scale) {
        if (!(variance > 0 && variance < Double.POSITIVE_INFINITY && scale >= 0 && scale < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the variance must be positive and finite, the scale at least 0, got "
                    + variance + " and " + scale);
        }
    }

    private static double entropyTerm(double a, double b) {
        return a == 0 ? 0 : a * Math.log(a / b);
    }

    private static void checkCount(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("the average needs at least one value, got " + count);
        }
    }
}
