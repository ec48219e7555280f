package org.idem.verification;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.LongStream;
import org.idem.theorem.Evidence;

/**
 * How many trials of a theorem decided, and why the others did not.
 *
 * @param decided trials that speak for or against the claim
 * @param notConverged trials whose training had not arrived
 * @param hypothesesNotMet trials in which a hypothesis is not met
 * @param undecidable trials in which rounding may be as large as the effect
 */
public record Tally(long decided, long notConverged, long hypothesesNotMet, long undecidable) {
    /**
     * Counts.
     *
     * @param evidence of any number of trials
     * @return the counts
     */
    static Tally of(List<Evidence> evidence) {
        return new Tally(
                evidence.stream().filter(Evidence::decides).count(),
                evidence.stream()
                        .filter(Evidence.NotConverged.class::isInstance)
                        .count(),
                evidence.stream()
                        .filter(Evidence.HypothesesNotMet.class::isInstance)
                        .count(),
                evidence.stream().filter(Evidence.Undecidable.class::isInstance).count());
    }

    /**
     * All trials.
     *
     * @return the sum
     */
    public long trials() {
        return decided + notConverged + hypothesesNotMet + undecidable;
    }

    /**
     * Share of the trials that decided.
     *
     * @return in [0, 1]; NaN without trials
     */
    public double decidedShare() {
        return (double) decided / trials();
    }

    /**
     * In words, why trials did not decide.
     *
     * @return for instance "26.0 % not converged"; empty if all decided
     */
    public String silence() {
        StringJoiner words = new StringJoiner(", ");
        add(words, notConverged, "not converged");
        add(words, hypothesesNotMet, "hypotheses not met");
        add(words, undecidable, "hidden by rounding");
        return words.toString();
    }

    /** In words, the configurations that a verdict speaks about: all, or those that decide. */
    String space() {
        return decided == trials()
                ? "its configurations"
                : String.format(
                        Locale.ROOT, "those %s of its configurations that decide (%s)", percent(decided), silence());
    }

    private void add(StringJoiner words, long count, String reason) {
        if (count > 0) {
            words.add(percent(count) + " " + reason);
        }
    }

    /**
     * All shares of a tally have the same decimals, so that they add up: enough for the first digit of the smallest.
     */
    private String percent(long count) {
        double smallest = LongStream.of(notConverged, hypothesesNotMet, undecidable)
                .filter(silent -> silent > 0)
                .mapToDouble(silent -> 100.0 * silent / trials())
                .min()
                .orElse(1);
        int decimals = Math.max(1, (int) -Math.floor(Math.log10(smallest)));
        return String.format(Locale.ROOT, "%." + decimals + "f %%", 100.0 * count / trials());
    }
}
