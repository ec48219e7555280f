package org.idem.statistics;

/**
 * Tests the hypothesis that violations happen with probability at most δ while trials arrive; valid after every trial.
 *
 * <p>A bettor starts with 1 and before each trial puts a predicted share q ≥ δ against δ: the capital is multiplied by
 * q/δ after a violation and by (1 − q)/(1 − δ) otherwise. If the violation has conditional probability p ≤ δ, the
 * factor has mean 1 + (p − δ)(q − δ)/(δ(1 − δ)) ≤ 1, so the capital is a nonnegative supermartingale and by Ville's
 * inequality exceeds 1/α <em>ever</em> with probability at most α. Hence 1/(largest capital so far) is a valid p-value
 * at every time, also at one chosen by looking. q is the larger of δ and (violations + ½)/(trials + 1) of the past. The
 * trials need not be independent. Source: Ville (1939); Shafer, JRSS A 184 (2021), 407–431.
 *
 * @param share δ in (0, 1)
 * @param trials so far
 * @param violations among them
 * @param logCapital natural logarithm of the capital; rounding adds at most 2⁻⁵² of the sum of its steps
 * @param largestLogCapital the largest so far, at least 0
 */
public record SequentialShareTest(
        double share, long trials, long violations, double logCapital, double largestLogCapital) {
    /** Checks the state. */
    public SequentialShareTest {
        UnitInterval.checkOpen("the share", share);
        if (!(violations >= 0
                && violations <= trials
                && logCapital <= largestLogCapital
                && largestLogCapital >= 0
                && largestLogCapital < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("not a state of the test: " + violations + " violations of " + trials
                    + ", log capital " + logCapital + ", largest " + largestLogCapital);
        }
    }

    /**
     * The test before its first trial.
     *
     * @param share δ in (0, 1)
     * @return capital 1
     */
    public static SequentialShareTest of(double share) {
        return new SequentialShareTest(share, 0, 0, 0, 0);
    }

    /**
     * The test after one more trial.
     *
     * @param violated whether the trial violated the theorem
     * @return the next state; this one is not changed
     */
    public SequentialShareTest after(boolean violated) {
        double predicted = Math.max(share, (violations + 0.5) / (trials + 1.0));
        double step = violated ? Math.log(predicted / share) : Math.log1p(-predicted) - Math.log1p(-share);
        double capital = logCapital + step;
        return new SequentialShareTest(
                share, trials + 1, violations + (violated ? 1 : 0), capital, Math.max(largestLogCapital, capital));
    }

    /**
     * Valid p-value of "share at most δ", now and at every other time.
     *
     * @return in (0, 1]; never grows
     */
    public double pValue() {
        return Math.exp(-largestLogCapital);
    }
}
