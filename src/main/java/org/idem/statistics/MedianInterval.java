package org.idem.statistics;

import java.util.Arrays;
import java.util.Optional;

/**
 * An interval for the median of a distribution, from independent draws, that needs no assumption about the
 * distribution: from the k-th smallest draw to the k-th largest.
 *
 * <p>The median lies below the k-th smallest of n draws only if fewer than k of them lie below it, which has at most
 * the probability P(X &lt; k) of a binomial X with n trials and share 1/2. The k taken is the largest for which twice
 * this probability is at most 1 − confidence. Source: H. A. David and H. N. Nagaraja, Order Statistics, section 7.1.
 *
 * @param low lower end
 * @param high upper end
 */
public record MedianInterval(double low, double high) {
    /**
     * The interval of draws.
     *
     * @param draws independent, in any order, none NaN; not changed
     * @param confidence least probability that the interval holds the median, in (0, 1)
     * @return empty if so few draws do not suffice, as fewer than six at 95 %
     */
    public static Optional<MedianInterval> of(double[] draws, double confidence) {
        UnitInterval.checkOpen("the confidence", confidence);
        int n = draws.length;
        int k = 0;
        while (2 * (k + 1) <= n && 2 * BinomialTail.atMost(k, n, 0.5) <= 1 - confidence) {
            k++;
        }
        if (k == 0) {
            return Optional.empty();
        }
        double[] sorted = draws.clone();
        Arrays.sort(sorted);
        return Optional.of(new MedianInterval(sorted[k - 1], sorted[n - k]));
    }
}
