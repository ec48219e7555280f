package org.idem.statistics;

/**
 * Tests means of values of which nothing is known but the variance: their tails may be as heavy as they like.
 *
 * <p>Each deviation t enters by its influence ψ(t) = log(1 + t + t²/2) for t ≥ 0 and −ψ(−t) below, which grows like a
 * logarithm, so that single values cannot decide. For independent T_i of mean 0 and variance at most v_i,
 *
 * <pre>
 * P(|Σψ(T_i)| ≥ s) ≤ 2 exp(Σ log(1 + v_i/2) − s).
 * </pre>
 *
 * <p>Proof. −log(1 − t + t²/2) ≤ ψ(t) ≤ log(1 + t + t²/2), so E e^(±ψ(T)) ≤ 1 + v/2; Markov's inequality, once for each
 * side. The left inequality is (1 + t + t²/2)(1 − t + t²/2) = 1 + t⁴/4 ≥ 1. Source: Catoni, Annales de l'IHP 48 (2012),
 * 1148–1185. The T_i are deviations times weights of the tester's choice, which must not depend on the values.
 */
public final class SoftenedSum {
    private double sum;
    private double allowance;

    /**
     * The influence of a deviation.
     *
     * @param deviation t
     * @return ψ(t), odd and increasing; infinite for infinity, NaN for NaN
     */
    public static double influence(double deviation) {
        double size = Math.abs(deviation);
        double influence = size < 1e100 ? Math.log1p(size + 0.5 * size * size) : 2 * Math.log(size) - Math.log(2);
        return Math.copySign(influence, deviation);
    }

    /**
     * Adds a value.
     *
     * @param deviation from its claimed mean, times its weight
     * @param variance largest variance of that, at least 0
     */
    public void add(double deviation, double variance) {
        if (!(variance >= 0)) {
            throw new IllegalArgumentException("the variance must be at least 0, got " + variance);
        }
        sum += influence(deviation);
        allowance += Math.log1p(0.5 * variance);
    }

    /**
     * The sum of influences.
     *
     * @return of the sign of the deviations that prevail
     */
    public double sum() {
        return sum;
    }

    /**
     * The size that the sum exceeds with at most a given probability if all claims are true.
     *
     * @param error in (0, 1)
     * @return Σ log(1 + v_i/2) + log(2/error)
     */
    public double margin(double error) {
        UnitInterval.checkOpen("the error", error);
        return allowance + Math.log(2 / error);
    }

    /**
     * P-value of the hypothesis that all means are as claimed.
     *
     * @return in [0, 1]; 0 if a deviation was not finite
     */
    public double pValue() {
        return Math.abs(sum) < Double.POSITIVE_INFINITY ? Math.min(1, 2 * Math.exp(allowance - Math.abs(sum))) : 0;
    }

    /**
     * P-value of a single value by Chebyshev's inequality.
     *
     * @param deviation from the claimed mean, finite
     * @param variance largest variance of the value, at least 0
     * @return min(1, variance/deviation²); 1 without deviation
     */
    public static double single(double deviation, double variance) {
        return deviation == 0 ? 1 : Math.min(1, variance / deviation / deviation);
    }
}
