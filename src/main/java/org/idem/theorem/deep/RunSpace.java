package org.idem.theorem.deep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.image.ImagePool;
import org.idem.network.Activation;
import org.idem.network.Adam;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.Initialization;
import org.idem.network.Initializer;
import org.idem.network.LinearMap;
import org.idem.network.LinearMethod;
import org.idem.network.Loss;
import org.idem.network.Network;
import org.idem.network.Padding;
import org.idem.network.Stage;
import org.idem.network.TrainingProblem;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Engine;
import org.idem.theory.deep.GradientReach;

/**
 * Configurations of deep networks, and the runs that follow from them.
 *
 * @param pool source of images
 */
record RunSpace(ImagePool pool) {
    static final Dimension ACTIVATION = new Dimension.Choice(
            "activation",
            Stream.of(Activation.values()).map(Activation::toString).toList());
    static final Dimension SHORTCUT = new Dimension.Choice("shortcut", List.of("none", "residual"));
    static final Dimension BIAS = new Dimension.Choice("bias", List.of("none", "trained"));
    static final Dimension PADDING = new Dimension.Choice("padding", List.of("same", "circular", "valid"));
    static final Dimension BATCH = new Dimension.Choice("batch", List.of("all", "one"));
    static final Dimension METHOD = new Dimension.Choice("method", List.of("descent", "heavy-ball", "nesterov"));
    static final Dimension MOMENTUM = new Dimension.Real("momentum", 0.125, 0.9921875);
    static final Dimension DECAY = new Dimension.Choice("decay", List.of("0", "0.25", "1"));
    static final Dimension RATE = new Dimension.Real("rate", 0.0625, 0.5);
    static final Dimension LOSS = new Dimension.Choice("loss", List.of("half-sum", "mean", "sum"));
    static final Dimension INITIALIZER = new Dimension.Choice(
            "initializer",
            Stream.of(Initializer.values()).map(Initializer::toString).toList());
    static final Dimension PRECISION = new Dimension.Choice("precision", List.of("float64", "float32"));

    static final Dimension DEPTH = new Dimension.Logarithmic("depth", 1, 10, 1);
    static final Dimension UNITS = new Dimension.Logarithmic("units", 1, 128, 1);
    static final Dimension HEIGHT = new Dimension.Logarithmic("height", 1, 28, 1);
    static final Dimension WIDTH = new Dimension.Logarithmic("width", 1, 28, 1);
    static final Dimension CHANNELS = new Dimension.Logarithmic("channels", 1, 3, 1);

    private static final double GRID = 0x1p-8;

    Dimension image() {
        return new Dimension.Choice("image", pool.kinds());
    }

    /** Biases, which do not start at 0, so that a forgotten bias shows. */
    private static final double BIAS_VARIANCE = 0.1;

    static Activation activation(Configuration c) {
        return Activation.values()[c.whole("activation")];
    }

    static Padding padding(Configuration c) {
        return Padding.valueOf(c.word("padding").toUpperCase(Locale.ROOT));
    }

    static Precision precision(Configuration c) {
        return Precision.parse(c.word("precision"));
    }

    /** Images as a batch, each of its own seed. */
    Array images(Configuration c, int count, int channels, int height, int width, SplittableRandom random) {
        List<Array> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            images.add(pool.draw(c.whole("image"), channels, height, width, random.nextLong()));
        }
        return Array.concatenate(images);
    }

    /**
     * A network of maps, the configuration's activation after all but the last, and shortcuts where they fit and are
     * asked for.
     */
    static Network network(Configuration c, List<? extends LinearMap> maps) {
        List<Stage> stages = new ArrayList<>();
        for (int i = 0; i < maps.size(); i++) {
            boolean last = i == maps.size() - 1;
            LinearMap map = maps.get(i);
            boolean residual = c.has("shortcut") && c.whole("shortcut") == 1 && Stage.keepsShape(map) && !last;
            stages.add(new Stage(map, last ? Activation.LINEAR : activation(c), residual));
        }
        return new Network(stages);
    }

    /** Fully connected maps from inputs through hidden layers to outputs. */
    static List<Fcn> fcn(Configuration c, int inputs, int outputs) {
        int depth = c.whole("depth");
        List<Fcn> maps = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            maps.add(new Fcn(
                    i == 0 ? inputs : c.whole("units"),
                    i == depth - 1 ? outputs : c.whole("units"),
                    c.word("bias").equals("trained")));
        }
        return maps;
    }

    /** Convolutional maps of one kernel and padding. */
    static List<Cnn> cnn(Configuration c, int channels, int outputs) {
        int depth = c.whole("depth");
        List<Cnn> maps = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            maps.add(new Cnn(
                    i == 0 ? channels : c.whole("units"),
                    i == depth - 1 ? outputs : c.whole("units"),
                    c.whole("kernel"),
                    padding(c),
                    c.word("bias").equals("trained")));
        }
        return maps;
    }

    /** The problem of a network on inputs, with random weights, biases and, unless given, targets. */
    static TrainingProblem problem(Configuration c, Network network, Array inputs, SplittableRandom random) {
        return problem(c, network, inputs, uniform(random, network.outputShape(inputs.shape())), random);
    }

    static TrainingProblem problem(
            Configuration c, Network network, Array inputs, Array targets, SplittableRandom random) {
        Initializer law = c.has("initializer") ? Initializer.values()[c.whole("initializer")] : Initializer.XAVIER;
        Initialization initialization =
                law == Initializer.PYTORCH ? Initialization.of(law) : new Initialization(law, 1, BIAS_VARIANCE);
        Loss loss = c.has("loss") ? Loss.values()[c.whole("loss")] : Loss.HALF_SUM;
        return new TrainingProblem(network, inputs, targets, initialization.draw(network, random), loss)
                .rounded(precision(c));
    }

    /** Numbers in [−1, 1) that both precisions hold exactly. */
    static Array uniform(SplittableRandom random, int... shape) {
        Array array = Array.zeros(shape);
        int most = (int) (1 / GRID);
        for (int i = 0; i < array.length(); i++) {
            array.values()[i] = GRID * random.nextInt(-most, most);
        }
        return array;
    }

    /** The configuration's method, with a rate that both precisions hold exactly. */
    static DeepRun run(Configuration c, TrainingProblem problem) {
        int batch = c.has("batch") && c.word("batch").equals("one") ? 1 : problem.examples();
        int perExample = problem.targets().length() / problem.examples();
        double curvature = GradientReach.curvature(problem, problem.loss().scale((long) perExample * batch));
        double rate = (float) (curvature > 0 ? c.real("rate") / curvature : c.real("rate"));
        boolean carries = c.has("method") && !c.word("method").equals("descent");
        LinearMethod optimizer = new LinearMethod(
                rate,
                carries ? c.real("momentum") : 0,
                carries && c.word("method").equals("nesterov"),
                c.has("decay") ? Double.parseDouble(c.word("decay")) : 0);
        return new DeepRun(problem, optimizer, c.whole("steps"), batch, precision(c), DeepRun.engine(c), null);
    }

    /**
     * Dimensions of CNNs that are evaluated on an image, after some steps of training or none. Height and width are
     * those of the outputs.
     */
    List<Dimension> looks() {
        return List.of(
                DEPTH,
                UNITS,
                ACTIVATION,
                SHORTCUT,
                BIAS,
                HEIGHT,
                WIDTH,
                CHANNELS,
                new Dimension.Logarithmic("kernel", 1, 9, 2),
                PADDING,
                image(),
                new Dimension.Choice("rule", List.of("descent", "adam")),
                new Dimension.Whole("steps", 0, 20),
                RATE,
                PRECISION,
                Engine.OF_DEPTH);
    }

    /** The run of a configuration of {@link #looks}. */
    DeepRun looked(Configuration c, SplittableRandom random) {
        int kernel = c.whole("kernel");
        int[] sides = sides(c, c.whole("depth") * (kernel - 1));
        Array images = images(c, 1, c.whole("channels"), sides[0], sides[1], random);
        Network network = network(c, cnn(c, c.whole("channels"), 1 + random.nextInt(2)));
        DeepRun run = run(c, problem(c, network, images, random));
        return c.word("rule").equals("adam") ? run.with(Adam.of(0x1p-6)) : run;
    }

    /** The sizes of an image whose outputs have the configuration's height and width. */
    static int[] sides(Configuration c, int lost) {
        return Arrays.stream(new int[] {c.whole("height"), c.whole("width")})
                .map(side -> padding(c) == Padding.VALID ? side + lost : side)
                .toArray();
    }
}
