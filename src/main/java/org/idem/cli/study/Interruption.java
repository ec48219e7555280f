package org.idem.cli.study;

import java.io.IOException;
import java.nio.file.Path;
import org.idem.cli.terminal.Terminal;

/** Says how to go on if the user interrupts training (Ctrl-C). The exit code is then the shell's usual one, 130. */
final class Interruption {
    private Interruption() {}

    /** Training that keeps what is done in a store. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /** Works, and has something to say if the program is told to end meanwhile. */
    static void during(Path store, Work work) throws IOException {
        Thread words = new Thread(
                () -> {
                    Terminal.clearProgress();
                    System.err.println("idem: interrupted; " + store
                            + " keeps the networks that were trained, and the same command goes on with the others");
                    System.err.flush();
                },
                "interruption");
        Runtime.getRuntime().addShutdownHook(words);
        try {
            work.run();
        } finally {
            try {
                Runtime.getRuntime().removeShutdownHook(words);
            } catch (IllegalStateException alreadyEnding) {
                // then the words are being said
            }
        }
    }
}
