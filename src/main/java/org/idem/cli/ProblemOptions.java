package org.idem.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.theory.ClosedForm;
import picocli.CommandLine.Option;

/** The arguments that {@code predict} and {@code train} share. */
final class ProblemOptions extends TrainingOptions {
    /** A limit that needs more steps than this counts as out of reach. */
    static final int MOST_STEPS = Horizon.Limit.MOST_STEPS;

    @Option(names = "--test", required = true, description = "inputs to evaluate")
    String test = "";

    @Option(names = "--out", required = true, description = "file for the outputs: .npy, .npz or, of a cnn, .png")
    Path out = Path.of("");

    /** What the arguments describe, checked. */
    record Task(LinearProblem problem, ClosedForm form, LinearMethod optimizer, Horizon horizon, Array test) {
        /**
         * Number of steps that {@code --limit} takes, well after the slowest mode has arrived; empty if there are more
         * than {@link #MOST_STEPS}.
         */
        OptionalInt stepsOfLimit(Precision precision) {
            int arrived = form.stepsTo(precision.unitRoundoff(), optimizer, MOST_STEPS);
            return arrived > MOST_STEPS
                    ? OptionalInt.empty()
                    : OptionalInt.of(Math.min(MOST_STEPS, Math.max(64, 4 * Integer.highestOneBit(arrived))));
        }

        /** Whether the limit of training is known: without decay it depends on the rank of the data. */
        boolean limitIsKnown() {
            return optimizer.weightDecay() > 0 || form.rankIsClear();
        }
    }

    Task task() throws IOException {
        Horizon horizon = horizon();
        FileArguments.checkArray("--out", out, kind == Kind.CNN);
        LinearProblem problem = problem();
        Array probes = batch("--test", test, problem.map());
        Terminal.progress("spectrum of the data");
        ClosedForm form = new ClosedForm(problem);
        return new Task(problem, form, stableOptimizer(form), horizon, probes.rounded(precision()));
    }
}
