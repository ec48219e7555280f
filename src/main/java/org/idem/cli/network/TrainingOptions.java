package org.idem.cli.network;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.cli.argument.FileArguments;
import org.idem.cli.argument.Magnitudes;
import org.idem.cli.terminal.BadInput;
import org.idem.image.ImageSource;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.LinearMap;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.network.Network;
import org.idem.network.Padding;
import org.idem.network.TrainingProblem;
import org.idem.theory.ClosedForm;
import org.idem.wording.Decimals;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Data and method of a training run, which {@code predict}, {@code train} and {@code check} share. */
abstract class TrainingOptions {
    enum Kind {
        FCN,
        CNN
    }

    @Parameters(index = "0", paramLabel = "fcn|cnn", description = "kind of network: fully connected or convolutional")
    Kind kind = Kind.FCN;

    @Option(
            names = "--train",
            required = true,
            description =
                    "training inputs: (n,d) or (n,C,H,W); npy, npz, IDX or PNG; file#7 picks one, file.npz:name and"
                            + " file.npz:name#7 an array of an archive")
    String train = "";

    @Option(names = "--target", description = "targets; without them the task is the identity")
    @Nullable
    String target;

    @Option(names = "--steps", description = "number of optimiser steps")
    @Nullable
    Integer steps;

    @Option(names = "--limit", description = "the limit of training (default)")
    boolean limit;

    @Option(
            names = "--learning-rate",
            description =
                    "step length (default: of one layer 1 / largest curvature of the loss, weight decay included)")
    @Nullable
    Double learningRate;

    @Option(
            names = "--loss",
            converter = LossConverter.class,
            defaultValue = "half-sum",
            description = "half-sum, mean or sum (default: half-sum)")
    Loss loss = Loss.HALF_SUM;

    @Option(names = "--momentum", defaultValue = "0", description = "momentum in [0, 1)")
    double momentum;

    @Option(names = "--nesterov", description = "Nesterov's form of the momentum")
    boolean nesterov;

    @Option(names = "--weight-decay", defaultValue = "0", description = "weight decay, at least 0")
    double weightDecay;

    @Option(names = "--padding", defaultValue = "same", description = "same, circular or valid (default: same)")
    Padding padding = Padding.SAME;

    @Option(
            names = "--precision",
            description =
                    "arithmetic of the training, float32 or float64 (default: float64; check: float32 if every trained"
                            + " number is one of float32)")
    @Nullable
    Precision chosenPrecision;

    private final Map<String, Array> read = new HashMap<>();

    static final class LossConverter implements picocli.CommandLine.ITypeConverter<Loss> {
        @Override
        public Loss convert(String value) {
            for (Loss loss : Loss.values()) {
                if (loss.toString().equals(value)) {
                    return loss;
                }
            }
            throw new picocli.CommandLine.TypeConversionException("must be half-sum, mean or sum, got '" + value + "'");
        }
    }

    /** Arithmetic of the training. */
    Precision precision() {
        return chosenPrecision == null ? Precision.FLOAT64 : chosenPrecision;
    }

    /** How long training goes on. */
    Horizon horizon() {
        if (steps != null && (steps < 0 || limit)) {
            throw new BadInput(
                    limit ? "--steps and --limit exclude each other" : "--steps must be at least 0, got " + steps);
        }
        return steps == null ? new Horizon.Limit() : new Horizon.Steps(steps);
    }

    /** One linear map and its data, checked. */
    LinearProblem problem(Array weightArray, @Nullable Array biasArray) throws IOException {
        checkWeights(weightArray);
        Array examples = examples("--train", train);
        String remark = Layouts.remark(kind, weightArray, examples);
        LinearMap network = kind == Kind.FCN
                ? new Fcn(weightArray.size(1), weightArray.size(0), biasArray != null)
                : new Cnn(weightArray.size(1), weightArray.size(0), weightArray.size(2), padding, biasArray != null);
        Array inputs = fitting("--train", train, examples, Network.of(network), remark);
        Array targets = targets(Network.of(network), inputs);
        try {
            LinearProblem problem = new LinearProblem(network, inputs, targets, weightArray, biasArray, loss);
            Magnitudes.checkOutputs(weightArray, biasArray, targets, precision());
            return problem.rounded(precision());
        } catch (IllegalArgumentException e) {
            throw new BadInput("--train, --target, --weights and --bias must fit: " + e.getMessage());
        }
    }

    /** Refuses an array that holds the weights of no layer. */
    void checkWeights(Array array) throws IOException {
        int rank = kind == Kind.FCN ? 2 : 4;
        if (array.rank() != rank || array.length() == 0) {
            throw new BadInput("--weights must have " + (rank == 2 ? "shape (k,d)" : "shape (C_out,C_in,K,K)")
                    + ", got " + ImageSource.shapeOf(array));
        }
        if (rank == 4 && (array.size(2) != array.size(3) || array.size(2) % 2 == 0)) {
            throw new BadInput("--weights must have square kernels of odd side, got " + ImageSource.shapeOf(array)
                    + Layouts.remark(kind, array, examples("--train", train)));
        }
    }

    /** The method as the user gave it; the learning rate defaults to 1 / largest curvature. */
    LinearMethod optimizer(ClosedForm form) {
        LinearMethod method = method();
        try {
            return method.withLearningRate(rate(form.largestCurvature() + method.weightDecay()));
        } catch (IllegalArgumentException e) {
            throw new BadInput("--learning-rate: " + e.getMessage());
        }
    }

    /** The method, refused if it is not stable. */
    LinearMethod stableOptimizer(ClosedForm form) {
        LinearMethod method = method();
        double curvature = form.largestCurvature() + method.weightDecay();
        double bound = curvature > 0 ? method.stableProduct() / curvature : Double.POSITIVE_INFINITY;
        double rate = rate(curvature);
        if (!(rate > 0 && rate < bound)) {
            throw new BadInput("--learning-rate must lie in the stable range (0, " + Decimals.full(bound) + "), got "
                    + shortest(rate) + " in " + precision());
        }
        return method.withLearningRate(rate);
    }

    private double rate(double curvature) {
        if (learningRate != null) {
            // for a rate that is no number or has the wrong sign, the message gives the range of rates
            return learningRate > 0 && learningRate < Double.POSITIVE_INFINITY
                    ? setting("--learning-rate", learningRate)
                    : learningRate;
        }
        double rate = precision().round(curvature > 0 ? 1 / curvature : 1);
        if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new BadInput("--learning-rate must be given, because 1 / largest curvature is no " + precision()
                    + " number for a curvature of " + Decimals.brief(curvature));
        }
        return rate;
    }

    /** A setting rounded to the precision of the training; refused if rounding makes it 0 or infinite. */
    double setting(String option, double value) {
        double rounded = precision().round(value);
        if ((rounded == 0) != (value == 0) || Double.isInfinite(rounded) != Double.isInfinite(value)) {
            throw new BadInput(option + " must be a number that " + precision() + " can hold, got "
                    + Decimals.full(value) + ", which rounds to " + shortest(rounded));
        }
        return rounded;
    }

    /** The shortest decimal that rounds to a setting in the precision of the training. */
    String shortest(double setting) {
        return precision() == Precision.FLOAT32 ? Decimals.full((float) setting) : Decimals.full(setting);
    }

    /** A setting that training takes: four digits, with all of them where these are many. */
    String told(double setting) {
        return Decimals.setting(new BigDecimal(shortest(setting)));
    }

    /** The method with a learning rate of 1. */
    LinearMethod method() {
        double kept = setting("--momentum", momentum);
        if (kept == 1 && momentum < 1) {
            throw new BadInput("--momentum must lie in [0, 1) in " + precision() + ", got " + Decimals.full(momentum)
                    + ", which rounds to 1");
        }
        try {
            return new LinearMethod(1, kept, nesterov, setting("--weight-decay", weightDecay));
        } catch (IllegalArgumentException e) {
            throw new BadInput("--momentum, --nesterov, --weight-decay: " + e.getMessage());
        }
    }

    /** What the network is to answer: the inputs unless targets are given. */
    Array targets(Network network, Array inputs) throws IOException {
        if (target != null) {
            return examples("--target", target);
        }
        try {
            return TrainingProblem.identityTargets(network, inputs);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--train: " + e.getMessage());
        }
    }

    Array batch(String option, String source, Network network) throws IOException {
        return fitting(option, source, examples(option, source), network, "");
    }

    Array fitting(String option, String source, Array array, Network network, String remark) {
        Magnitudes.checkInputs(option, source, array, precision());
        try {
            network.outputShape(array.shape());
        } catch (IllegalArgumentException e) {
            throw new BadInput(option + ": " + e.getMessage() + remark);
        }
        return array;
    }

    /** An FCN sees the pixels of an image as one long vector; grey images may come without their channel axis. */
    Array examples(String option, String source) throws IOException {
        Array array = numbers(option, source);
        if (array.length() == 0) {
            throw new BadInput(option + " must hold at least one example, got shape " + ImageSource.shapeOf(array));
        }
        if (kind == Kind.FCN && array.rank() > 2) {
            return array.reshape(array.size(0), array.length() / array.size(0));
        }
        return kind == Kind.CNN && array.rank() == 3
                ? array.reshape(array.size(0), 1, array.size(1), array.size(2))
                : array;
    }

    Array numbers(String option, String source) throws IOException {
        return FileArguments.numbers(option, source, stored(option, source), precision());
    }

    /** The array that an option names, kept because a pipe can be read only once. */
    Array stored(String option, String source) throws IOException {
        Array known = read.get(option);
        if (known == null) {
            known = FileArguments.read(option, source, ImageSource::read);
            FileArguments.sayLeftOut(option, source);
            read.put(option, known);
        }
        return known;
    }
}
