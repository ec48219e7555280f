package org.idem.check;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A possible reason for a deviation: another account of the same run.
 *
 * @param kinds stable words for programs, one for each thing that is told wrongly: loss, momentum, nesterov, steps,
 *     learning-rate, weight-decay, transposed, flipped, exchanged, permuted, padding, bias, targets, ascent, dampening,
 *     schedule
 * @param words what was done instead, for people; one phrase for each kind
 * @param freedom the less likely, the larger: 0 for usual mistakes, 1 for a round number, more for others
 * @param fit what was fitted to the trained parameters
 * @param account the other account
 * @param distance ‖trained − predicted‖ under the other account
 * @param predicted parameters, one row per output, predicted by a method that an account cannot describe; null if the
 *     account describes it
 */
record Suspicion(
        List<String> kinds,
        List<String> words,
        int freedom,
        Fit fit,
        Account account,
        double distance,
        @Nullable DMatrixRMaj predicted) {
    /** Freedom of a round or whole number. */
    static final int ROUND = 1;
    /** Freedom of a setting that is neither usual nor round; larger than that of two usual or round ones. */
    static final int ODD = 2 * ROUND + 1;
    /**
     * Freedom of numbers fitted to each output; larger than that of two odd settings, the most that are fitted at once.
     */
    static final int MANY = 2 * ODD + 1;
    /**
     * Distances that differ by at most this factor count as equal: each is a sum of rounding errors, and two accounts
     * that are equally good differ by such a factor by chance.
     */
    static final double ROUNDING_NOISE = 4;

    /**
     * What was fitted.
     *
     * @param settings number of settings that took any value
     * @param perOutput number of numbers that took any value in each output by itself
     * @param choices number of values among which whole and round numbers were chosen, 1 without any
     */
    record Fit(int settings, int perOutput, double choices) {
        static final Fit NOTHING = new Fit(0, 0, 1);
        static final Fit ONE_PER_OUTPUT = new Fit(0, 1, 1);

        static Fit oneOf(double choices) {
            return new Fit(0, 0, Math.max(1, choices));
        }

        Fit and(Fit other) {
            return new Fit(settings + other.settings, perOutput + other.perOutput, choices * other.choices);
        }
    }

    Suspicion {
        kinds = List.copyOf(kinds);
        words = List.copyOf(words);
    }

    /** Nothing is fitted. */
    Suspicion(String kind, String words, Account account, double distance) {
        this(List.of(kind), List.of(words), 0, Fit.NOTHING, account, distance, null);
    }

    /** This suspicion together with something else that was told wrongly. */
    Suspicion after(List<String> otherKinds, List<String> otherWords, Fit otherFit) {
        return new Suspicion(
                joined(otherKinds, kinds),
                joined(otherWords, words),
                freedom,
                fit.and(otherFit),
                account,
                distance,
                predicted);
    }

    private static List<String> joined(List<String> one, List<String> other) {
        List<String> both = new ArrayList<>(one);
        both.addAll(other);
        return both;
    }
}
