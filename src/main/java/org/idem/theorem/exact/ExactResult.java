package org.idem.theorem.exact;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a number of random instances said.
 *
 * @param checked how many instances of each part were compared; parts without any are absent; unmodifiable
 * @param refuted how many of them differed
 * @param first the first that differed
 */
public record ExactResult(Map<ExactPart, Integer> checked, int refuted, Optional<Difference> first) {
    /** Owns an ordered copy of the counts. */
    public ExactResult {
        Map<ExactPart, Integer> ordered = new EnumMap<>(ExactPart.class);
        ordered.putAll(checked);
        checked = Collections.unmodifiableMap(ordered);
    }

    /**
     * An instance in which theory and training differ.
     *
     * @param instance how to see it again
     * @param evidence the first number that differs, with both fractions
     */
    public record Difference(ExactInstance instance, ExactEvidence.Differs evidence) {
        @Override
        public String toString() {
            return instance + ": " + evidence;
        }
    }

    /**
     * Whether theory and training agreed everywhere.
     *
     * @return true if something was compared and nothing differed
     */
    public boolean holds() {
        return refuted == 0 && !checked.isEmpty();
    }

    /**
     * Number of instances compared.
     *
     * @return sum over the parts
     */
    public int total() {
        return checked.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public String toString() {
        return total() + " instances " + checked + ", " + refuted + " differ"
                + first.map(difference -> ", first " + difference).orElse("");
    }
}
