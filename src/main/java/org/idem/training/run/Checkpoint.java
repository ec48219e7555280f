package org.idem.training.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.idem.array.Array;
import org.idem.array.DataFormatException;
import org.idem.array.DataStream;
import org.idem.array.NpyFile;
import org.idem.array.NpzFile;
import org.idem.array.Precision;

/**
 * State of a deep network's training between two steps.
 *
 * @param step number of steps taken
 * @param precision arithmetic of the training; every number of the state is one of it
 * @param state (1 + s, parameters): all parameters, then the s vectors that the update rule remembers
 */
public record Checkpoint(int step, Precision precision, Array state) {
    /** Checks that there are parameters. */
    public Checkpoint {
        if (step < 0) {
            throw new IllegalArgumentException("steps must be at least 0, got " + step);
        }
        if (state.rank() != 2 || state.size(0) == 0) {
            throw new IllegalArgumentException("a state must have rows of parameters, got rank " + state.rank());
        }
    }

    /**
     * Writes the checkpoint as a NumPy archive, whole or not at all.
     *
     * @param path file to write
     * @throws IOException if writing fails
     */
    public void write(Path path) throws IOException {
        NpzFile.write(
                path,
                Map.of(
                        "step", new NpyFile.Content(Array.of(new double[] {step}, 1), Precision.FLOAT64),
                        "state", new NpyFile.Content(state, precision)));
    }

    /**
     * Reads a checkpoint.
     *
     * @param path file that {@link #write} wrote
     * @return the same bits
     * @throws DataFormatException if it is no such file
     * @throws IOException if reading fails
     */
    public static Checkpoint read(Path path) throws IOException {
        double[] step =
                NpzFile.readContent(path, "step", DataStream.ALL).array().values();
        var state = NpzFile.readContent(path, "state", DataStream.ALL);
        if (step.length != 1
                || step[0] != (int) step[0]
                || step[0] < 0
                || state.array().rank() != 2) {
            throw new DataFormatException(
                    path.toString(), "a checkpoint must hold a number of steps and rows of state");
        }
        return new Checkpoint((int) step[0], state.precision(), state.array());
    }
}
