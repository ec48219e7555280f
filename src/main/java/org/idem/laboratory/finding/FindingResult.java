package org.idem.laboratory.finding;

import java.util.List;

/**
 * What seeds say of a finding and its false variants.
 *
 * @param finding what was judged
 * @param verdict on the finding
 * @param seeds those that count, in their order
 * @param failed seeds with a run that could not be carried out; they do not count
 * @param variants the false versions, in their order
 */
public record FindingResult(
        Finding finding, FindingVerdict verdict, List<Seed> seeds, List<Long> failed, List<Variant> variants) {
    /** Copies the lists. */
    public FindingResult {
        seeds = List.copyOf(seeds);
        failed = List.copyOf(failed);
        variants = List.copyOf(variants);
    }

    /**
     * One seed.
     *
     * @param seed of the initial weights
     * @param values the finding's quantities in their order; belongs to this record
     * @param happened whether the event happened
     */
    public record Seed(long seed, double[] values, boolean happened) {}

    /**
     * A false version of the finding.
     *
     * @param text what it says
     * @param verdict of the same seeds
     */
    public record Variant(String text, FindingVerdict verdict) {
        /**
         * Whether the seeds refute it.
         *
         * @return true if so
         */
        public boolean refuted() {
            return verdict instanceof FindingVerdict.Refuted;
        }
    }

    /**
     * How many false variants are refuted.
     *
     * @return their number
     */
    public int refutedVariants() {
        return (int) variants.stream().filter(Variant::refuted).count();
    }

    /**
     * Mean of a quantity over the seeds.
     *
     * @param quantity index
     * @return NaN without seeds, or if a seed has no value
     */
    public double mean(int quantity) {
        return seeds.stream()
                .mapToDouble(seed -> seed.values()[quantity])
                .average()
                .orElse(Double.NaN);
    }
}
