package org.idem.verification;

import org.idem.theorem.Configuration;
import org.idem.theorem.Evidence;

/** What the trials of one theorem allow to say. */
public sealed interface Verdict {
    /**
     * No trial contradicted the theorem.
     *
     * @param violationShare upper confidence limit for the share of the space on which it is violated
     * @param confidence probability with which the limits of all theorems of the run hold together
     */
    record Confirmed(double violationShare, double confidence) implements Verdict {}

    /**
     * A trial contradicted the theorem.
     *
     * @param smallest the smallest contradicting configuration found
     * @param evidence what its trial showed
     */
    record Refuted(Configuration smallest, Evidence.Compared evidence) implements Verdict {}

    /**
     * Too few trials said anything.
     *
     * @param reason one line
     */
    record Underpowered(String reason) implements Verdict {}

    /**
     * One word for tables.
     *
     * @return the kind of the verdict
     */
    default String word() {
        return getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    }

    /**
     * The verdict in words.
     *
     * @return one line
     */
    default String guarantee() {
        if (this instanceof Confirmed confirmed) {
            return String.format(
                    java.util.Locale.ROOT,
                    "violated on less than %.2g %% of this space, confidence %s %%",
                    100 * confirmed.violationShare,
                    new java.math.BigDecimal(confirmed.confidence)
                            .multiply(java.math.BigDecimal.valueOf(100))
                            .round(new java.math.MathContext(6))
                            .stripTrailingZeros()
                            .toPlainString());
        }
        if (this instanceof Refuted refuted) {
            return String.format(
                    java.util.Locale.ROOT,
                    "discrepancy %.3g against a budget of %.3g at %s",
                    refuted.evidence.discrepancy(),
                    refuted.evidence.budget(),
                    refuted.smallest);
        }
        return ((Underpowered) this).reason;
    }
}
