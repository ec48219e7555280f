package org.idem.cli.terminal;

/** Thrown for input that breaks a rule; the message is one line: argument, rule, value. */
public final class BadInput extends RuntimeException {
    /**
     * One line for the user.
     *
     * @param message names argument, rule, value and remedy
     */
    public BadInput(String message) {
        super(message);
    }
}
