package org.idem.cli;

import java.io.PrintStream;

/** Progress and colour for people; files and pipes get neither. */
final class Terminal {
    /** The launcher knows which streams are terminals; the JDK's own answer differs between versions. */
    private static final Terminal OURS = new Terminal(
            System.err,
            Boolean.getBoolean("idem.terminal.err"),
            Boolean.getBoolean("idem.terminal.out") && System.getenv("NO_COLOR") == null);

    private static final long BETWEEN_NANOSECONDS = 100_000_000L;
    private static final String ERASED_LINE = "\r\u001b[2K";

    private final PrintStream stream;
    private final boolean shown;
    private final boolean colours;
    private long last;

    /** Progress goes to the stream if it is shown. */
    Terminal(PrintStream stream, boolean shown, boolean colours) {
        this.stream = stream;
        this.shown = shown;
        this.colours = colours;
        last = System.nanoTime() - BETWEEN_NANOSECONDS;
    }

    /** Shows one line on stderr in place of the last one, ten times a second at most. */
    static void progress(String line) {
        OURS.show(line);
    }

    /** Takes the line away. */
    static void clearProgress() {
        OURS.clear();
    }

    /** A word in the colour of an exit code on a terminal, as it is elsewhere. */
    static String coloured(String word, int exitCode) {
        return OURS.painted(word, exitCode);
    }

    synchronized void show(String line) {
        long now = System.nanoTime();
        if (shown && now - last >= BETWEEN_NANOSECONDS) {
            last = now;
            stream.print(ERASED_LINE + line);
            stream.flush();
        }
    }

    synchronized void clear() {
        if (shown) {
            stream.print(ERASED_LINE);
            stream.flush();
        }
    }

    /** Green if done, red if refuted, yellow otherwise. */
    String painted(String word, int exitCode) {
        int colour = exitCode == ExitCode.DONE ? 32 : exitCode == ExitCode.REFUTED ? 31 : 33;
        return colours ? "\u001b[" + colour + "m" + word + "\u001b[0m" : word;
    }
}
