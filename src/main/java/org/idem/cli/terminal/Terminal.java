package org.idem.cli.terminal;

import java.io.PrintStream;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Progress and colour for people; files and pipes get no colour, and a line of progress every half minute. */
public final class Terminal {
    /** The launcher tells which streams are terminals, because the JDK's own answer differs between versions. */
    private static final Terminal OURS = new Terminal(
            null,
            Boolean.getBoolean("idem.terminal.err"),
            Boolean.getBoolean("idem.terminal.out") && System.getenv("NO_COLOR") == null,
            System::nanoTime);

    private static final long BETWEEN_NANOSECONDS = 100_000_000L;
    private static final String ERASED_LINE = "\r\u001b[2K";

    private static final long BETWEEN_LINES = 30_000_000_000L;
    private static final double SECOND = 1e9;

    /** Shows every second what is being done, even while that reports no progress. */
    private static final Thread TICKER = new Thread(Terminal::tick, "progress");

    static {
        TICKER.setDaemon(true);
    }

    /** Null for standard error, wherever that goes at the time. */
    private final @Nullable PrintStream stream;

    private final boolean shown;
    private final boolean colours;
    private final LongSupplier clock;
    private long last;
    private long begin;
    private String phase = "";
    private @Nullable String current;

    /** Progress goes to the stream if it is shown. */
    Terminal(@Nullable PrintStream stream, boolean shown, boolean colours, LongSupplier clock) {
        this.clock = clock;
        this.stream = stream;
        this.shown = shown;
        this.colours = colours;
        begin = clock.getAsLong();
        last = shown ? begin - BETWEEN_NANOSECONDS : begin;
    }

    /**
     * Shows on stderr what is being done, in place of what was shown last.
     *
     * @param work a few words
     */
    public static void progress(String work) {
        OURS.show(work, "");
        startTicking();
    }

    /**
     * The same with how much of it is done, and how long the rest will take if it goes on like this.
     *
     * @param work a few words
     * @param done how many things are done
     * @param all how many there are, at least 1
     * @param things what they are
     */
    public static void progress(String work, long done, long all, String things) {
        OURS.show(work, done, all, things);
        startTicking();
    }

    /**
     * The same where things differ in size.
     *
     * @param work a few words
     * @param done how many are done, in words
     * @param share of the work that these make up, from 0 to 1
     */
    public static void progress(String work, String done, double share) {
        OURS.show(work, done, share);
        startTicking();
    }

    private static synchronized void startTicking() {
        if (TICKER.getState() == Thread.State.NEW) {
            TICKER.start();
        }
    }

    /** Until the thread is interrupted. */
    static void tick() {
        while (true) {
            try {
                Thread.sleep(1000);
            } catch (InterruptedException e) {
                return;
            }
            OURS.again();
        }
    }

    /** A command begins: lines for files and pipes are due half a minute from here. */
    public static void begin() {
        OURS.restart();
    }

    /** Takes the line away. */
    public static void clearProgress() {
        OURS.clear();
    }

    /**
     * A word in the colour of an exit code on a terminal, as it is elsewhere.
     *
     * @param word any
     * @param exitCode whose colour it gets
     * @return the word, perhaps between control sequences
     */
    public static String coloured(String word, int exitCode) {
        return OURS.painted(word, exitCode);
    }

    synchronized void show(String work, long done, long all, String things) {
        show(work, done + " of " + all + " " + things, (double) done / all);
    }

    synchronized void show(String work, String done, double share) {
        begin(work);
        double elapsed = clock.getAsLong() - begin;
        String left =
                share > 0 && share < 1 && elapsed > SECOND ? ", " + duration(elapsed * (1 / share - 1)) + " left" : "";
        show(work, ": " + done + left);
    }

    synchronized void show(String work, String rest) {
        begin(work);
        current = work + rest;
        again();
    }

    private void begin(String work) {
        if (!phase.equals(work)) {
            phase = work;
            begin = clock.getAsLong();
        }
    }

    /** Ten times a second at most. */
    synchronized void again() {
        long now = clock.getAsLong();
        if (current == null || now - last < (shown ? BETWEEN_NANOSECONDS : BETWEEN_LINES)) {
            return;
        }
        last = now;
        String line = current + ", " + duration((double) (now - begin)) + " so far";
        if (shown) {
            stream().print(ERASED_LINE + (now - begin < SECOND ? current : line));
        } else {
            stream().println("idem: " + line);
        }
        stream().flush();
    }

    synchronized void clear() {
        if (shown && current != null) {
            stream().print(ERASED_LINE);
            stream().flush();
        }
        current = null;
        phase = "";
    }

    synchronized void restart() {
        clear();
        last = shown ? last : clock.getAsLong();
    }

    private PrintStream stream() {
        return stream == null ? System.err : stream;
    }

    /**
     * A duration in a unit that leaves two digits.
     *
     * @param nanoseconds at least 0
     * @return number and unit
     */
    public static String duration(double nanoseconds) {
        double seconds = nanoseconds / SECOND;
        if (seconds < 100) {
            return Math.round(seconds) + " s";
        }
        if (seconds < 100 * 60) {
            return Math.round(seconds / 60) + " min";
        }
        return seconds < 100 * 3600 ? Math.round(seconds / 3600) + " h" : Math.round(seconds / 86400) + " days";
    }

    /** Green if done, red if refuted, yellow otherwise. */
    String painted(String word, int exitCode) {
        int colour = exitCode == ExitCode.DONE ? 32 : exitCode == ExitCode.REFUTED ? 31 : 33;
        return colours ? "\u001b[" + colour + "m" + word + "\u001b[0m" : word;
    }
}
