package org.idem.theorem.exact;

import org.apache.commons.math3.fraction.BigFraction;

/** What one instance says about a prediction. */
public sealed interface ExactEvidence {
    /**
     * Every number agrees.
     *
     * @param numbers how many were compared
     */
    record Equal(int numbers) implements ExactEvidence {}

    /**
     * A number differs.
     *
     * @param entry which, the first in the order of storage, for instance weights[3]
     * @param theory the predicted fraction
     * @param training the fraction that training produced
     */
    record Differs(String entry, BigFraction theory, BigFraction training) implements ExactEvidence {
        @Override
        public String toString() {
            return entry + ": theory " + theory + ", training " + training;
        }
    }

    /** The instance does not contain what the false variant is wrong about. */
    record NotConcerned() implements ExactEvidence {}
}
