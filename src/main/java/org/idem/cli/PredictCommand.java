package org.idem.cli;

import java.util.Arrays;
import java.util.concurrent.Callable;
import org.idem.array.Precision;
import org.idem.network.Horizon;
import org.idem.network.Optimizer;
import org.idem.theory.BoundedOutputs;
import org.idem.theory.ClosedForm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Closed-form outputs of a trained network; the file is float64 whatever the precision of the training it predicts. */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        description = "Predicts a trained network's outputs in closed form.",
        footer = {
            "",
            "Exit codes: 0 done, 4 rounding hides the rank of the training data.",
            "Examples:",
            "  idem predict fcn --train X.npy --weights W0.npy --bias b0.npy --target Y.npy --test Z.npy --out F.npy",
            "  idem predict cnn --train scans.npz:train#7 --weights net.npz:kernel --test scans.npz:test --out F.npz"
                    + " --steps 500 --momentum 0.9"
        })
final class PredictCommand implements Callable<Integer> {
    /** Steps after which a limit counts as out of reach, as in training. */
    private static final int MOST_STEPS = 1 << 20;

    @Mixin
    private ProblemOptions options = new ProblemOptions();

    /** Outputs, and what their budget speaks of. */
    private record Prediction(BoundedOutputs outputs, String budgetOf) {}

    @Override
    public Integer call() throws Exception {
        ProblemOptions.Task task = options.task();
        boolean limit = task.horizon() instanceof Horizon.Limit;
        if (limit && task.optimizer().weightDecay() == 0 && !task.form().rankIsClear()) {
            System.err.println(
                    "idem: --limit: rounding hides the rank of the training data, so their limit is not known; --steps"
                            + " predicts a finite time");
            return ExitCode.UNDECIDED;
        }
        Prediction prediction = task.horizon() instanceof Horizon.Steps steps
                ? new Prediction(
                        task.form().afterSteps(task.optimizer(), steps.count(), options.precision(), task.test()),
                        "training in " + options.precision())
                : inTheLimit(task);
        FileArguments.write(options.out, "outputs", prediction.outputs.values(), Precision.FLOAT64);
        System.out.println("learning rate  " + task.optimizer().learningRate());
        double largest =
                Arrays.stream(prediction.outputs.budget().values()).max().orElse(0);
        System.out.println("error budget   " + largest + "  (largest over the outputs, " + prediction.budgetOf + ")");
        return ExitCode.DONE;
    }

    /** The budget is that of training which stops where {@code train} does: well after the slowest mode has arrived. */
    private Prediction inTheLimit(ProblemOptions.Task task) {
        ClosedForm form = task.form();
        Optimizer optimizer = task.optimizer();
        int arrived = form.stepsTo(options.precision().unitRoundoff(), optimizer, MOST_STEPS);
        if (arrived > MOST_STEPS) {
            return new Prediction(
                    form.exactLimit(optimizer, task.test()),
                    "the limit's own rounding; training needs more than " + MOST_STEPS + " steps");
        }
        int steps = Math.min(MOST_STEPS, Math.max(64, 4 * Integer.highestOneBit(arrived)));
        return new Prediction(
                form.inTheLimit(optimizer, steps, options.precision(), task.test()),
                steps + " steps of training in " + options.precision());
    }
}
