package org.idem.theorem;

import org.idem.array.Array;

/** What really running the networks of one scenario gave. */
public sealed interface Observation {
    /**
     * The networks ran to the end.
     *
     * @param values what the claim speaks about, usually outputs on the probes
     */
    record Seen(Array values) implements Observation {}

    /**
     * The networks ran to the end, and the claim speaks about more than one array of numbers: about the course of a
     * training, for instance. {@link Claim.Given} says how such a claim reads it.
     */
    non-sealed interface Recorded extends Observation {}

    /**
     * Nothing that the claim speaks about was seen.
     *
     * @param reason why, as evidence of the trial
     */
    record Nothing(Evidence reason) implements Observation {}
}
