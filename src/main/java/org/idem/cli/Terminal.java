package org.idem.cli;

/** Progress and colour for people; files and pipes get neither. */
final class Terminal {
    private static final long INTERVAL_NANOSECONDS = 100_000_000;

    private static long lastProgress = System.nanoTime() - INTERVAL_NANOSECONDS;

    private Terminal() {}

    /** The launcher knows which streams are terminals; the JDK's own answer differs between versions. */
    private static boolean is(String stream) {
        return Boolean.getBoolean("idem.terminal." + stream);
    }

    /** Shows one line on stderr in place of the last one, ten times a second at most. */
    static synchronized void progress(String line) {
        long now = System.nanoTime();
        if (is("err") && now - lastProgress >= INTERVAL_NANOSECONDS) {
            lastProgress = now;
            System.err.print("\r\u001b[2K" + line);
            System.err.flush();
        }
    }

    /** A word in green (good), red (bad) or yellow on a terminal, as it is elsewhere. */
    static String coloured(String word, int exitCode) {
        int colour = exitCode == ExitCode.DONE ? 32 : exitCode == ExitCode.REFUTED ? 31 : 33;
        return is("out") && System.getenv("NO_COLOR") == null ? "\u001b[" + colour + "m" + word + "\u001b[0m" : word;
    }

    /** Takes the line away. */
    static synchronized void clearProgress() {
        if (is("err")) {
            System.err.print("\r\u001b[2K");
            System.err.flush();
        }
    }
}
