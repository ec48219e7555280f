package org.idem.cli;

import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.idem.network.Horizon;
import org.idem.training.Trainer;
import org.idem.training.run.Outcome;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Really trains a network by gradient steps. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = "Trains a network by gradient steps and evaluates it.",
        footer = {
            "",
            "Exit codes: 0 done, 4 the limit is too far away (then nothing is written).",
            "Example:",
            "  idem train fcn --train X.npy --weights W0.npy --test Z.npy --out F.npy --weights-out WT.npy --steps 100"
        })
final class TrainCommand implements Callable<Integer> {
    @Mixin
    private ProblemOptions options = new ProblemOptions();

    @Option(names = "--weights-out", description = "npy or npz file for the trained weights")
    private @Nullable Path weightsOut;

    @Override
    public Integer call() throws Exception {
        FileArguments.checkArray("--weights-out", weightsOut, false);
        if (weightsOut != null && FileArguments.same(options.out, weightsOut)) {
            throw new BadInput("--out and --weights-out must name different files, got " + weightsOut);
        }
        ProblemOptions.Task task = options.task();
        Trainer trainer = new Trainer(task.problem(), task.optimizer(), options.precision());
        OptionalInt steps = steps(task);
        if (steps.isEmpty()) {
            return unfinished();
        }
        // where theory does not know the limit, training ends when nothing moves any more
        boolean counted = task.horizon() instanceof Horizon.Steps || task.limitIsKnown();
        Horizon horizon = counted ? new Horizon.Steps(steps.getAsInt()) : task.horizon();
        Terminal.progress("training");
        trainer.onProgress(new Pace(task, steps.getAsInt(), options.precision()));
        Outcome outcome = trainer.train(horizon, task.test());
        Terminal.clearProgress();
        if (outcome instanceof Outcome.Diverged diverged) {
            throw new BadInput("--train, --weights, --learning-rate: training diverged at step " + diverged.step()
                    + " in " + options.precision() + " with learning rate "
                    + task.optimizer().learningRate()
                    + "; float64 or smaller numbers may help");
        }
        if (outcome instanceof Outcome.NotConverged) {
            return unfinished();
        }
        Outcome.Trained trained = (Outcome.Trained) outcome;
        FileArguments.write(options.out, "outputs", trained.outputs(), options.precision());
        if (weightsOut != null) {
            FileArguments.write(weightsOut, "weights", trained.weights(), options.precision());
        }
        System.out.println("learning rate  " + task.optimizer().learningRate());
        System.out.println("steps          " + trained.steps());
        System.out.println("last loss      " + trained.loss());
        return ExitCode.DONE;
    }

    /**
     * Number of steps to take, or the most if training decides itself when it ends; empty if the limit is out of reach.
     */
    private OptionalInt steps(ProblemOptions.Task task) {
        if (task.horizon() instanceof Horizon.Steps steps) {
            return OptionalInt.of(steps.count());
        }
        return task.limitIsKnown() ? task.stepsOfLimit(options.precision()) : OptionalInt.of(ProblemOptions.MOST_STEPS);
    }

    private static int unfinished() {
        Terminal.clearProgress();
        System.err.println("idem: --limit: the parameters still move after " + ProblemOptions.MOST_STEPS
                + " steps; --steps ends at a step of your choice");
        return ExitCode.UNDECIDED;
    }
}
