package org.idem.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.idem.array.Array;
import org.idem.network.Horizon;
import org.idem.network.Optimizer;
import org.idem.network.TrainingProblem;
import org.idem.theory.ClosedForm;
import picocli.CommandLine.Option;

/** The arguments that {@code predict} and {@code train} share. */
final class ProblemOptions extends TrainingOptions {
    @Option(names = "--test", required = true, description = "inputs to evaluate")
    String test = "";

    @Option(names = "--out", required = true, description = "file for the outputs: .npy, .npz or, of a cnn, .png")
    Path out = Path.of("");

    /** What the arguments describe, checked. */
    record Task(TrainingProblem problem, ClosedForm form, Optimizer optimizer, Horizon horizon, Array test) {}

    Task task() throws IOException {
        Horizon horizon = horizon();
        FileArguments.checkArray("--out", out, kind == Kind.CNN);
        TrainingProblem problem = problem();
        Array probes = batch("--test", test, problem.network());
        ClosedForm form = new ClosedForm(problem);
        return new Task(problem, form, stableOptimizer(form), horizon, probes.rounded(precision()));
    }
}
