package org.idem.verification.share;

import java.util.List;
import java.util.Map;
import org.idem.theorem.Evidence;

/**
 * What one share of a run saw.
 *
 * @param schema number of this form of files
 * @param run that it belongs to
 * @param number of the share, from 1
 * @param shares how many there are
 * @param theorems what was seen of each
 */
public record ShareResult(int schema, RunDescription run, int number, int shares, List<OfTheorem> theorems) {
    /** The form of files that this version writes and reads. */
    public static final int SCHEMA = 2;

    /** Copies the list. */
    public ShareResult {
        theorems = List.copyOf(theorems);
    }

    /**
     * What was seen of one theorem.
     *
     * @param id of the theorem
     * @param variants names of its false variants, in their order
     * @param trials of the share, in the order of the run
     */
    public record OfTheorem(String id, List<String> variants, List<OneTrial> trials) {
        /** Copies the lists. */
        public OfTheorem {
            variants = List.copyOf(variants);
            trials = List.copyOf(trials);
        }
    }

    /**
     * What one trial showed.
     *
     * @param place among the trials of the theorem in the whole run, from 0
     * @param configuration as it is printed
     * @param evidence about the theorem
     * @param variants evidence about false variants by their place in {@link OfTheorem#variants}; one that an earlier
     *     trial of the share has contradicted is left out
     */
    public record OneTrial(int place, String configuration, Evidence evidence, Map<Integer, Evidence> variants) {
        /** Copies the map. */
        public OneTrial {
            variants = Map.copyOf(variants);
        }
    }
}
