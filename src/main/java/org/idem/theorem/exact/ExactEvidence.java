package org.idem.theorem.exact;

import java.util.Optional;
import org.apache.commons.math3.fraction.BigFraction;
import org.idem.network.exact.RationalArray;
import org.idem.network.exact.RationalParameters;

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

    /** The instance lacks what a false variant is mistaken about. */
    record NotConcerned() implements ExactEvidence {}

    /** Compares two arrays of one shape. */
    static ExactEvidence of(String name, RationalArray theory, RationalArray training) {
        if (!theory.equals(training)) {
            for (int i = 0; i < theory.length(); i++) {
                if (!theory.at(i).equals(training.at(i))) {
                    return new Differs(name + "[" + i + "]", theory.at(i), training.at(i));
                }
            }
            throw new IllegalArgumentException("shapes must agree, got " + theory + " and " + training);
        }
        return new Equal(theory.length());
    }

    /** Compares weights and biases. */
    static ExactEvidence of(RationalParameters theory, RationalParameters training) {
        ExactEvidence weights = of("weights", theory.weights(), training.weights());
        if (weights instanceof Equal equal && theory.bias() != null) {
            RationalArray trained = Optional.ofNullable(training.bias()).orElseThrow();
            ExactEvidence biases = of("bias", theory.bias(), trained);
            return biases instanceof Equal more ? new Equal(equal.numbers + more.numbers) : biases;
        }
        return weights;
    }
}
