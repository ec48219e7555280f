package org.idem.theorem;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a proof assistant has checked of one theorem.
 *
 * @param id of the theorem
 * @param file formal source in {@code proofs/}, empty if there is none
 * @param checked formal theorems of that file, each with the axioms that it rests on
 * @param notChecked what the page claims beyond them, empty if nothing
 */
public record FormalProof(String id, String file, List<Checked> checked, String notChecked) {
    /** Copies the list. */
    public FormalProof {
        checked = List.copyOf(checked);
    }

    /**
     * Whether any part of the theorem is machine-checked.
     *
     * @return false if there is no formal source
     */
    public boolean exists() {
        return !checked.isEmpty();
    }

    /**
     * What its formal theorems rest on.
     *
     * @return no axiom, or the axioms by name
     */
    public String axioms() {
        String named = checked.stream()
                .flatMap(theorem -> Stream.of(theorem.axioms().split(", ")))
                .filter(axiom -> !axiom.equals(Checked.NO_AXIOM))
                .sorted()
                .distinct()
                .collect(Collectors.joining(", "));
        return named.isEmpty() ? "no axiom" : named;
    }

    /**
     * One line.
     *
     * @return where the proof is and what is left, or that there is none
     */
    public String summary() {
        if (!exists()) {
            return "no formal proof" + (notChecked.isEmpty() ? "" : ": " + notChecked);
        }
        return "proofs/" + file + ": "
                + checked.stream().map(Checked::name).collect(Collectors.joining(", "))
                + (notChecked.isEmpty() ? "" : "; not machine-checked: " + notChecked);
    }

    /**
     * One formal theorem.
     *
     * @param name in the formal source
     * @param says statement in words
     * @param assumes hypotheses in words
     * @param scalars the numbers over which it is proved, for instance every ordered field
     * @param axioms the axioms that it rests on, separated by commas, or none
     */
    public record Checked(String name, String says, String assumes, String scalars, String axioms) {
        private static final String NO_AXIOM = "none";

        /**
         * One line.
         *
         * @return name, statement in words and assumptions
         */
        public String line() {
            return name + ": " + says + " Assumes " + assumes + (scalars.isEmpty() ? "" : "; over " + scalars)
                    + (axioms.equals(NO_AXIOM) ? "" : "; rests on " + axioms);
        }
    }
}
