package org.idem.theorem.exact;

import org.idem.network.exact.RationalArray;
import org.idem.network.exact.RationalParameters;

/** Fraction by fraction, without tolerance. */
final class Comparison {
    private Comparison() {}

    static ExactEvidence of(String name, RationalArray theory, RationalArray training) {
        if (theory.equals(training)) {
            return new ExactEvidence.Equal(theory.length());
        }
        for (int i = 0; i < Math.min(theory.length(), training.length()); i++) {
            if (!theory.at(i).equals(training.at(i))) {
                return new ExactEvidence.Differs(name + "[" + i + "]", theory.at(i), training.at(i));
            }
        }
        throw new IllegalArgumentException(name + " must have one shape, got " + theory + " and " + training);
    }

    static ExactEvidence of(RationalParameters theory, RationalParameters training) {
        ExactEvidence weights = of("weights", theory.weights(), training.weights());
        RationalArray predicted = theory.bias();
        RationalArray trained = training.bias();
        if (predicted == null || trained == null) {
            return weights;
        }
        return both(weights, of("bias", predicted, trained));
    }

    /** The first difference, or the sum of what was compared. */
    static ExactEvidence both(ExactEvidence first, ExactEvidence second) {
        return first instanceof ExactEvidence.Equal one && second instanceof ExactEvidence.Equal two
                ? new ExactEvidence.Equal(one.numbers() + two.numbers())
                : first instanceof ExactEvidence.Equal ? second : first;
    }
}
