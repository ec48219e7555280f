package org.idem.cli.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.idem.array.Array;
import org.idem.cli.argument.FileArguments;
import org.idem.cli.argument.OutputFile;
import org.idem.cli.argument.YesOrNo;
import org.idem.cli.terminal.BadInput;
import org.idem.cli.terminal.Terminal;
import org.idem.image.ImageSource;
import org.idem.network.Activation;
import org.idem.network.Architecture;
import org.idem.network.Initialization;
import org.idem.network.Initializer;
import org.idem.network.Network;
import org.idem.network.Optimizer;
import org.idem.network.StageParameters;
import org.idem.network.StateDictionary;
import org.idem.network.TrainingProblem;
import org.idem.network.UpdateRule;
import org.idem.wording.Count;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The arguments of {@code train}: a network of any depth, its initial parameters and its method. */
final class NetworkOptions extends TrainingOptions {
    @Option(names = "--test", required = true, description = "inputs to evaluate")
    String test = "";

    @Option(
            names = "--out",
            required = true,
            converter = OutputFile.class,
            description = "file for the outputs: .npy, .npz or, of a cnn, .png")
    Path out = Path.of("");

    @Option(
            names = "--weights",
            description =
                    "initial parameters. FILE.npz with arrays named as PyTorch's state_dict names those of nn.Sequential:"
                            + " 0.weight, 0.bias, 2.weight, ..., taken in the order of their numbers; or the weights of one"
                            + " layer, (k,d) or (C_out,C_in,K,K). They hold no activation and no --residual: give these"
                            + " again. --weights or --init is required")
    @Nullable
    String weights;

    @Option(
            names = "--bias",
            arity = "0..1",
            paramLabel = "FILE",
            parameterConsumer = YesOrNo.class,
            description =
                    "whether every layer has a bias: alone or yes, or no (default: no, or what --weights holds). With the"
                            + " weights of one layer, the file of its initial bias (k)")
    @Nullable
    String bias;

    @Option(
            names = "--depth",
            paramLabel = "L",
            description = "layers with weights (default: 1). This and the next three must agree with --weights")
    @Nullable
    Integer depth;

    @Option(
            names = "--width",
            paramLabel = "N",
            description = "units of every hidden layer of an fcn (default: 256); of no effect at depth 1")
    @Nullable
    Integer width;

    @Option(
            names = "--channels",
            paramLabel = "N",
            description = "channels of every hidden layer of a cnn (default: 16); of no effect at depth 1")
    @Nullable
    Integer channels;

    @Option(names = "--kernel", paramLabel = "K", description = "odd side of every kernel of a cnn (default: 3)")
    @Nullable
    Integer kernel;

    @Option(
            names = "--activation",
            paramLabel = "A",
            defaultValue = "relu",
            description = "after every layer but the last: linear, relu, leaky-relu, tanh, sigmoid, softplus or erf"
                    + " (default: relu)")
    Activation activation = Activation.RELU;

    @Option(
            names = "--residual",
            arity = "0..1",
            paramLabel = "yes|no",
            parameterConsumer = YesOrNo.class,
            description = "whether a layer adds its input where the shapes agree: alone or yes, or no (default: no)")
    @Nullable
    String residual;

    @Option(
            names = "--init",
            paramLabel = "LAW",
            description =
                    "draws the initial parameters: pytorch, he, xavier, gaussian, uniform or orthogonal. pytorch also draws"
                            + " biases, which start at 0 otherwise")
    @Nullable
    Initializer init;

    @Option(
            names = "--gain",
            paramLabel = "G",
            description = "factor on the deviation of drawn weights, not of biases (default: 1)")
    @Nullable
    Double gain;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "seed of --init (default: 1); a network of a study with this seed starts equal")
    long seed;

    @Option(
            names = "--rule",
            paramLabel = "RULE",
            defaultValue = "sgd",
            description =
                    "sgd, adam, rmsprop or adagrad (default: sgd). --momentum, --nesterov and --weight-decay are for sgd."
                            + " One layer without activation under sgd is a linear map; for all else --steps is required,"
                            + " and --learning-rate defaults to 0.01 for sgd and 0.001 for the others")
    UpdateRule rule = UpdateRule.SGD;

    /**
     * A network and where it starts.
     *
     * @param network of any depth
     * @param parameters of every stage, as given or drawn
     */
    record Start(Network network, List<StageParameters> parameters) {}

    /** Refuses options that exclude each other, before any file is read. */
    void check() {
        if ((weights == null) == (init == null)) {
            throw new BadInput(
                    weights == null
                            ? "--weights or --init must be given, got neither"
                            : "--weights and --init exclude each other");
        }
        if (gain != null && init == null) {
            throw new BadInput("--gain must go with --init, whose weights it multiplies");
        }
        boolean fcn = kind == Kind.FCN;
        if (fcn && (channels != null || kernel != null)) {
            throw new BadInput(
                    (channels != null ? "--channels" : "--kernel") + " must go with cnn; an fcn has --width");
        }
        if (!fcn && width != null) {
            throw new BadInput("--width must go with fcn; a cnn has --channels");
        }
        if (residual != null && !YesOrNo.isYes(residual) && !YesOrNo.isNo(residual)) {
            throw new BadInput("--residual must be yes or no, got '" + residual + "'");
        }
        atLeastOne("--depth", depth);
        atLeastOne("--width", width);
        atLeastOne("--channels", channels);
        if (kernel != null && (kernel < 1 || kernel % 2 == 0)) {
            throw new BadInput("--kernel must be odd and positive, got " + kernel);
        }
    }

    private static void atLeastOne(String option, @Nullable Integer value) {
        if (value != null && value < 1) {
            throw new BadInput(option + " must be at least 1, got " + value);
        }
    }

    /** The network and its initial parameters, which fit each other. */
    Start start() throws IOException {
        if (weights == null) {
            return drawn();
        }
        String source = weights;
        Map<String, Array> named = FileArguments.read("--weights", source, ImageSource::readNamed);
        named.forEach((name, array) ->
                FileArguments.numbers("--weights", name.isEmpty() ? source : source + ":" + name, array, precision()));
        boolean single = named.size() == 1 && named.keySet().stream().noneMatch(StateDictionary::isName);
        return single ? oneLayer(source, named.values().iterator().next()) : stages(source, named);
    }

    private Start oneLayer(String source, Array array) throws IOException {
        if (YesOrNo.isYes(bias)) {
            throw new BadInput("--bias must name the file of the initial bias (k), as --weights " + source
                    + " holds weights only; FILE.npz with 0.weight and 0.bias holds both");
        }
        Array biasArray = bias == null || YesOrNo.isNo(bias) ? null : numbers("--bias", bias);
        checkWeights(array);
        return agreeing(source, List.of(new StageParameters(array, biasArray)));
    }

    private Start stages(String source, Map<String, Array> named) {
        NavigableMap<Integer, StageParameters> stages;
        try {
            stages = StateDictionary.read(named);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--weights " + source + ": " + e.getMessage());
        }
        int rank = kind == Kind.FCN ? 2 : 4;
        Array first = stages.firstEntry().getValue().weights();
        if (first.rank() != rank) {
            throw new BadInput("--weights " + source + ": arrays must have "
                    + (rank == 2 ? "shape (k,d)" : "shape (C_out,C_in,K,K)") + ", got " + ImageSource.shapeOf(first)
                    + " for " + stages.firstKey() + ".weight");
        }
        if (bias != null && !YesOrNo.isYes(bias) && !YesOrNo.isNo(bias)) {
            throw new BadInput("--bias FILE must go with the weights of one layer, but --weights " + source
                    + " may hold biases itself, as 0.bias; got --bias " + bias);
        }
        return agreeing(source, List.copyOf(stages.values()));
    }

    /** Refuses parameters that are not of the network that other options describe. */
    private Start agreeing(String source, List<StageParameters> parameters) {
        agree("--depth", depth, source, "layers", IntStream.of(parameters.size()));
        IntStream hidden = parameters.stream()
                .limit(parameters.size() - 1L)
                .mapToInt(stage -> stage.weights().size(0));
        agree(
                kind == Kind.FCN ? "--width" : "--channels",
                kind == Kind.FCN ? width : channels,
                source,
                "hidden",
                hidden);
        agree(
                "--kernel",
                kernel,
                source,
                "sides",
                parameters.stream().mapToInt(stage -> stage.weights().size(2)));
        long biases = parameters.stream().filter(stage -> stage.bias() != null).count();
        if (YesOrNo.isYes(bias) && biases < parameters.size() || YesOrNo.isNo(bias) && biases > 0) {
            throw new BadInput("--bias must agree with --weights " + source + ", of which " + biases + " of "
                    + parameters.size() + " layers have one, got " + bias);
        }
        return new Start(StateDictionary.network(parameters, padding, activation, YesOrNo.isYes(residual)), parameters);
    }

    private static void agree(String option, @Nullable Integer told, String source, String what, IntStream held) {
        if (told != null) {
            int wrong = held.filter(size -> size != told).findFirst().orElse(told);
            if (wrong != told) {
                throw new BadInput(
                        option + " must agree with --weights " + source + ", got " + told + " where that has "
                                + (what.equals("layers") ? Count.of(wrong, "layer") : String.valueOf(wrong)));
            }
        }
    }

    private Start drawn() throws IOException {
        if (bias != null && !YesOrNo.isYes(bias) && !YesOrNo.isNo(bias)) {
            throw new BadInput("--bias FILE must go with --weights; with --init it is --bias, yes or no, got " + bias);
        }
        Array inputs = examples("--train", train);
        Array outputs = target == null ? inputs : examples("--target", target);
        int rank = kind == Kind.FCN ? 2 : 4;
        requireRank("--train", inputs, rank);
        requireRank("--target", outputs, rank);
        int layers = depth == null ? 1 : depth;
        int units = kind == Kind.FCN ? width == null ? 256 : width : channels == null ? 16 : channels;
        int side = kind == Kind.FCN ? 1 : kernel == null ? 3 : kernel;
        NetworkSize.check(layers, inputs.size(1), units, outputs.size(1), side, inputs);
        boolean biased = YesOrNo.isYes(bias);
        boolean shortcut = YesOrNo.isYes(residual);
        Architecture architecture = kind == Kind.FCN
                ? Architecture.fcn(layers, activation, biased, shortcut)
                : Architecture.cnn(layers, side, padding, activation, biased, shortcut);
        Network network = architecture.network(inputs.size(1), units, outputs.size(1));
        Initialization initialization;
        try {
            initialization = new Initialization(Objects.requireNonNull(init), gain == null ? 1 : gain, null);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--gain: " + e.getMessage());
        }
        Terminal.progress("initial weights");
        List<StageParameters> parameters = initialization.draw(network, new SplittableRandom(seed));
        for (StageParameters stage : parameters) {
            FileArguments.numbers("--gain", "the drawn weights", stage.weights(), precision());
        }
        return new Start(network, parameters);
    }

    private static void requireRank(String option, Array array, int rank) {
        if (array.rank() != rank) {
            throw new BadInput(option + " must have shape " + (rank == 2 ? "(n, d)" : "(n, C, H, W)") + ", got "
                    + ImageSource.shapeOf(array));
        }
    }

    /** Whether theory knows the training: one linear map under gradient descent, with or without momentum. */
    boolean isLinear(Start start) {
        return start.network().isLinearMap() && rule == UpdateRule.SGD;
    }

    /** Refuses a horizon that only one linear map has. */
    void checkSteps(Start start) {
        if (steps == null) {
            String layers = Count.of(start.network().depth(), "layer");
            throw new BadInput((limit ? "--limit is for" : "--steps must be given; without it only")
                    + " one layer without activation and residual connection under --rule sgd"
                    + (limit ? "" : " ends") + ", got " + layers + " under " + rule);
        }
    }

    /** The training of a network for which there is no closed form. */
    TrainingProblem problem(Start start) throws IOException {
        Array inputs = fitting("--train", train, examples("--train", train), start.network(), "");
        try {
            return new TrainingProblem(
                    start.network(), inputs, targets(start.network(), inputs), start.parameters(), loss);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--train, --target and the network must fit: " + e.getMessage());
        }
    }

    /** The learning rate of such a training. */
    double rate() {
        return learningRate == null ? rule.usualLearningRate() : learningRate;
    }

    /** The method of such a training. */
    Optimizer optimizer() {
        try {
            setting("--learning-rate", rate());
            return rule.optimizer(
                    rate(), setting("--momentum", momentum), nesterov, setting("--weight-decay", weightDecay));
        } catch (IllegalArgumentException e) {
            throw new BadInput("--rule, --learning-rate, --momentum, --nesterov, --weight-decay: " + e.getMessage());
        }
    }
}
