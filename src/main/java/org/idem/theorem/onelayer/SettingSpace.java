package org.idem.theorem.onelayer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.image.ImagePool;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.Initializer;
import org.idem.network.Loss;
import org.idem.network.Network;
import org.idem.network.Optimizer;
import org.idem.network.Padding;
import org.idem.network.TrainingProblem;
import org.idem.theorem.Configuration;
import org.idem.theorem.Dimension;
import org.idem.theorem.Evidence;
import org.idem.theory.ClosedForm;
import org.idem.theory.Design;

/**
 * The configurations of one-layer networks, and the setting that follows from each.
 *
 * <p>A dimension that a theorem leaves out has its plain value: one example, no bias, no momentum, no decay; without
 * {@code steps} the claim is that of the limit.
 *
 * @param pool source of training images and probes
 * @param convolution CNN or FCN
 */
record SettingSpace(ImagePool pool, boolean convolution) {
    /** A run towards the limit that needs more steps than this says nothing. */
    static final int MOST_STEPS = 4000;

    private static final double GRID = 0x1p-8;

    static final Dimension STEPS = new Dimension.Whole("steps", 1, 60);
    static final Dimension STEPS_OVER_ONE = new Dimension.Whole("steps", 2, 60);
    static final Dimension EXAMPLES = new Dimension.Whole("examples", 1, 5);
    /** How the last example depends on the others. */
    static final Dimension DATA = new Dimension.Choice("data", List.of("free", "repeated", "mixed"));

    /** Whether images are taken minus their mean pixel, so that not one bright direction decides all. */
    static final Dimension BRIGHTNESS = new Dimension.Choice("brightness", List.of("centred", "plain"));

    static final Dimension TARGET = new Dimension.Choice("target", List.of("identity", "noise"));
    static final Dimension BIAS = new Dimension.Choice("bias", List.of("trained"));
    static final Dimension DECAY = new Dimension.Real("decay", 0x1p-6, 0.5);
    static final Dimension MOMENTUM = new Dimension.Real("momentum", 0.125, 0.875);
    /** None to much: for claims about every method. */
    static final Dimension ANY_MOMENTUM = new Dimension.Real("momentum", 0, 0.75);
    /** So few that many directions stay open. */
    static final Dimension FEW_STEPS = new Dimension.Whole("steps", 1, 12);

    static final Dimension NESTEROV = new Dimension.Choice("nesterov", List.of("lookahead"));
    static final Dimension FLOAT64 = new Dimension.Choice("precision", List.of("float64"));
    static final Dimension HORIZON = new Dimension.Choice("horizon", List.of("steps", "limit"));

    /**
     * All dimensions of a theorem.
     *
     * @param least smallest height and width
     * @param most largest height and width
     * @param kernels largest half side of the kernel, rounded down: its side is twice this plus 1
     * @param own dimensions that not all theorems have
     */
    List<Dimension> dimensions(int least, int most, int kernels, List<Dimension> own) {
        List<Dimension> space = new ArrayList<>();
        space.add(new Dimension.Whole("height", least, most));
        space.add(new Dimension.Whole("width", least, most));
        if (convolution) {
            space.add(new Dimension.Whole("channels", 1, 2));
            space.add(kernel(0, kernels));
            space.add(new Dimension.Choice("padding", List.of("same", "circular", "valid")));
        }
        space.add(new Dimension.Choice("image", pool.kinds()));
        space.addAll(own);
        space.add(new Dimension.Real("rate", 0.0625, 0.9375));
        space.add(new Dimension.Choice("loss", List.of("half-sum", "mean")));
        space.add(new Dimension.Choice("initializer", List.of("gaussian", "pytorch", "uniform", "xavier", "he")));
        space.add(new Dimension.Choice("precision", List.of("float64", "float32")));
        return List.copyOf(space);
    }

    /** Odd sides of kernels. */
    static Dimension kernel(int leastHalf, int mostHalf) {
        return new Dimension.Choice(
                "kernel",
                IntStream.rangeClosed(leastHalf, mostHalf)
                        .mapToObj(half -> String.valueOf(2 * half + 1))
                        .toList());
    }

    /**
     * The same for Gaussian weights in float64, whose laws are known; of a variance and in a number that make the law
     * depend on them.
     */
    List<Dimension> gaussian(List<Dimension> dimensions) {
        return replaced(dimensions, new Dimension.Choice("initializer", List.of("he")), kernel(1, 2), FLOAT64);
    }

    /** Dimensions with others in the place of those of the same name. */
    static List<Dimension> replaced(List<Dimension> dimensions, Dimension... others) {
        return dimensions.stream()
                .map(dimension -> Arrays.stream(others)
                        .filter(other -> other.name().equals(dimension.name()))
                        .findFirst()
                        .orElse(dimension))
                .toList();
    }

    /** The setting of a configuration. */
    Setting setting(Configuration c) {
        SplittableRandom random = new SplittableRandom(c.seed());
        boolean bias = c.has("bias");
        int channels = convolution ? c.whole("channels") : 1;
        int height = c.whole("height");
        int width = c.whole("width");
        Network network = convolution
                ? new Cnn(
                        channels,
                        channels,
                        Integer.parseInt(c.word("kernel")),
                        Padding.valueOf(c.word("padding").toUpperCase(Locale.ROOT)),
                        bias)
                : new Fcn(height * width, height * width, bias);
        int examples = c.has("examples") ? c.whole("examples") : 1;
        List<Array> images = new ArrayList<>();
        for (int example = 0; example < examples; example++) {
            images.add(draw(c, c.whole("image"), channels, random.nextLong()));
        }
        if (c.has("data") && c.whole("data") > 0 && examples > 1) {
            images.set(
                    examples - 1, c.whole("data") == 1 ? images.get(0) : mean(images.get(0), images.get(examples / 2)));
        }
        Array inputs = shaped(Array.concatenate(images));
        Array probes = shaped(Array.concatenate(List.of(
                draw(c, c.whole("image"), channels, random.nextLong()), draw(c, 0, channels, random.nextLong()))));
        Array targets = c.has("target") && c.whole("target") == 1
                ? uniform(random, network.outputShape(inputs.shape()))
                : TrainingProblem.identityTargets(network, inputs);
        Initializer initializer = Initializer.valueOf(c.word("initializer").toUpperCase(Locale.ROOT));
        int fanIn = network.fanIn();
        int units = network.outputs();
        TrainingProblem problem = new TrainingProblem(
                network,
                inputs,
                targets,
                Array.of(initializer.draw(fanIn * units, fanIn, network.fanOut(), random), network.weightShape()),
                bias ? uniform(random, units) : null,
                Loss.values()[c.whole("loss")]);
        Precision precision = Precision.parse(c.word("precision"));
        return run(c, problem.rounded(precision), precision, probes, initializer);
    }

    private Array draw(Configuration c, int kind, int channels, long seed) {
        Array image = pool.draw(kind, channels, c.whole("height"), c.whole("width"), seed);
        if (!c.has("brightness") || c.word("brightness").equals("plain")) {
            return image;
        }
        double mean = Arrays.stream(image.values()).average().orElse(0);
        double onGrid = GRID * Math.rint(mean / GRID);
        return Array.of(
                Arrays.stream(image.values()).map(pixel -> pixel - onGrid).toArray(), image.shape());
    }

    private Array shaped(Array images) {
        return convolution ? images : images.reshape(images.size(0), images.length() / images.size(0));
    }

    private static Array mean(Array one, Array other) {
        double[] mean = new double[one.length()];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (one.values()[i] + other.values()[i]) / 2;
        }
        return Array.of(mean, one.shape());
    }

    /** Numbers in [0, 1) that both precisions hold exactly. */
    private static Array uniform(SplittableRandom random, int... shape) {
        Array array = Array.zeros(shape);
        for (int i = 0; i < array.length(); i++) {
            array.values()[i] = GRID * random.nextInt((int) (1 / GRID));
        }
        return array;
    }

    private static Setting run(
            Configuration c, TrainingProblem problem, Precision precision, Array probes, Initializer initializer) {
        double momentum = c.has("momentum") ? c.real("momentum") : 0;
        double decay = c.has("decay") ? c.real("decay") : 0;
        Optimizer method = new Optimizer(1, momentum, c.has("nesterov"), decay);
        Design design = Design.of(problem.network(), problem.inputs());
        ClosedForm form = new ClosedForm(problem, design);
        double curvature = form.largestCurvature() + decay;
        double rate = curvature > 0 ? c.real("rate") * method.stableProduct() / curvature : c.real("rate");
        Optimizer optimizer = method.withLearningRate(precision.round(rate));
        boolean limit = c.has("horizon") ? c.whole("horizon") == 1 : !c.has("steps");
        if (!limit) {
            return new Setting(
                    problem, design, optimizer, c.whole("steps"), false, precision, probes, initializer, null);
        }
        if (!form.rankIsClear()) {
            Evidence blurred = new Evidence.Undecidable("rounding hides the rank of the data");
            return new Setting(problem, design, optimizer, MOST_STEPS, true, precision, probes, initializer, blurred);
        }
        int steps = form.stepsTo(precision.unitRoundoff(), optimizer, MOST_STEPS);
        Evidence far = steps <= MOST_STEPS
                ? null
                : new Evidence.NotConverged("the limit needs more than " + MOST_STEPS + " steps");
        return new Setting(problem, design, optimizer, steps, true, precision, probes, initializer, far);
    }
}
