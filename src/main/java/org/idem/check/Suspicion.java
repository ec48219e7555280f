package org.idem.check;

import java.util.List;

/**
 * A reason for a deviation: another account of the same run.
 *
 * @param kinds stable words for programs, one for each thing that is told wrongly: loss, momentum, nesterov, steps,
 *     learning-rate, weight-decay, transposed, flipped, exchanged, padding, bias, targets
 * @param words what was done instead, for people; one phrase for each kind
 * @param freedom how much was fitted: nothing for what people usually mistake, 1 for a round number, more for others
 * @param account the other account
 * @param distance ‖trained − predicted‖ under the other account
 */
record Suspicion(List<String> kinds, List<String> words, int freedom, Account account, double distance) {
    Suspicion {
        kinds = List.copyOf(kinds);
        words = List.copyOf(words);
    }

    Suspicion(String kind, String words, int freedom, Account account, double distance) {
        this(List.of(kind), List.of(words), freedom, account, distance);
    }
}
