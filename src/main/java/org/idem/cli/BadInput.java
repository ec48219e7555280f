package org.idem.cli;

/** Thrown for input that breaks a rule; the message is one line: argument, rule, value. */
final class BadInput extends RuntimeException {
    BadInput(String message) {
        super(message);
    }
}
