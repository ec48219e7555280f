package org.idem.cli.terminal;

import java.util.Collection;

/** What a command's exit status says; scripts rely on it. */
public final class ExitCode {
    /** Confirmed, or done. */
    public static final int DONE = 0;
    /** The program failed, not its user. */
    public static final int INTERNAL_FAILURE = 1;
    /** Bad usage or bad input. */
    public static final int BAD_INPUT = 2;
    /** Refuted. */
    public static final int REFUTED = 3;
    /** Undecided. */
    public static final int UNDECIDED = 4;
    /** A part of the program is not built, and all else is well; says so to the launcher, which asks for it. */
    public static final int PART_MISSING = 75;
    /** Whoever read the output ended first: what shells say of a program that the signal SIGPIPE ends. */
    public static final int READER_LEFT = 128 + 13;

    private ExitCode() {}

    /**
     * The code of a run by those of its parts.
     *
     * @param parts codes
     * @return 3 if one is refuted, else 4 if one is undecided, else 0
     */
    public static int of(Collection<Integer> parts) {
        return parts.contains(REFUTED) ? REFUTED : parts.contains(UNDECIDED) ? UNDECIDED : DONE;
    }
}
