package org.idem.cli.network;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.cli.argument.FileArguments;
import org.idem.cli.network.TrainingOptions.Kind;
import org.idem.cli.terminal.BadInput;
import org.idem.cli.terminal.ExitCode;
import org.idem.cli.terminal.Terminal;
import org.idem.image.ImageSource;
import org.idem.network.Activation;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.Network;
import org.idem.network.Stage;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.network.UpdateRule;
import org.idem.theory.AlignedForm;
import org.idem.theory.BoundedOutputs;
import org.idem.theory.linear.AlignedPath;
import org.idem.theory.linear.AlignedStart;
import org.idem.wording.Decimals;

/** {@code predict} for a deep linear network whose layers are aligned with its one example. */
final class AlignedPrediction {
    /** A path that still moves after so many steps has no known limit. */
    private static final int MOST_STEPS = 1 << 17;

    private static final double MIB = 1 << 20;

    private final PredictionOptions options;
    private final List<StageParameters> layers;

    AlignedPrediction(PredictionOptions options, InfiniteOptions infinite, List<StageParameters> layers) {
        this.options = options;
        this.layers = layers;
        if (options.kind != Kind.FCN) {
            throw new BadInput("--weights " + options.weights() + " must hold one layer for cnn, got " + layers.size()
                    + "; deep linear networks are predicted as fcn");
        }
        if (options.bias != null || layers.stream().anyMatch(layer -> layer.bias() != null)) {
            throw new BadInput("--weights " + options.weights() + " must hold no biases, and --bias be left out, for"
                    + " several layers: with biases no closed form is known");
        }
        infinite.agree(
                options.weights(), layers.stream().map(StageParameters::weights).toList());
    }

    int call() throws IOException {
        Horizon horizon = options.horizon();
        TrainingProblem problem = problem();
        Array test = options.batch("--test", options.test, problem.network()).rounded(options.precision());
        LinearMethod method = method();
        AlignedForm form = new AlignedForm(problem, start(problem), method, options.precision());
        Terminal.progress("path of the layers");
        int steps;
        if (horizon instanceof Horizon.Steps counted) {
            steps = counted.count();
            checkMemory(steps);
        } else {
            OptionalInt found = form.stepsOfLimit(MOST_STEPS);
            if (found.isEmpty()) {
                return unfinished(form, method);
            }
            steps = found.getAsInt();
        }
        List<AlignedPath.Point> points = form.points(steps);
        AlignedPath.Point end = points.get(steps);
        double along = form.alongProduct(end);
        double across = form.acrossProduct(end);
        if (!Double.isFinite(end.product())) {
            throw new BadInput("--learning-rate must keep the layers finite, but they grow without bound at "
                    + method.learningRate()
                    + ": learning rate"
                    + " times curvature is " + form.alongProduct(points.get(0)) + " where they fit the target, and"
                    + " stable below " + method.stableProduct());
        }
        if (across >= method.stableProduct()) {
            throw new BadInput("--weights " + options.weights() + ", --learning-rate must keep rounding from growing"
                    + " across the path: learning rate times curvature must be below " + method.stableProduct()
                    + " there, got " + across + "; smaller layers across the path or a smaller learning rate do");
        }
        Terminal.progress("error budget");
        BoundedOutputs outputs = form.outputs(points, test);
        Terminal.clearProgress();
        double largest = Arrays.stream(outputs.budget().values()).max().orElse(0);
        if (!(largest < Double.POSITIVE_INFINITY)) {
            throw new BadInput(
                    "--steps, --learning-rate must leave a finite error budget, but the proved bound on rounding"
                            + " in " + options.precision() + " is not finite after " + steps
                            + " steps; learning rate times"
                            + " curvature ends at " + along + " along the path and " + across
                            + " across it, and is stable below "
                            + method.stableProduct()
                            + (options.precision() == Precision.FLOAT32
                                    ? "; --precision float64 rounds far less, and"
                                    : ";")
                            + " fewer steps, or smaller layers across the path, bound it, as does a"
                            + " target that is not far smaller than what the layers first say");
        }
        FileArguments.write(options.out, "outputs", outputs.values(), Precision.FLOAT64);
        System.out.println("learning rate  " + options.told(method.learningRate()));
        System.out.println("stability      learning rate times curvature is " + Decimals.brief(along)
                + " along the path and " + Decimals.brief(across) + " across it; training is stable below "
                + Decimals.brief(method.stableProduct()));
        System.out.println("error budget   " + Decimals.atMost(largest) + "  (largest over the outputs, "
                + (horizon instanceof Horizon.Limit ? steps + " steps of " : "") + "training in " + options.precision()
                + ")");
        return ExitCode.DONE;
    }

    private TrainingProblem problem() throws IOException {
        Network network = new Network(layers.stream()
                .map(layer -> {
                    Array weights = layer.weights();
                    return new Stage(new Fcn(weights.size(1), weights.size(0), false), Activation.LINEAR, false);
                })
                .toList());
        Array inputs =
                options.fitting("--train", options.train, options.examples("--train", options.train), network, "");
        if (inputs.size(0) != 1) {
            throw new BadInput("--train must hold one example for the --weights of several layers, got "
                    + ImageSource.shapeOf(inputs) + "; FILE#0 picks the first");
        }
        TrainingProblem problem;
        try {
            problem = new TrainingProblem(network, inputs, options.targets(network, inputs), layers, options.loss)
                    .rounded(options.precision());
        } catch (IllegalArgumentException e) {
            throw new BadInput("--train, --target and --weights must fit: " + e.getMessage());
        }
        requireSomething("--train", problem.inputs());
        requireSomething(options.target == null ? "--train" : "--target", problem.targets());
        return problem;
    }

    private static void requireSomething(String option, Array array) {
        if (Arrays.stream(array.values()).allMatch(number -> number == 0)) {
            throw new BadInput(option + " must not be 0 everywhere for the --weights of several layers, which have to"
                    + " be aligned with it");
        }
    }

    private AlignedStart.Found start(TrainingProblem problem) {
        AlignedStart start = AlignedForm.start(problem, options.precision());
        if (start instanceof AlignedStart.NotAligned not) {
            throw new BadInput("--weights " + options.weights() + " must be aligned with the example and its target,"
                    + " every layer s u v' + R with R v = 0 and u' R = 0, but of layer " + not.layer() + " a share of "
                    + not.share() + " is not; a I for every layer is, on the identity task");
        }
        return (AlignedStart.Found) start;
    }

    private LinearMethod method() {
        double rate = options.learningRate == null ? UpdateRule.SGD.usualLearningRate() : options.learningRate;
        try {
            return options.method().withLearningRate(options.setting("--learning-rate", rate));
        } catch (IllegalArgumentException e) {
            throw new BadInput("--learning-rate: " + e.getMessage());
        }
    }

    private void checkMemory(int steps) {
        double bytes = steps * (256.0 + 16.0 * layers.size());
        long most = Runtime.getRuntime().maxMemory() / 2;
        if (bytes > most) {
            throw new BadInput(
                    "--steps must be a path that fits into the " + (long) (most / MIB) + " MiB of memory, got "
                            + steps + " steps, which need about " + (long) (bytes / MIB)
                            + " MiB; --limit ends where the path comes to rest");
        }
    }

    /** The path has no limit, or none that was reached. */
    private int unfinished(AlignedForm form, LinearMethod method) {
        Terminal.clearProgress();
        double along = form.alongProduct(form.points(0).get(0));
        if (!(along < method.stableProduct())) {
            throw new BadInput(
                    "--limit must have a path that comes to rest: learning rate times curvature must be below "
                            + method.stableProduct() + " where the layers fit the target, got " + along
                            + "; --steps predicts a finite time");
        }
        System.err.println("idem: --limit: the layers still move after " + MOST_STEPS / 2
                + " steps; --steps predicts a finite time");
        return ExitCode.UNDECIDED;
    }
}
