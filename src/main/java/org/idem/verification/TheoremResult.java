package org.idem.verification;

import java.util.List;
import org.idem.space.Configuration;
import org.idem.theorem.Evidence;
import org.idem.theorem.Theorem;
import org.jspecify.annotations.Nullable;

/**
 * Verdict and evidence of one theorem's trials.
 *
 * @param theorem the theorem
 * @param verdict the verdict
 * @param entries the trials in order
 * @param variants whether and when each false variant was refuted
 * @param refinement trials in both precisions, null if the theorem has none
 */
public record TheoremResult(
        Theorem<?> theorem,
        Verdict verdict,
        List<Entry> entries,
        List<VariantResult> variants,
        @Nullable Refinement refinement) {
    /** Copies the lists. */
    public TheoremResult {
        entries = List.copyOf(entries);
        variants = List.copyOf(variants);
    }

    /**
     * One trial.
     *
     * @param configuration where
     * @param evidence what it showed
     */
    public record Entry(Configuration configuration, Evidence evidence) {}

    /**
     * Whether and when a false variant was refuted.
     *
     * @param name the variant
     * @param refutedAfter number of trials until one contradicted it, 0 if none did
     * @param counterexample smallest contradicting configuration found with its evidence, null if none
     */
    public record VariantResult(
            String name, int refutedAfter, @Nullable Entry counterexample) {
        /**
         * Whether a trial contradicted the variant.
         *
         * @return true if it was seen to be wrong
         */
        public boolean refuted() {
            return refutedAfter > 0;
        }
    }

    /** The evidence of the trials, in order. */
    List<Evidence> evidence() {
        return entries.stream().map(Entry::evidence).toList();
    }

    /** Whether a test with a false-alarm probability has a part in the verdict. */
    boolean isTested() {
        return refinement != null || StatisticalTest.concerns(evidence());
    }

    /** Probability of evidence at least as bad, if the theorem is true and all discrepancies are rounding. */
    double pValue() {
        double ofTrials = StatisticalTest.pValue(evidence());
        return refinement == null ? ofTrials : Math.min(ofTrials, refinement.pValue());
    }

    /** The same trials with the verdict that they are too improbable together, at a level. */
    TheoremResult refuted(double level) {
        double ofTrials = StatisticalTest.pValue(evidence());
        Verdict other = refinement != null && refinement.pValue() < ofTrials
                ? new Verdict.NotRounding(refinement, level, tally())
                : StatisticalTest.refuted(evidence(), ofTrials, level);
        return new TheoremResult(theorem, other, entries, variants, refinement);
    }

    /** The same with a counterexample that was found later. */
    TheoremResult refuted(Entry counterexample) {
        Verdict other =
                new Verdict.Refuted(counterexample.configuration(), (Evidence.Measured) counterexample.evidence());
        return new TheoremResult(theorem, other, entries, variants, refinement);
    }

    /**
     * How many trials decided.
     *
     * @return the counts
     */
    public Tally tally() {
        return Tally.of(evidence());
    }

    /**
     * Number of false variants that were refuted.
     *
     * @return at most the number of variants
     */
    public long refutedVariants() {
        return variants.stream().filter(VariantResult::refuted).count();
    }

    /**
     * Measured over limit in the trials that measured something other than nothing.
     *
     * @return ascending
     */
    public double[] ratios() {
        return entries.stream()
                .filter(entry -> entry.evidence() instanceof Evidence.Measured)
                .mapToDouble(entry -> ((Evidence.Measured) entry.evidence()).ratio())
                .sorted()
                .toArray();
    }

    /**
     * Median of measured over limit.
     *
     * @return NaN without measurements
     */
    public double medianRatio() {
        double[] ratios = ratios();
        return ratios.length == 0 ? Double.NaN : ratios[ratios.length / 2];
    }
}
