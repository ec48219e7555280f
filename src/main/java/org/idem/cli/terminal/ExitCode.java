package org.idem.cli.terminal;

import java.util.Collection;

/** What a command's exit status says; scripts rely on it. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int INTERNAL_FAILURE = 1;
    public static final int BAD_INPUT = 2;
    public static final int REFUTED = 3;
    public static final int UNDECIDED = 4;

    private ExitCode() {}

    /** The code of a run by those of its parts: 3 if one is refuted, else 4 if one is undecided. */
    public static int of(Collection<Integer> parts) {
        return parts.contains(REFUTED) ? REFUTED : parts.contains(UNDECIDED) ? UNDECIDED : DONE;
    }
}
