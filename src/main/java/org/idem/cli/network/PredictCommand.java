package org.idem.cli.network;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.idem.array.Precision;
import org.idem.cli.argument.FileArguments;
import org.idem.cli.terminal.BadInput;
import org.idem.cli.terminal.ExitCode;
import org.idem.cli.terminal.Terminal;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.StageParameters;
import org.idem.theory.BoundedOutputs;
import org.idem.theory.ClosedForm;
import org.idem.wording.Decimals;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Closed-form outputs of a trained network; the file is float64 whatever the precision of the training it predicts. */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        description = "Predicts a trained network's outputs in closed form.",
        footer = {
            "",
            "With --width infinite the outputs are the mean over networks of infinite width, in the tangent-kernel"
                    + " parametrisation: every layer computes sigma_w/sqrt(fan-in) w z + sigma_b b, all w and b are drawn"
                    + " from N(0, 1) and trained at one learning rate. In standard parametrisation that is the rate"
                    + " times sigma_w^2/fan-in for weights and times sigma_b^2 for biases. Weight decay then pulls"
                    + " parameters towards their initial values.",
            "",
            "With the --weights of several layers (FILE.npz with 0.weight, 1.weight, ... as PyTorch's state_dict names them)"
                    + " the network is a deep linear fcn without biases that learns one example and starts aligned with"
                    + " it: every layer is s u v' + R, where v is along the example or what the layer below writes, the"
                    + " last u is along the target, R v = 0 and u' R = 0. Equal layers a I on the identity task are of"
                    + " this kind. --learning-rate defaults to 0.01, as train's.",
            "",
            "Exit codes: 0 done, 4 rounding hides the rank of the training data, or the path of a deep network has not"
                    + " come to rest.",
            "Examples:",
            "  idem predict fcn --train X.npy --weights W0.npy --bias b0.npy --target Y.npy --test Z.npy --out F.npy",
            "  idem predict cnn --train scans.npz:train#7 --weights net.npz:kernel --test scans.npz:test --out F.npz"
                    + " --steps 500 --momentum 0.9",
            "  idem predict fcn --train image.npy --weights identities.npz --test Z.npy --out F.npy --momentum 0.9 --steps 50",
            "  idem predict cnn --train digits.gz#0 --test digits.gz#1 --out F.npy --width infinite --depth 20 --steps 300"
        })
public final class PredictCommand implements Callable<Integer> {
    @Mixin
    private PredictionOptions options = new PredictionOptions();

    @Mixin
    private InfiniteOptions infinite = new InfiniteOptions();

    /** Outputs with their budget, and for how much training the budget holds. */
    private record Prediction(BoundedOutputs outputs, String budgetOf) {}

    @Override
    public Integer call() throws Exception {
        if (infinite.isAsked()) {
            return new InfinitePrediction(options, infinite).call();
        }
        options.horizon();
        FileArguments.checkArray("--out", options.out, options.kind == TrainingOptions.Kind.CNN);
        if (options.weights == null) {
            infinite.refuseLayers();
            throw new BadInput(
                    "--weights must be given, the file of the initial weights, or --width infinite, which needs none");
        }
        List<StageParameters> layers = options.layers();
        if (layers.size() > 1) {
            return new AlignedPrediction(options, infinite, layers).call();
        }
        infinite.refuseLayers();
        LinearTask task = options.task(layers.get(0));
        boolean limit = task.horizon() instanceof Horizon.Limit;
        if (limit && !task.limitIsKnown()) {
            Terminal.clearProgress();
            System.err.println(
                    "idem: --limit: rounding hides the rank of the training data, so their limit is not known; --steps"
                            + " predicts a finite time");
            return ExitCode.UNDECIDED;
        }
        Terminal.progress("prediction and its budget");
        Prediction prediction = task.horizon() instanceof Horizon.Steps steps
                ? new Prediction(
                        task.form().afterSteps(task.optimizer(), steps.count(), options.precision(), task.test()),
                        "training in " + options.precision())
                : inTheLimit(task);
        Terminal.clearProgress();
        double largest =
                Arrays.stream(prediction.outputs.budget().values()).max().orElse(0);
        if (!(largest < Double.POSITIVE_INFINITY)) {
            throw unbounded(task, prediction);
        }
        FileArguments.write(options.out, "outputs", prediction.outputs.values(), Precision.FLOAT64);
        System.out.println("learning rate  " + options.told(task.optimizer().learningRate()));
        System.out.println("error budget   " + Decimals.atMost(largest) + "  (largest over the outputs, "
                + prediction.budgetOf + ")");
        return ExitCode.DONE;
    }

    /** Refuses a prediction without a finite budget: rounding could carry training in this precision anywhere. */
    private BadInput unbounded(LinearTask task, Prediction prediction) {
        boolean single = options.precision() == Precision.FLOAT32;
        String asked = options.steps == null ? "--limit" : "--steps " + options.steps;
        return new BadInput(asked + " must leave a finite error budget, but over " + prediction.budgetOf
                + " with momentum " + options.shortest(task.optimizer().momentum())
                + " rounding may carry the outputs anywhere; "
                + (single ? "--precision float64, " : "") + "fewer steps or less momentum bound it");
    }

    /** Predicts the limit. The budget is for as many steps as {@code train} takes to reach it. */
    private Prediction inTheLimit(LinearTask task) {
        ClosedForm form = task.form();
        LinearMethod optimizer = task.optimizer();
        OptionalInt steps = task.stepsOfLimit(options.precision());
        if (steps.isEmpty()) {
            return new Prediction(
                    form.exactLimit(optimizer, task.test()),
                    "the limit's own rounding; training needs more than " + LinearTask.MOST_STEPS + " steps");
        }
        return new Prediction(
                form.inTheLimit(optimizer, steps.getAsInt(), options.precision(), task.test()),
                steps.getAsInt() + " steps of training in " + options.precision());
    }
}
