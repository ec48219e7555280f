package org.idem.cli.network;

import java.io.IOException;
import java.nio.file.Path;
import org.idem.array.Array;
import org.idem.cli.argument.FileArguments;
import org.idem.network.LinearProblem;
import org.idem.network.Network;
import picocli.CommandLine.Option;

/** The arguments of {@code predict} but those of infinite width. */
final class PredictionOptions extends OneLayerOptions {
    @Option(names = "--test", required = true, description = "inputs to evaluate")
    String test = "";

    @Option(names = "--out", required = true, description = "file for the outputs: .npy, .npz or, of a cnn, .png")
    Path out = Path.of("");

    /** What the arguments describe, checked. */
    LinearTask task() throws IOException {
        horizon();
        FileArguments.checkArray("--out", out, kind == Kind.CNN);
        LinearProblem problem = problem();
        Array probes = batch("--test", test, Network.of(problem.map()));
        return LinearTask.of(this, problem, probes);
    }
}
