package org.idem.check;

import org.idem.array.Precision;
import org.idem.network.UpdateRule;
import org.idem.wording.Count;
import org.idem.wording.Decimals;
import org.jspecify.annotations.Nullable;

/**
 * What the user states about a method whose settings are not known.
 *
 * @param steps largest number of steps to allow for, at least 0
 * @param rule the method, null if it is not stated
 * @param momentum the momentum, null if it is not stated
 * @param decays whether weight decay is stated
 */
public record Premise(
        int steps, @Nullable UpdateRule rule, @Nullable Double momentum, boolean decays) {
    /** Largest usual momentum. */
    private static final double LARGEST_MOMENTUM = 0.99;

    static final double USUAL_MOMENTUM = 0.9;

    /** Checks the numbers. */
    public Premise {
        if (steps < 0 || momentum != null && !(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException(
                    "steps must be at least 0 and the momentum in [0, 1), got " + steps + " and " + momentum);
        }
    }

    /** Momentum up to which an unchanged complement counts as unchanged. */
    double usualMomentum() {
        return momentum == null ? USUAL_MOMENTUM : momentum;
    }

    /** Momentum up to which rounding excuses a change. */
    double largestMomentum() {
        return momentum == null ? LARGEST_MOMENTUM : momentum;
    }

    /** Whether a method is stated that leaves the complement alone. */
    boolean refutes() {
        boolean stated = rule == null ? momentum != null : rule == UpdateRule.SGD;
        return stated && !decays;
    }

    /** Whether the limit is that of the theorem. */
    boolean holdsInTheLimit() {
        return !decays;
    }

    /** Why a changed complement refutes nothing. */
    String whyNot() {
        if (decays) {
            return "weight decay, which was stated, changes it: give all settings instead of --any-optimiser";
        }
        return rule == null
                ? "Adam, RMSProp, Adagrad and weight decay do change it, and no method was stated (--rule sgd, or --momentum)"
                : rule + ", which was stated, does change it: --any-optimiser speaks of gradient descent only";
    }

    /** In words, the runs whose rounding is counted. */
    String words(Precision precision) {
        double most = largestMomentum();
        return "rounding is counted for at most " + Count.of(steps, "full-batch step") + ", a momentum of at most "
                + (precision == Precision.FLOAT32 ? Decimals.full((float) most) : Decimals.full(most))
                + " and rates up to half of the largest stable one";
    }
}
