package org.idem.laboratory.finding;

import java.util.function.Predicate;

/**
 * What may happen with the networks of one seed, in terms of a finding's quantities.
 *
 * @param text a plain clause, as "the correlation falls from depth 3 to depth 10"
 * @param happens told the quantities in their order; false whenever a NaN decides
 */
public record Event(String text, Predicate<double[]> happens) {
    /**
     * Values that fall strictly.
     *
     * @param text the event in words
     * @param first index of the first value
     * @param last index of the last one, after the first
     * @return whether each value between them is lower than the one before it
     */
    static Event falls(String text, int first, int last) {
        return new Event(text, values -> {
            for (int i = first + 1; i <= last; i++) {
                if (!(values[i] < values[i - 1])) {
                    return false;
                }
            }
            return true;
        });
    }

    /**
     * Values that lie close together.
     *
     * @param text the event in words
     * @param within most between the largest and the smallest
     * @param indices of the values
     * @return whether they do
     */
    static Event close(String text, double within, int... indices) {
        return new Event(text, values -> {
            double least = Double.POSITIVE_INFINITY;
            double most = Double.NEGATIVE_INFINITY;
            for (int index : indices) {
                // a NaN makes both NaN
                least = Math.min(least, values[index]);
                most = Math.max(most, values[index]);
            }
            return most - least <= within;
        });
    }

    /**
     * Values above a limit.
     *
     * @param text the event in words
     * @param limit exceeded by all
     * @param indices of the values
     * @return whether they are
     */
    static Event above(String text, double limit, int... indices) {
        return new Event(text, values -> {
            for (int index : indices) {
                if (!(values[index] > limit)) {
                    return false;
                }
            }
            return true;
        });
    }

    /**
     * Values below a limit.
     *
     * @param text the event in words
     * @param limit above all
     * @param indices of the values
     * @return whether they are
     */
    static Event below(String text, double limit, int... indices) {
        return new Event(text, values -> {
            for (int index : indices) {
                if (!(values[index] < limit)) {
                    return false;
                }
            }
            return true;
        });
    }
}
