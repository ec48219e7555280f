package org.idem.array;

/** A file whose content breaks a rule of its format; the message is one line with file, rule and value. */
public class DataFormatException extends IllegalArgumentException {
    /**
     * With a message for the user.
     *
     * @param message one line: file, rule, value
     */
    public DataFormatException(String message) {
        super(message);
    }
}
