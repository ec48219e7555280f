package org.idem.array;

/** Thrown for a file whose content breaks a rule of its format; the message is one line with file, rule and value. */
public class DataFormatException extends IllegalArgumentException {
    /**
     * With a message for the user.
     *
     * @param message one line: file, rule, value
     */
    public DataFormatException(String message) {
        super(oneLine(message));
    }

    /**
     * With the parts of the message.
     *
     * @param source file or other name of the data
     * @param problem the rule and the value found
     */
    public DataFormatException(String source, String problem) {
        this(source + ": " + problem);
    }

    /** Text of foreign files can hold line ends and terminal control characters; they become question marks. */
    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().limit(600).forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? '?' : c));
        return line.toString();
    }
}
