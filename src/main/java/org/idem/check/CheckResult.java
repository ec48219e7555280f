package org.idem.check;

import java.util.List;
import org.idem.array.Precision;
import org.jspecify.annotations.Nullable;

/**
 * What a check found.
 *
 * @param verdict whether the network obeys the theorem
 * @param reason the verdict in a sentence
 * @param account what was claimed
 * @param precision arithmetic that the budget is for
 * @param failure probability with which a true account is refuted: 0 for float64, whose budget is a worst case
 * @param parts how far each part deviates; the first is the whole
 * @param outputs ratio of deviation to budget of every output unit or channel, the largest of its entries; shared
 * @param place parameter with the largest ratio, in words
 * @param cause likeliest cause, null if none was sought or found
 * @param alternatives what else explains the network within its budget
 */
public record CheckResult(
        Verdict verdict,
        String reason,
        Account account,
        Precision precision,
        double failure,
        List<Part> parts,
        double[] outputs,
        String place,
        @Nullable Cause cause,
        List<Cause> alternatives) {
    /** Copies the lists. */
    public CheckResult {
        parts = List.copyOf(parts);
        alternatives = List.copyOf(alternatives);
    }

    /** How a check ends. */
    public enum Verdict {
        /** Every parameter lies within its budget. */
        CONFIRMED("confirmed"),
        /** Some parameter lies outside. */
        REFUTED("refuted"),
        /** Rounding, or training that has not arrived, leaves both possible. */
        UNDECIDED("undecided");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /**
     * A part of the parameters.
     *
     * @param name which
     * @param deviation its Euclidean norm
     * @param ratio largest |deviation| over budget of its entries; beyond 1 it disagrees
     */
    public record Part(String name, double deviation, double ratio) {}

    /**
     * A possible cause.
     *
     * @param kind stable word for programs
     * @param words what was done instead
     * @param ratio largest |deviation| over budget that it leaves; up to 1 it explains the network; NaN where other
     *     numbers could explain it but are not known, so that nothing is left to measure
     */
    public record Cause(String kind, String words, double ratio) {
        /**
         * Whether nothing is left to explain.
         *
         * @return true if every parameter lies within its budget under this cause
         */
        public boolean explains() {
            return ratio <= 1;
        }
    }

    /**
     * Largest |deviation| over budget.
     *
     * @return at least 0
     */
    public double ratio() {
        return parts.get(0).ratio();
    }
}
