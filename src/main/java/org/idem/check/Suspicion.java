package org.idem.check;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A reason for a deviation: another account of the same run.
 *
 * @param kinds stable words for programs, one for each thing that is told wrongly: loss, momentum, nesterov, steps,
 *     learning-rate, weight-decay, transposed, flipped, exchanged, padding, bias, targets, ascent, dampening, schedule
 * @param words what was done instead, for people; one phrase for each kind
 * @param freedom how much was fitted: nothing for what people usually mistake, 1 for a round number, more for others
 * @param account the other account
 * @param distance ‖trained − predicted‖ under the other account
 * @param predicted parameters under a method that the account cannot name; null if it can
 */
record Suspicion(
        List<String> kinds,
        List<String> words,
        int freedom,
        Account account,
        double distance,
        @Nullable DMatrixRMaj predicted) {
    Suspicion {
        kinds = List.copyOf(kinds);
        words = List.copyOf(words);
    }

    Suspicion(List<String> kinds, List<String> words, int freedom, Account account, double distance) {
        this(kinds, words, freedom, account, distance, null);
    }

    Suspicion(String kind, String words, int freedom, Account account, double distance) {
        this(List.of(kind), List.of(words), freedom, account, distance);
    }
}
