package org.idem.theorem.onelayer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.image.ImagePool;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.Initializer;
import org.idem.network.LinearMap;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.network.Padding;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Engine;
import org.idem.theorem.Evidence;
import org.idem.theory.ClosedForm;
import org.idem.theory.design.Design;

/**
 * The configurations of one-layer networks, and the setting that follows from each.
 *
 * <p>A theorem may leave dimensions out. They then have these values: one example, no bias, no momentum, no decay;
 * without {@code steps} the claim is about the limit.
 *
 * @param pool source of training images and probes
 * @param convolution CNN or FCN
 */
record SettingSpace(ImagePool pool, boolean convolution) {
    /** A run towards the limit that needs more steps than this does not decide. */
    static final int MOST_STEPS = 10_000;

    /** The same for the witness, which takes a thousand times as long. */
    static final int MOST_STEPS_OF_WITNESS = 150;

    /**
     * Divides the cost of theorems all of whose runs go towards the limit, because even small runs are expensive there.
     */
    private static final double WORTH_OF_LIMITS = 10;

    private static final int LARGEST_SIDE = 28;
    private static final int MOST_CHANNELS = 3;
    /** A kernel that, centred on any pixel of a 28 × 28 image, reaches beyond all its borders. */
    private static final int LARGEST_KERNEL = 57;

    private static final double GRID = 0x1p-8;
    /** How far a pixel of a faint image lies from the mean pixel, relative to the drawn image. */
    private static final double FAINT = 0x1p-8;

    static final Dimension STEPS = new Dimension.Logarithmic("steps", 1, MOST_STEPS, 1);
    static final Dimension STEPS_OVER_ONE = new Dimension.Logarithmic("steps", 2, MOST_STEPS, 1);
    static final Dimension EXAMPLES = new Dimension.Logarithmic("examples", 1, 60, 1);
    /**
     * How the last example depends on the others: free of them, equal to one, the mean of two, or nearly equal to one.
     */
    static final Dimension DATA = new Dimension.Choice("data", List.of("free", "repeated", "mixed", "near"));

    /**
     * Whether the mean pixel is subtracted from images; otherwise one direction, the mean, has by far the largest
     * curvature.
     */
    static final Dimension BRIGHTNESS = new Dimension.Choice("brightness", List.of("centred", "plain"));

    /** The patches of a faint image are nearly equal, so their rank is nearly deficient. */
    static final Dimension CONTRAST = new Dimension.Choice("contrast", List.of("full", "faint"), List.of(7, 1), true);

    /**
     * Number of outputs, compared with the inputs (FCN) or channels (CNN); targets are noise unless the numbers are
     * equal.
     */
    static final Dimension OUTPUTS =
            new Dimension.Choice("outputs", List.of("equal", "fewer", "more"), List.of(2, 1, 1), true);

    static final Dimension TARGET = new Dimension.Choice("target", List.of("identity", "noise"));
    static final Dimension BIAS = new Dimension.Choice("bias", List.of("trained"));
    static final Dimension DECAY = new Dimension.Real("decay", 0x1p-6, 0.5);
    /** Weight decay beside momentum, in half of the trials. */
    static final Dimension SOME_DECAY =
            new Dimension.Choice("decay", List.of("0", "0.015625", "0.125", "0.5"), List.of(3, 1, 1, 1), true);

    static final Dimension MOMENTUM = new Dimension.Real("momentum", 0.125, 0.9921875);
    /** From none to much, for claims about every method. */
    static final Dimension ANY_MOMENTUM = new Dimension.Real("momentum", 0, 0.9921875);

    /** The form of the momentum, if there is any. */
    static final Dimension METHOD =
            new Dimension.Choice("method", List.of("heavy-ball", "nesterov"), List.of(1, 1), true);

    static final Dimension NESTEROV = new Dimension.Choice("nesterov", List.of("lookahead"));
    static final Dimension FLOAT64 = new Dimension.Choice("precision", List.of("float64"));
    static final Dimension HORIZON = new Dimension.Choice("horizon", List.of("steps", "limit"));

    /**
     * All dimensions of a theorem.
     *
     * @param own dimensions that not all theorems have
     */
    List<Dimension> dimensions(List<Dimension> own) {
        List<Dimension> space = new ArrayList<>();
        space.add(new Dimension.Logarithmic("height", 1, LARGEST_SIDE, 1));
        space.add(new Dimension.Logarithmic("width", 1, LARGEST_SIDE, 1));
        if (convolution) {
            space.add(new Dimension.Logarithmic("channels", 1, MOST_CHANNELS, 1));
            space.add(kernel(1, LARGEST_KERNEL));
            space.add(new Dimension.Choice("padding", List.of("same", "circular", "valid")));
        }
        space.add(new Dimension.Choice("image", pool.kinds()));
        space.addAll(own);
        space.add(new Dimension.Real("rate", 0.0625, 0.9375));
        space.add(new Dimension.Choice("loss", List.of("half-sum", "mean", "sum")));
        space.add(new Dimension.Choice("initializer", List.of("gaussian", "pytorch", "uniform", "xavier", "he")));
        space.add(new Dimension.Choice("precision", List.of("float64", "float32")));
        space.add(Engine.OF_LAYERS);
        return List.copyOf(space);
    }

    /** Odd sides of kernels. */
    static Dimension kernel(int least, int most) {
        return new Dimension.Logarithmic("kernel", least, most, 2);
    }

    /**
     * The same with He's Gaussian weights, whose laws are known and whose variance is large enough to show in them, and
     * in float64.
     */
    static List<Dimension> gaussian(List<Dimension> dimensions) {
        return replaced(dimensions, new Dimension.Choice("initializer", List.of("he")), FLOAT64);
    }

    /** Dimensions, of which some are replaced by others of the same name. */
    static List<Dimension> replaced(List<Dimension> dimensions, Dimension... others) {
        return dimensions.stream()
                .map(dimension -> Arrays.stream(others)
                        .filter(other -> other.name().equals(dimension.name()))
                        .findFirst()
                        .orElse(dimension))
                .toList();
    }

    /** What one run costs; infinite for values that cannot be combined. */
    double cost(Configuration c) {
        boolean onlyLimits = !c.has("horizon") && !c.has("steps");
        return SettingCost.of(c, convolution, 1) / (onlyLimits ? WORTH_OF_LIMITS : 1);
    }

    /** The setting of a configuration. */
    Setting setting(Configuration c) {
        SplittableRandom random = new SplittableRandom(c.seed());
        boolean bias = c.has("bias");
        int channels = convolution ? c.whole("channels") : 1;
        int height = c.whole("height");
        int width = c.whole("width");
        int signals = convolution ? channels : height * width;
        int outputs = outputs(c, signals, random);
        LinearMap network = convolution
                ? new Cnn(signals, outputs, c.whole("kernel"), padding(c), bias)
                : new Fcn(signals, outputs, bias);
        int examples = c.has("examples") ? c.whole("examples") : 1;
        List<Array> images = new ArrayList<>();
        for (int example = 0; example < examples; example++) {
            images.add(draw(c, c.whole("image"), channels, random.nextLong()));
        }
        if (c.has("data") && examples > 1) {
            Array first = images.get(0);
            Array last = images.get(examples - 1);
            images.set(
                    examples - 1,
                    switch (c.word("data")) {
                        case "repeated" -> first;
                        case "mixed" -> mix(first, images.get(examples / 2), 0.5);
                        case "near" -> mix(first, last, 1 - FAINT);
                        default -> last;
                    });
        }
        Array inputs = shaped(Array.concatenate(images));
        Array probes = shaped(Array.concatenate(List.of(
                draw(c, c.whole("image"), channels, random.nextLong()), draw(c, 0, channels, random.nextLong()))));
        Array targets = c.has("target") && c.word("target").equals("noise") || outputs != signals
                ? uniform(random, network.outputShape(inputs.shape()))
                : LinearProblem.identityTargets(network, inputs);
        Initializer initializer = Initializer.valueOf(c.word("initializer").toUpperCase(Locale.ROOT));
        int fanIn = network.fanIn();
        int units = network.outputs();
        LinearProblem problem = new LinearProblem(
                network,
                inputs,
                targets,
                Array.of(initializer.draw(fanIn * units, fanIn, network.fanOut(), random), network.weightShape()),
                bias ? uniform(random, units) : null,
                Loss.valueOf(c.word("loss").replace('-', '_').toUpperCase(Locale.ROOT)));
        Precision precision = Precision.parse(c.word("precision"));
        return run(c, problem.rounded(precision), precision, probes, initializer);
    }

    static Padding padding(Configuration c) {
        return Padding.valueOf(c.word("padding").toUpperCase(Locale.ROOT));
    }

    /** Largest number of outputs of a configuration, for as many inputs or channels. */
    static int mostOutputs(Configuration c, int inputs) {
        return c.has("outputs") && c.word("outputs").equals("more") ? 2 * inputs : inputs;
    }

    private static int outputs(Configuration c, int inputs, SplittableRandom random) {
        if (!c.has("outputs") || c.word("outputs").equals("equal")) {
            return inputs;
        }
        return c.word("outputs").equals("more")
                ? inputs + 1 + random.nextInt(inputs)
                : 1 + random.nextInt(Math.max(1, inputs - 1));
    }

    private Array draw(Configuration c, int kind, int channels, long seed) {
        Array image = pool.draw(kind, channels, c.whole("height"), c.whole("width"), seed);
        double mean = Arrays.stream(image.values()).average().orElse(0);
        double onGrid = GRID * Math.rint(mean / GRID);
        double kept = c.has("brightness") && c.word("brightness").equals("centred") ? 0 : onGrid;
        double contrast = c.has("contrast") && c.word("contrast").equals("faint") ? FAINT : 1;
        return Array.of(
                Arrays.stream(image.values())
                        .map(pixel -> kept + contrast * (pixel - onGrid))
                        .toArray(),
                image.shape());
    }

    private Array shaped(Array images) {
        return convolution ? images : images.reshape(images.size(0), images.length() / images.size(0));
    }

    /** Mixture of two images with the given share of the first; exact in both precisions for pixels on their grid. */
    private static Array mix(Array one, Array other, double share) {
        double[] mixed = new double[one.length()];
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = share * one.values()[i] + (1 - share) * other.values()[i];
        }
        return Array.of(mixed, one.shape());
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
            Configuration c, LinearProblem problem, Precision precision, Array probes, Initializer initializer) {
        LinearMethod method = method(c);
        Design design = Design.of(problem.map(), problem.inputs());
        ClosedForm form = new ClosedForm(problem, design);
        double curvature = form.largestCurvature() + method.weightDecay();
        double rate = curvature > 0 ? c.real("rate") * method.stableProduct() / curvature : c.real("rate");
        LinearMethod optimizer = method.withLearningRate(precision.round(rate));
        boolean limit = c.has("horizon") ? c.whole("horizon") == 1 : !c.has("steps");
        int given = limit ? MOST_STEPS : c.whole("steps");
        Setting setting = new Setting(
                problem, design, optimizer, given, limit, precision, probes, initializer, Engine.of(c), null);
        if (!limit) {
            return setting;
        }
        if (!form.rankIsClear()) {
            return setting.because(new Evidence.Undecidable("rounding hides the rank of the data"));
        }
        int most = Engine.of(c) == Engine.ND4J ? MOST_STEPS_OF_WITNESS : MOST_STEPS;
        int steps = form.stepsTo(precision.unitRoundoff(), optimizer, most);
        return steps <= most
                ? setting.withSteps(steps)
                : setting.because(new Evidence.NotConverged("the limit needs more than " + most + " steps"));
    }

    /** The configuration's method with a learning rate of 1. */
    private static LinearMethod method(Configuration c) {
        double momentum = c.has("momentum") ? c.real("momentum") : 0;
        boolean nesterov =
                c.has("nesterov") || c.has("method") && c.word("method").equals("nesterov");
        double decay = !c.has("decay")
                ? 0
                : c.dimension("decay") instanceof Dimension.Choice
                        ? Double.parseDouble(c.word("decay"))
                        : c.real("decay");
        return new LinearMethod(1, momentum, nesterov && momentum > 0, decay);
    }
}
