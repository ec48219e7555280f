package org.idem.check;

import org.idem.theory.ClosedForm;

/**
 * A reason for a deviation: another account of the same run.
 *
 * @param kind stable word for programs: loss, momentum, nesterov, steps, learning-rate, weight-decay, transposed,
 *     flipped, exchanged, padding, bias, targets or tampered
 * @param words what was done instead, for people
 * @param freedom how much was fitted: 0 nothing, 1 a number, 2 a few numbers, 3 many
 * @param account the other account
 * @param distance ‖trained − predicted‖ under the other account
 */
record Suspicion(String kind, String words, int freedom, Account account, double distance) {
    ClosedForm form() {
        return new ClosedForm(account.problem());
    }
}
