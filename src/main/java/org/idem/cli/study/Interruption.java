package org.idem.cli.study;

import java.io.IOException;
import java.nio.file.Path;
import org.idem.cli.terminal.LastWords;

/** Says how to go on if the user interrupts training. */
final class Interruption {
    private Interruption() {}

    /** Trains, and keeps what is done in a store. */
    static void during(Path store, LastWords.Work training) throws IOException {
        LastWords.during(
                () -> store + " keeps the networks that were trained, and the same command goes on with the others",
                training);
    }
}
