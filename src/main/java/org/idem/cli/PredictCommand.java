package org.idem.cli;

import java.util.concurrent.Callable;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Horizon;
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
    @Mixin
    private ProblemOptions options = new ProblemOptions();

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
        Array outputs = task.form().outputs(task.form().parameters(task.optimizer(), task.horizon()), task.test());
        FileArguments.write(options.out, "outputs", outputs, Precision.FLOAT64);
        System.out.println("learning rate  " + task.optimizer().learningRate());
        if (task.horizon() instanceof Horizon.Steps steps) {
            Array budget = task.form().budget(task.optimizer(), steps.count(), options.precision(), task.test());
            double largest = 0;
            for (double bound : budget.values()) {
                largest = Math.max(largest, bound);
            }
            System.out.println("error budget   " + largest + "  (largest over the outputs, training in "
                    + options.precision() + ")");
        }
        return ExitCode.DONE;
    }
}
