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
import org.idem.network.Padding;
import org.idem.space.Axis;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Axes;
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

    static final Dimension STEPS = Axes.STEPS.logarithmic(1, MOST_STEPS);
    static final Dimension STEPS_OVER_ONE = Axes.STEPS.logarithmic(2, MOST_STEPS);
    static final Dimension EXAMPLES = Axes.EXAMPLES.logarithmic(1, 60);
    /** How the last example depends on the others. */
    enum Last {
        FREE,
        REPEATED,
        MIXED,
        NEAR;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Number of outputs, compared with the inputs or channels. */
    enum Outputs {
        EQUAL,
        FEWER,
        MORE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Axis.Words<Last> LAST = Axis.Words.of("data", Last.values());
    /** The last example is free of the others, equal to one, the mean of two, or nearly equal to one. */
    static final Dimension DATA = LAST.all();

    private static final Axis.Words<Boolean> AS_THEY_ARE = Axis.Words.flag("brightness", "centred", "plain");
    /**
     * Whether the mean pixel is subtracted from images; otherwise one direction, the mean, has by far the largest
     * curvature.
     */
    static final Dimension BRIGHTNESS = AS_THEY_ARE.all();

    private static final Axis.Words<Boolean> IS_FAINT = Axis.Words.flag("contrast", "full", "faint");
    /** The patches of a faint image are nearly equal, so their rank is nearly deficient. */
    static final Dimension CONTRAST = IS_FAINT.all().weighted(7, 1).orFirst();

    private static final Axis.Words<Outputs> NUMBER = Axis.Words.of("outputs", Outputs.values());
    /**
     * Number of outputs, compared with the inputs (FCN) or channels (CNN); targets are noise unless the numbers are
     * equal.
     */
    static final Dimension OUTPUTS = NUMBER.all().weighted(2, 1, 1).orFirst();

    private static final Axis.Words<Boolean> IS_NOISE = Axis.Words.flag("target", "identity", "noise");
    static final Dimension TARGET = IS_NOISE.all();
    static final Dimension BIAS = Axes.BIAS.among(true);
    static final Dimension DECAY = Axes.DECAY.between(0x1p-6, 0.5);
    /** Weight decay beside momentum, in half of the trials. */
    static final Dimension SOME_DECAY =
            Axes.DECAY.among(0, 0x1p-6, 0.125, 0.5).weighted(3, 1, 1, 1).orFirst();

    static final Dimension MOMENTUM = Axes.MOMENTUM.between(0.125, 0.9921875);
    /** From none to much, for claims about every method. */
    static final Dimension ANY_MOMENTUM = Axes.MOMENTUM.between(0, 0.9921875);

    /** The form of the momentum, if there is any. */
    static final Dimension METHOD =
            Axes.METHOD.among(Axes.Method.HEAVY_BALL, Axes.Method.NESTEROV).orFirst();

    /** All momentum is Nesterov's. */
    private static final Axis.Words<Boolean> LOOKS_AHEAD = Axis.Words.flag("nesterov", "none", "lookahead");

    static final Dimension NESTEROV = LOOKS_AHEAD.among(true);
    static final Dimension FLOAT64 = Axes.PRECISION.among(Precision.FLOAT64);

    /** Whether training goes on to its limit. */
    static final Axis.Words<Boolean> LIMIT = Axis.Words.flag("horizon", "steps", "limit");

    static final Dimension HORIZON = LIMIT.all();

    /**
     * All dimensions of a theorem.
     *
     * @param own dimensions that not all theorems have
     */
    List<Dimension> dimensions(List<Dimension> own) {
        List<Dimension> space = new ArrayList<>();
        space.add(Axes.HEIGHT.logarithmic(1, LARGEST_SIDE));
        space.add(Axes.WIDTH.logarithmic(1, LARGEST_SIDE));
        if (convolution) {
            space.add(Axes.CHANNELS.logarithmic(1, MOST_CHANNELS));
            space.add(kernel(1, LARGEST_KERNEL));
            space.add(Axes.PADDING.among(Padding.SAME, Padding.CIRCULAR, Padding.VALID));
        }
        space.add(Axes.IMAGE.among(pool.kinds()));
        space.addAll(own);
        space.add(Axes.RATE.between(0.0625, 0.9375));
        space.add(Axes.LOSS.all());
        space.add(Axes.INITIALIZER.all());
        space.add(Axes.PRECISION.among(Precision.FLOAT64, Precision.FLOAT32));
        space.add(Axes.ENGINES_OF_LAYERS);
        return List.copyOf(space);
    }

    /** Odd sides of kernels. */
    static Dimension kernel(int least, int most) {
        return Axes.KERNEL.odd(least, most);
    }

    /**
     * The same with He's Gaussian weights, whose laws are known and whose variance is large enough to show in them, and
     * in float64.
     */
    static List<Dimension> gaussian(List<Dimension> dimensions) {
        return replaced(dimensions, Axes.INITIALIZER.among(Initializer.HE), FLOAT64);
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
        boolean onlyLimits = !c.has(LIMIT) && !c.has(Axes.STEPS);
        return SettingCost.of(c, convolution, 1) / (onlyLimits ? WORTH_OF_LIMITS : 1);
    }

    /** The setting of a configuration. */
    Setting setting(Configuration c) {
        SplittableRandom random = new SplittableRandom(c.seed());
        boolean bias = c.get(Axes.BIAS, false);
        int channels = convolution ? c.get(Axes.CHANNELS) : 1;
        int height = c.get(Axes.HEIGHT);
        int width = c.get(Axes.WIDTH);
        int signals = convolution ? channels : height * width;
        int outputs = outputs(c, signals, random);
        LinearMap network = convolution
                ? new Cnn(signals, outputs, c.get(Axes.KERNEL), c.get(Axes.PADDING), bias)
                : new Fcn(signals, outputs, bias);
        Array inputs = shaped(Array.concatenate(images(c, channels, random)));
        Array probes = shaped(Array.concatenate(List.of(
                draw(c, c.get(Axes.IMAGE), channels, random.nextLong()),
                draw(c, pool.kinds().get(0), channels, random.nextLong()))));
        Array targets = c.get(IS_NOISE, false) || outputs != signals
                ? uniform(random, network.outputShape(inputs.shape()))
                : LinearProblem.identityTargets(network, inputs);
        Initializer initializer = c.get(Axes.INITIALIZER);
        int fanIn = network.fanIn();
        int units = network.outputs();
        LinearProblem problem = new LinearProblem(
                network,
                inputs,
                targets,
                Array.of(initializer.draw(fanIn * units, fanIn, network.fanOut(), random), network.weightShape()),
                bias ? uniform(random, units) : null,
                c.get(Axes.LOSS));
        Precision precision = c.get(Axes.PRECISION);
        return run(c, problem.rounded(precision), precision, probes, initializer);
    }

    /** Training images; the last of several may repeat others or nearly do. */
    private List<Array> images(Configuration c, int channels, SplittableRandom random) {
        int examples = c.get(Axes.EXAMPLES, 1);
        List<Array> images = new ArrayList<>();
        for (int example = 0; example < examples; example++) {
            images.add(draw(c, c.get(Axes.IMAGE), channels, random.nextLong()));
        }
        if (examples > 1) {
            Array first = images.get(0);
            Array last = images.get(examples - 1);
            images.set(
                    examples - 1,
                    switch (c.get(LAST, Last.FREE)) {
                        case REPEATED -> first;
                        case MIXED -> mix(first, images.get(examples / 2), 0.5);
                        case NEAR -> mix(first, last, 1 - FAINT);
                        case FREE -> last;
                    });
        }
        return images;
    }

    /** Largest number of outputs of a configuration, for as many inputs or channels. */
    static int mostOutputs(Configuration c, int inputs) {
        return c.get(NUMBER, Outputs.EQUAL) == Outputs.MORE ? 2 * inputs : inputs;
    }

    private static int outputs(Configuration c, int inputs, SplittableRandom random) {
        return switch (c.get(NUMBER, Outputs.EQUAL)) {
            case EQUAL -> inputs;
            case FEWER -> 1 + random.nextInt(Math.max(1, inputs - 1));
            case MORE -> inputs + 1 + random.nextInt(inputs);
        };
    }

    private Array draw(Configuration c, String kind, int channels, long seed) {
        Array image = pool.draw(kind, channels, c.get(Axes.HEIGHT), c.get(Axes.WIDTH), seed);
        double mean = Arrays.stream(image.values()).average().orElse(0);
        double onGrid = GRID * Math.rint(mean / GRID);
        double kept = c.get(AS_THEY_ARE, true) ? onGrid : 0;
        double contrast = c.get(IS_FAINT, false) ? FAINT : 1;
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
        double rate = curvature > 0 ? c.get(Axes.RATE) * method.stableProduct() / curvature : c.get(Axes.RATE);
        LinearMethod optimizer = method.withLearningRate(precision.round(rate));
        boolean limit = c.get(LIMIT, !c.has(Axes.STEPS));
        int given = limit ? MOST_STEPS : c.get(Axes.STEPS);
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
        double momentum = c.get(Axes.MOMENTUM, 0.0);
        boolean nesterov =
                c.get(LOOKS_AHEAD, false) || c.get(Axes.METHOD, Axes.Method.HEAVY_BALL) == Axes.Method.NESTEROV;
        return new LinearMethod(1, momentum, nesterov && momentum > 0, c.get(Axes.DECAY, 0.0));
    }
}
