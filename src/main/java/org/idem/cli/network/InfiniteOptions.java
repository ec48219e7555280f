package org.idem.cli.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.idem.array.Array;
import org.idem.cli.argument.FileArguments;
import org.idem.cli.argument.OutputFile;
import org.idem.cli.argument.YesOrNo;
import org.idem.cli.network.TrainingOptions.Kind;
import org.idem.cli.terminal.BadInput;
import org.idem.network.Activation;
import org.idem.network.Architecture;
import org.idem.network.Padding;
import org.idem.theory.kernel.InfiniteNetwork;
import org.idem.wording.Decimals;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The arguments of {@code predict} that describe a network of infinite width. */
final class InfiniteOptions {
    private static final String INFINITE = "infinite";
    private static final String RANGE = Decimals.full(1 / InfiniteNetwork.LARGEST_VARIANCE) + " and "
            + Decimals.full(InfiniteNetwork.LARGEST_VARIANCE);

    @Option(
            names = "--width",
            paramLabel = "infinite",
            description =
                    "infinite: the mean over networks whose hidden layers are infinitely wide; a number must agree"
                            + " with --weights")
    @Nullable
    String width;

    @Option(
            names = "--depth",
            paramLabel = "L",
            description = "layers with weights (default: 1); --depth, --kernel, --activation and --residual go with"
                    + " --width infinite, or with the --weights of several layers, with which they must agree")
    @Nullable
    Integer depth;

    @Option(names = "--kernel", paramLabel = "K", description = "odd side of every kernel of a cnn (default: 3)")
    @Nullable
    Integer kernel;

    @Option(
            names = "--activation",
            paramLabel = "A",
            description = "after every layer but the last: linear, relu, leaky-relu or erf (default: relu)")
    @Nullable
    Activation activation;

    @Option(
            names = "--residual",
            arity = "0..1",
            paramLabel = "yes|no",
            parameterConsumer = YesOrNo.class,
            description = "whether every hidden layer but the first adds its input: alone or yes, or no (default: no)")
    @Nullable
    String residual;

    @Option(
            names = "--weight-variance",
            paramLabel = "V",
            description = "sigma_w^2, variance of weights times fan-in (default: 2 for relu, 1 else)")
    @Nullable
    Double weightVariance;

    @Option(
            names = "--bias-variance",
            paramLabel = "V",
            description = "sigma_b^2, variance of biases (default: 0, no biases)")
    @Nullable
    Double biasVariance;

    @Option(
            names = "--variance-out",
            paramLabel = "FILE",
            converter = OutputFile.class,
            description =
                    "file for the variance over networks of every output: .npy, .npz or, of a cnn, .png; the printed"
                            + " line 'variance error' bounds what rounding may have changed in any of them")
    @Nullable
    Path varianceOut;

    /** Whether infinite width is asked for; refuses arguments that only it has without it. */
    boolean isAsked() {
        boolean asked = INFINITE.equals(width);
        if (!asked) {
            refuse("--weight-variance", weightVariance);
            refuse("--bias-variance", biasVariance);
            refuse("--variance-out", varianceOut);
        }
        return asked;
    }

    /** Refuses what describes several layers where the weights of one are given, or none. */
    void refuseLayers() {
        if (width != null) {
            throw new BadInput("--width must be infinite; train takes networks of finite width, got '" + width + "'");
        }
        refuseLayers("--depth", depth);
        refuseLayers("--kernel", kernel);
        refuseLayers("--activation", activation);
        refuseLayers("--residual", residual);
    }

    private static void refuseLayers(String option, @Nullable Object value) {
        if (value != null) {
            throw new BadInput(option + " must go with --width infinite or with the --weights of several layers, got "
                    + value + " with neither; train takes networks of any depth");
        }
    }

    /** Refuses what disagrees with given layers of a deep linear network. */
    void agree(String source, List<Array> weights) {
        if (kernel != null) {
            throw new BadInput("--kernel must go with cnn, got " + kernel + " with fcn");
        }
        if (activation != null && activation != Activation.LINEAR) {
            throw new BadInput("--activation must be linear for several layers of finite width, the only one whose"
                    + " training has a closed form, got " + activation);
        }
        if (residual != null && !YesOrNo.isNo(residual)) {
            throw new BadInput("--residual must be no for several layers of finite width, got '" + residual + "'");
        }
        if (depth != null && depth != weights.size()) {
            throw new BadInput("--depth must agree with --weights " + source + ", which holds " + weights.size()
                    + " layers, got " + depth);
        }
        for (Array layer : weights.subList(0, weights.size() - 1)) {
            if (width != null && !width.equals(String.valueOf(layer.size(0)))) {
                throw new BadInput("--width must agree with --weights " + source + ", which holds a layer of "
                        + layer.size(0) + " units, got '" + width + "'");
            }
        }
    }

    private static void refuse(String option, @Nullable Object value) {
        if (value != null) {
            throw new BadInput(option + " must go with --width infinite, got " + value + " without it");
        }
    }

    /** The network, checked against the other arguments. */
    InfiniteNetwork network(PredictionOptions options) throws IOException {
        refuseWith("--weights", options.weights);
        refuseWith("--bias", options.bias);
        refuseWith("--seed", options.seed);
        FileArguments.checkArray("--variance-out", varianceOut, options.kind == Kind.CNN);
        FileArguments.checkDifferent("--variance-out", varianceOut, "--out", options.out);
        int layers = depth == null ? 1 : depth;
        if (layers < 1) {
            throw new BadInput("--depth must be at least 1, got " + layers);
        }
        int side = kernel == null ? 3 : kernel;
        if (side < 1 || side % 2 == 0) {
            throw new BadInput("--kernel must be odd and positive, got " + side);
        }
        if (kernel != null && options.kind == Kind.FCN) {
            throw new BadInput("--kernel must go with cnn, got " + side + " with fcn");
        }
        if (residual != null && !YesOrNo.isYes(residual) && !YesOrNo.isNo(residual)) {
            throw new BadInput("--residual must be yes or no, got '" + residual + "'");
        }
        Activation after = activation == null ? Activation.RELU : activation;
        String reason = InfiniteNetwork.reasonAgainst(after);
        if (!reason.isEmpty()) {
            throw new BadInput("--activation: " + reason);
        }
        double bias = biasVariance == null ? 0 : biasVariance;
        double weight = weightVariance == null ? InfiniteNetwork.usualWeightVariance(after) : weightVariance;
        if (!isVariance(weight)) {
            throw new BadInput("--weight-variance must lie between " + RANGE + ", got " + Decimals.full(weight));
        }
        if (bias != 0 && !isVariance(bias)) {
            throw new BadInput("--bias-variance must be 0 or lie between " + RANGE + ", got " + Decimals.full(bias));
        }
        if (options.kind == Kind.CNN && options.padding == Padding.VALID) {
            throw new BadInput("--padding must be same or circular with --width infinite, got valid");
        }
        boolean shortcut = YesOrNo.isYes(residual);
        Architecture architecture = options.kind == Kind.FCN
                ? Architecture.fcn(layers, after, bias > 0, shortcut)
                : Architecture.cnn(layers, side, options.padding, after, bias > 0, shortcut);
        return new InfiniteNetwork(architecture, weight, bias);
    }

    private static boolean isVariance(double value) {
        return value >= 1 / InfiniteNetwork.LARGEST_VARIANCE && value <= InfiniteNetwork.LARGEST_VARIANCE;
    }

    /** The arguments that make the kernels what they are, as far as they were given: options with their values. */
    String given() {
        StringBuilder given = new StringBuilder();
        add(given, "--depth", depth);
        add(given, "--kernel", kernel);
        add(given, "--activation", activation);
        add(given, "--residual", residual);
        add(given, "--weight-variance", weightVariance);
        add(given, "--bias-variance", biasVariance);
        return given.toString();
    }

    private static void add(StringBuilder given, String option, @Nullable Object value) {
        if (value != null) {
            given.append(", ").append(option).append(' ').append(value);
        }
    }

    private static void refuseWith(String option, @Nullable Object value) {
        if (value != null) {
            String remedy = option.equals("--bias")
                    ? "--bias-variance says how biases are drawn"
                    : "the mean over all initial weights is predicted";
            throw new BadInput(option + " must be left out with --width infinite, got " + value + "; " + remedy);
        }
    }
}
