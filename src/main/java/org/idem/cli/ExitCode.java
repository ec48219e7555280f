package org.idem.cli;

/** What a command's exit status says; scripts rely on it. */
final class ExitCode {
    static final int DONE = 0;
    static final int INTERNAL_FAILURE = 1;
    static final int BAD_INPUT = 2;
    static final int REFUTED = 3;
    static final int UNDECIDED = 4;

    private ExitCode() {}
}
