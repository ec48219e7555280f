package org.idem.theorem;

/**
 * How fast a discrepancy vanishes with a small positive number ε: like ε^q. A trial sees it at two values of ε; the
 * rate that it saw is the exponent that would explain both, and it may miss the claimed one by some slack, since powers
 * beyond the first also count at any finite ε.
 *
 * @param exponent q, positive
 * @param slack largest |seen − q| that agrees with the claim, or q − seen if discrepancies may vanish faster; positive
 * @param both whether vanishing faster speaks against the claim as well
 */
public record Rate(double exponent, double slack, boolean both) {
    /** The usual slack, in powers of ε. */
    public static final double SLACK = 0.25;

    /** Checks the numbers. */
    public Rate {
        if (!(exponent > 0 && slack > 0)) {
            throw new IllegalArgumentException(
                    "exponent and slack of a rate must be positive, got " + exponent + " and " + slack);
        }
    }

    /**
     * Neither slower nor faster.
     *
     * @param exponent q, positive
     * @return with the usual slack
     */
    public static Rate exactly(double exponent) {
        return new Rate(exponent, SLACK, true);
    }

    /**
     * Not slower.
     *
     * @param exponent q, positive
     * @return with the usual slack
     */
    public static Rate atLeast(double exponent) {
        return new Rate(exponent, SLACK, false);
    }

    /**
     * The exponent that explains two discrepancies.
     *
     * @param coarse discrepancy at ε, at least 0
     * @param fine discrepancy at the smaller number, at least 0
     * @param ratio ε over the smaller number, above 1
     * @return infinite where only one of them is 0; NaN where both are
     */
    public static double seen(double coarse, double fine, double ratio) {
        return Math.log(coarse / fine) / Math.log(ratio);
    }

    /**
     * By how much a seen rate misses the claimed one.
     *
     * @param seen from {@link #seen}
     * @return at least 0; NaN for NaN
     */
    public double missedBy(double seen) {
        return both ? Math.abs(seen - exponent) : Math.max(0, exponent - seen);
    }

    /**
     * Whether a seen rate agrees with the claimed one.
     *
     * @param seen from {@link #seen}
     * @return false for NaN
     */
    public boolean holds(double seen) {
        return missedBy(seen) <= slack;
    }

    /** Whether all rates between two agree with the claim, or none does; false for NaN. */
    boolean isSureOf(double least, double most) {
        boolean slower = most < exponent - slack;
        boolean faster = both && least > exponent + slack;
        return slower || faster || (holds(least) && holds(most));
    }

    /**
     * The rate of a wrong claim.
     *
     * @param error relative error of the exponent
     * @return with the same slack
     */
    Rate off(double error) {
        return new Rate(exponent * (1 + error), slack, both);
    }
}
