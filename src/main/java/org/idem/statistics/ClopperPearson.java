package org.idem.statistics;

import java.util.function.DoublePredicate;

/**
 * Exact limits for the probability p of an event seen k times in n independent trials.
 *
 * <p>Each limit is wrong with probability at most its error, whatever p is; for both sides together the errors add.
 * They are found by bisection on the exact tails to neighbouring doubles and rounded outwards, so they carry the
 * relative error of the tails only. Source: Clopper and Pearson, Biometrika 26 (1934), 404–413.
 */
public final class ClopperPearson {
    private ClopperPearson() {}

    /**
     * The largest p with P(X ≤ k) ≥ error.
     *
     * @param events k, from 0 to n
     * @param trials n, at least 0
     * @param error in (0, 1): probability that the limit is below the true p
     * @return in (0, 1]; 1 for n of n, also without trials; 1 − error^(1/n) for 0 of n
     */
    public static double upperLimit(int events, int trials, double error) {
        UnitInterval.checkOpen("the error", error);
        return bisect(p -> BinomialTail.atMost(events, trials, p) < error)[1];
    }

    /**
     * The smallest p with P(X ≥ k) ≥ error.
     *
     * @param events k, from 0 to n
     * @param trials n, at least 0
     * @param error in (0, 1): probability that the limit is above the true p
     * @return in [0, 1); 0 for 0 of n, also without trials; error^(1/n) for n of n
     */
    public static double lowerLimit(int events, int trials, double error) {
        UnitInterval.checkOpen("the error", error);
        return bisect(p -> BinomialTail.atLeast(events, trials, p) >= error)[0];
    }

    /**
     * The trials after which "no event" says that p &lt; ε with confidence 1 − α: the smallest n with (1 − ε)ⁿ ≤ α.
     *
     * @param share ε in (0, 1)
     * @param error α in (0, 1)
     * @return n, at least 1; exact up to the rounding of two logarithms and their quotient: at most one trial off where
     *     (1 − ε)ⁿ all but meets α, and from about 10¹⁵ trials on
     */
    public static long trialsWithoutEvent(double share, double error) {
        UnitInterval.checkOpen("the share", share);
        UnitInterval.checkOpen("the error", error);
        return (long) Math.ceil(Math.log(error) / Math.log1p(-share));
    }

    /** Neighbouring doubles in [0, 1]; the predicate is false at the first, true at the second. */
    private static double[] bisect(DoublePredicate beyond) {
        double low = 0;
        double high = 1;
        while (true) {
            double middle = low + (high - low) / 2;
            if (!(middle > low && middle < high)) {
                return new double[] {low, high};
            }
            if (beyond.test(middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
    }
}
