package org.idem.cli.terminal;

import java.io.IOException;
import java.util.function.Supplier;

/** What the program says if the user interrupts it (Ctrl-C). The exit code is then the shell's usual one, 130. */
public final class LastWords {
    private LastWords() {}

    /** Work that takes long. */
    @FunctionalInterface
    public interface Work {
        /**
         * Works.
         *
         * @throws IOException if that fails
         */
        void run() throws IOException;
    }

    /**
     * Works, and has something to say if the program is told to end meanwhile.
     *
     * @param words what was done is kept before they are given back; one line
     * @param work all of it
     * @throws IOException what the work threw
     */
    public static void during(Supplier<String> words, Work work) throws IOException {
        Thread said = new Thread(
                () -> {
                    Terminal.clearProgress();
                    System.err.println("idem: interrupted; " + words.get());
                    System.err.flush();
                },
                "interruption");
        Runtime.getRuntime().addShutdownHook(said);
        try {
            work.run();
        } finally {
            try {
                Runtime.getRuntime().removeShutdownHook(said);
            } catch (IllegalStateException alreadyEnding) {
                // then the words are being said
            }
        }
    }
}
