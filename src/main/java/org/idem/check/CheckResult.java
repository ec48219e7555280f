package org.idem.check;

import java.util.ArrayList;
import java.util.Arrays;
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
 * @param ratios |deviation| over budget of every parameter that is known, one row per output with the bias last; shared
 * @param place parameter with the largest ratio, in words
 * @param causes what else could have led to the trained parameters, the likeliest first; empty if nothing was sought or
 *     found
 * @param untested causes that explain the parameters but would do so even if they were not true, for instance because
 *     as many numbers are fitted as the data show; empty if there are causes
 * @param notes what else the reader has to know, a sentence each
 */
public record CheckResult(
        Verdict verdict,
        String reason,
        Account account,
        Precision precision,
        double failure,
        List<Part> parts,
        double[][] ratios,
        String place,
        List<Cause> causes,
        List<Cause> untested,
        List<String> notes) {
    /** Copies the lists. */
    public CheckResult {
        parts = List.copyOf(parts);
        causes = List.copyOf(causes);
        untested = List.copyOf(untested);
        notes = List.copyOf(notes);
    }

    /**
     * The likeliest cause.
     *
     * @return null if none was sought or found
     */
    public @Nullable Cause cause() {
        return causes.isEmpty() ? null : causes.get(0);
    }

    /**
     * Largest ratio of every output unit or channel.
     *
     * @return one number per output, fresh
     */
    public double[] outputs() {
        return Arrays.stream(ratios)
                .mapToDouble(row -> Arrays.stream(row).max().orElse(0))
                .toArray();
    }

    /**
     * The same, where the limit was not claimed but assumed.
     *
     * @return a copy whose reason says so first
     */
    public CheckResult assumingTheLimit() {
        return new CheckResult(
                verdict,
                "without --steps the limit was assumed: " + reason,
                account,
                precision,
                failure,
                parts,
                ratios,
                place,
                causes,
                untested,
                notes);
    }

    /**
     * The same with one more note.
     *
     * @param note a sentence without full stop
     * @return a copy
     */
    public CheckResult noting(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new CheckResult(
                verdict, reason, account, precision, failure, parts, ratios, place, causes, untested, more);
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
     * @param empty whether the data leave nothing to this part
     */
    public record Part(String name, double deviation, double ratio, boolean empty) {
        /**
         * A part that is not empty.
         *
         * @param name which
         * @param deviation its Euclidean norm
         * @param ratio largest |deviation| over budget of its entries
         */
        public Part(String name, double deviation, double ratio) {
            this(name, deviation, ratio, false);
        }

        /** An empty part has no deviation at all: what a projection onto it computes is rounding. */
        Part emptyIf(boolean nothing) {
            return nothing && !Double.isNaN(deviation) ? new Part(name, 0, 0, true) : this;
        }
    }

    /**
     * A possible cause.
     *
     * @param kind stable word for programs; two of them joined by " and " for a pair
     * @param words what was done instead
     * @param ratio largest |deviation| over budget that it leaves; up to 1 it explains the network
     */
    public record Cause(String kind, String words, double ratio) {
        private static final String JOINT = " and ";

        /** Of several things that were told wrongly together. */
        static Cause of(List<String> kinds, List<String> words, double ratio) {
            return new Cause(String.join(JOINT, kinds), String.join("; and ", words), ratio);
        }

        /**
         * The kind, or those of a pair.
         *
         * @return stable words for programs
         */
        public List<String> kinds() {
            return List.of(kind.split(JOINT));
        }

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
