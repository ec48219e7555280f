package org.idem.statistics;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.inference.BinomialTest;

/**
 * Exact p-values for k events in n independent trials of probability p.
 *
 * <p>Tails are regularised incomplete beta functions of Apache commons-statistics, which round 1 − p: their relative
 * error is about 10⁻¹² + n·2⁻⁵³, also for tails of 10⁻³⁰⁰. For "no event" and "some event" they use closed forms,
 * without that loss. Without trials every p-value is 1.
 */
public final class BinomialTail {
    private BinomialTail() {}

    /**
     * P(X ≥ k): small if there are more events than the hypothesis "share at most p" allows.
     *
     * @param events k, from 0 to n
     * @param trials n, at least 0
     * @param share p in [0, 1]
     * @return in [0, 1]; 1 for k = 0
     */
    public static double atLeast(int events, int trials, double share) {
        check(events, trials, share);
        return BinomialDistribution.of(trials, share).survivalProbability(events - 1);
    }

    /**
     * P(X ≤ k): small if there are fewer events than the hypothesis "share at least p" allows.
     *
     * @param events k, from 0 to n
     * @param trials n, at least 0
     * @param share p in [0, 1]
     * @return in [0, 1]; 1 for k = n
     */
    public static double atMost(int events, int trials, double share) {
        check(events, trials, share);
        return BinomialDistribution.of(trials, share).cumulativeProbability(events);
    }

    /**
     * Two-sided: the probability of all counts that are no more likely than k.
     *
     * @param events k, from 0 to n
     * @param trials n, at least 0
     * @param share p in [0, 1]
     * @return in [0, 1]
     */
    public static double twoSided(int events, int trials, double share) {
        check(events, trials, share);
        return BinomialTest.withDefaults().test(trials, events, share).getPValue();
    }

    private static void check(int events, int trials, double share) {
        if (!(events >= 0 && events <= trials)) {
            throw new IllegalArgumentException(
                    "events must lie between 0 and the trials, got " + events + " of " + trials);
        }
        UnitInterval.checkClosed("the share", share);
    }
}
