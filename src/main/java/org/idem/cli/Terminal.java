package org.idem.cli;

/** Progress and colour for people; files and pipes get neither. */
final class Terminal {
    /** The launcher knows which streams are terminals; the JDK's own answer differs between versions. */
    private static final boolean PRESENT = Boolean.getBoolean("idem.terminal.err");

    private static final boolean COLOUR = Boolean.getBoolean("idem.terminal.out") && System.getenv("NO_COLOR") == null;

    private static long lastProgress;

    private Terminal() {}

    /** Shows one line on stderr in place of the last one, ten times a second at most. */
    static synchronized void progress(String line) {
        long now = System.nanoTime();
        if (PRESENT && now - lastProgress > 100_000_000L) {
            lastProgress = now;
            System.err.print("\r\u001b[2K" + line);
            System.err.flush();
        }
    }

    /** A word in green (good), red (bad) or yellow on a terminal, as it is elsewhere. */
    static String coloured(String word, int exitCode) {
        int colour = exitCode == ExitCode.DONE ? 32 : exitCode == ExitCode.REFUTED ? 31 : 33;
        return COLOUR ? "\u001b[" + colour + "m" + word + "\u001b[0m" : word;
    }

    /** Takes the line away. */
    static synchronized void clearProgress() {
        if (PRESENT) {
            System.err.print("\r\u001b[2K");
            System.err.flush();
        }
    }
}
