package org.idem.cli.terminal;

/**
 * Thrown where all is well but for a part of the program that has not been built: the launcher then builds it and
 * starts again.
 */
public final class MissingPart extends RuntimeException {
    /**
     * One line for users who did not come through the launcher.
     *
     * @param message names argument, part and remedy
     */
    public MissingPart(String message) {
        super(message);
    }
}
