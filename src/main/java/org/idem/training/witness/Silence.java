package org.idem.training.witness;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** SameDiff tells standard output what it differentiates; nobody asked. */
final class Silence {
    private Silence() {}

    /** Drops the lines that the work prints; those of other threads pass. One work at a time. */
    static synchronized void of(Runnable work) {
        PrintStream before = System.out;
        PrintStream silent = new LinesOfOthers(before, Thread.currentThread());
        System.setOut(silent);
        try {
            work.run();
        } finally {
            if (System.out == silent) {
                System.setOut(before);
            }
        }
    }

    private static final class LinesOfOthers extends PrintStream {
        private final Thread silenced;

        LinesOfOthers(PrintStream out, Thread silenced) {
            super(out, true, StandardCharsets.UTF_8);
            this.silenced = silenced;
        }

        @Override
        public void println(String line) {
            if (Thread.currentThread() != silenced) {
                super.println(line);
            }
        }
    }
}
