package org.idem.cli;

import java.util.Collection;

/** What a command's exit status says; scripts rely on it. */
final class ExitCode {
    static final int DONE = 0;
    static final int INTERNAL_FAILURE = 1;
    static final int BAD_INPUT = 2;
    static final int REFUTED = 3;
    static final int UNDECIDED = 4;

    private ExitCode() {}

    /** The code of a run by those of its parts: 3 if one is refuted, else 4 if one is undecided. */
    static int of(Collection<Integer> parts) {
        return parts.contains(REFUTED) ? REFUTED : parts.contains(UNDECIDED) ? UNDECIDED : DONE;
    }
}
