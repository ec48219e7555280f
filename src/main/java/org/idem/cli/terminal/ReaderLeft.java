package org.idem.cli.terminal;

/**
 * Thrown where a command writes to standard output, but whoever read it has ended. Nobody wants the rest, so the
 * command ends and says nothing. It is an error because print streams would swallow an {@link java.io.IOException}, and
 * because whoever handles the failures of a piece of work has to leave it alone.
 */
public final class ReaderLeft extends Error {
    /** Without the stack trace, which nobody gets to see. */
    public ReaderLeft() {
        super("the reader of standard output has ended", null, false, false);
    }
}
