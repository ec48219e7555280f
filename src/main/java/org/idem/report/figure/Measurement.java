package org.idem.report.figure;

import java.util.ArrayList;
import java.util.List;
import org.idem.theorem.Evidence;
import org.idem.verification.TheoremResult;

/**
 * A trial that compared a measured number with a limit. Rates at which discrepancies vanish are not among them: they
 * differ from the claimed ones to either side, which {@link RateFigure} shows.
 *
 * @param theorem identifier
 * @param trial its number, from 1
 * @param evidence what was measured, against which limit
 * @param standing what it says about its theorem
 */
public record Measurement(String theorem, int trial, Evidence.Measured evidence, Standing standing) {
    /** How a trial with a limit bears on its theorem. */
    public enum Standing {
        /** It exceeds a limit that always holds. */
        REFUTES("refutes its theorem"),
        /** Its theorem is refuted, but not by this trial alone. */
        REFUTED("refuted otherwise"),
        /** It exceeds, as it may with a stated probability. */
        UNLUCKY("exceeds, as it may"),
        /** It stays within its limit, and its theorem is not refuted. */
        WITHIN("within its limit");

        private final String words;

        Standing(String words) {
            this.words = words;
        }

        /** For legends. */
        String words() {
            return words;
        }
    }

    /**
     * All measurements, theorem by theorem.
     *
     * @param results one per theorem
     * @return those of trials that compare a number with a budget or a bound
     */
    public static List<Measurement> of(List<TheoremResult> results) {
        List<Measurement> all = new ArrayList<>();
        for (TheoremResult result : results) {
            for (int i = 0; i < result.entries().size(); i++) {
                Evidence evidence = result.entries().get(i).evidence();
                if (evidence instanceof Evidence.Measured seen && !(seen instanceof Evidence.Shrunk)) {
                    all.add(new Measurement(
                            result.theorem().id(),
                            i + 1,
                            seen,
                            standing(seen, result.verdict().isRefutation())));
                }
            }
        }
        return all;
    }

    private static Standing standing(Evidence.Measured seen, boolean refuted) {
        if (seen.contradicts()) {
            return Standing.REFUTES;
        }
        return refuted ? Standing.REFUTED : seen.holds() ? Standing.WITHIN : Standing.UNLUCKY;
    }

    /** What stands before the dot of the identifier. */
    String family() {
        return family(theorem);
    }

    /**
     * What stands before the dot of an identifier.
     *
     * @param id of a theorem
     * @return its family
     */
    public static String family(String id) {
        int dot = id.indexOf('.');
        return dot < 0 ? id : id.substring(0, dot);
    }

    /** Families of the theorems that have measurements, in their order. */
    static List<String> families(List<TheoremResult> results) {
        return of(results).stream().map(Measurement::family).distinct().toList();
    }
}
