package org.idem.theorem.deep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
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
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.space.Axis;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Axes;
import org.idem.theory.deep.GradientReach;

/**
 * Configurations of deep networks, and the runs that follow from them.
 *
 * @param pool source of images
 */
record RunSpace(ImagePool pool) {
    static final Dimension ACTIVATION = Axes.ACTIVATION.all();
    private static final Axis.Words<Boolean> RESIDUAL = Axis.Words.flag("shortcut", "none", "residual");
    static final Dimension SHORTCUT = RESIDUAL.all();
    static final Dimension BIAS = Axes.BIAS.all();
    static final Dimension PADDING = Axes.PADDING.among(Padding.SAME, Padding.CIRCULAR, Padding.VALID);
    private static final Axis.Words<Boolean> ONE_BY_ONE = Axis.Words.flag("batch", "all", "one");
    static final Dimension BATCH = ONE_BY_ONE.all();
    static final Dimension METHOD = Axes.METHOD.all();
    static final Dimension MOMENTUM = Axes.MOMENTUM.between(0.125, 0.9921875);
    static final Dimension DECAY = Axes.DECAY.among(0, 0.25, 1);
    static final Dimension RATE = Axes.RATE.between(0.0625, 0.5);
    static final Dimension LOSS = Axes.LOSS.all();
    static final Dimension INITIALIZER = Axes.INITIALIZER.all();
    static final Dimension PRECISION = Axes.PRECISION.among(Precision.FLOAT64, Precision.FLOAT32);

    private static final Axis.Words<Boolean> ADAM = Axis.Words.flag("rule", "descent", "adam");

    static final Dimension DEPTH = Axes.DEPTH.logarithmic(1, 10);
    static final Dimension UNITS = Axes.UNITS.logarithmic(1, 128);
    static final Dimension WIDE = Axes.UNITS.logarithmic(1, 512);
    static final Dimension HEIGHT = Axes.HEIGHT.logarithmic(1, 28);
    static final Dimension WIDTH = Axes.WIDTH.logarithmic(1, 28);
    static final Dimension CHANNELS = Axes.CHANNELS.logarithmic(1, 3);

    private static final double GRID = 0x1p-8;

    /** Biases, which do not start at 0, so that a forgotten bias shows. */
    private static final double BIAS_VARIANCE = 0.1;

    Dimension image() {
        return Axes.IMAGE.among(pool.kinds());
    }

    /** Images as a batch, each of its own seed. */
    Array images(Configuration c, int count, int channels, int height, int width, SplittableRandom random) {
        List<Array> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            images.add(pool.draw(c.get(Axes.IMAGE), channels, height, width, random.nextLong()));
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
            boolean residual = c.get(RESIDUAL, false) && Stage.keepsShape(map) && !last;
            stages.add(new Stage(map, last ? Activation.LINEAR : c.get(Axes.ACTIVATION), residual));
        }
        return new Network(stages);
    }

    /** Images of one channel as a batch of vectors, each of its own seed. */
    Array vectors(Configuration c, int count, SplittableRandom random) {
        int height = c.get(Axes.HEIGHT);
        int width = c.get(Axes.WIDTH);
        return images(c, count, 1, height, width, random).reshape(count, height * width);
    }

    /** A network of maps without activations and shortcuts. */
    static Network linear(List<? extends LinearMap> maps) {
        return new Network(maps.stream()
                .map(map -> new Stage(map, Activation.LINEAR, false))
                .toList());
    }

    /** Fully connected maps from inputs through hidden layers to outputs. */
    static List<Fcn> fcn(Configuration c, int inputs, int outputs) {
        int depth = c.get(Axes.DEPTH);
        List<Fcn> maps = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            maps.add(new Fcn(
                    i == 0 ? inputs : c.get(Axes.UNITS),
                    i == depth - 1 ? outputs : c.get(Axes.UNITS),
                    c.get(Axes.BIAS)));
        }
        return maps;
    }

    /**
     * Inputs, widths of the hidden layers and outputs; half of the layers are as wide as the configuration says, the
     * others narrower.
     */
    static int[] widths(Configuration c, int inputs, int outputs, SplittableRandom random) {
        int[] widths = new int[c.get(Axes.DEPTH) + 1];
        for (int layer = 1; layer < widths.length - 1; layer++) {
            int most = c.get(Axes.UNITS);
            widths[layer] = random.nextBoolean() ? most : 1 + random.nextInt(most);
        }
        widths[0] = inputs;
        widths[widths.length - 1] = outputs;
        return widths;
    }

    /** Maps between layers of such widths, fully connected or convolutional. */
    static List<LinearMap> maps(Configuration c, int[] widths, boolean convolution) {
        List<LinearMap> maps = new ArrayList<>();
        for (int layer = 1; layer < widths.length; layer++) {
            boolean bias = c.get(Axes.BIAS, false);
            maps.add(
                    convolution
                            ? new Cnn(widths[layer - 1], widths[layer], c.get(Axes.KERNEL), c.get(Axes.PADDING), bias)
                            : new Fcn(widths[layer - 1], widths[layer], bias));
        }
        return maps;
    }

    /** Convolutional maps of one kernel and padding. */
    static List<Cnn> cnn(Configuration c, int channels, int outputs) {
        int depth = c.get(Axes.DEPTH);
        List<Cnn> maps = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            maps.add(new Cnn(
                    i == 0 ? channels : c.get(Axes.UNITS),
                    i == depth - 1 ? outputs : c.get(Axes.UNITS),
                    c.get(Axes.KERNEL),
                    c.get(Axes.PADDING),
                    c.get(Axes.BIAS)));
        }
        return maps;
    }

    /** The problem of a network on inputs, with random weights, biases and, unless given, targets. */
    static TrainingProblem problem(Configuration c, Network network, Array inputs, SplittableRandom random) {
        return problem(c, network, inputs, uniform(random, network.outputShape(inputs.shape())), random);
    }

    static TrainingProblem problem(
            Configuration c, Network network, Array inputs, Array targets, SplittableRandom random) {
        Initializer law = c.get(Axes.INITIALIZER, Initializer.XAVIER);
        Initialization initialization =
                law == Initializer.PYTORCH ? Initialization.of(law) : new Initialization(law, 1, BIAS_VARIANCE);
        Loss loss = c.get(Axes.LOSS, Loss.HALF_SUM);
        return new TrainingProblem(network, inputs, targets, initialization.draw(network, random), loss)
                .rounded(c.get(Axes.PRECISION));
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

    /** Layers of these weights and no biases. */
    static List<StageParameters> stages(List<Array> weights) {
        return weights.stream().map(weight -> new StageParameters(weight, null)).toList();
    }

    /** Independent normal numbers. */
    static double[] gaussian(SplittableRandom random, int count, double deviation) {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = deviation * random.nextGaussian();
        }
        return numbers;
    }

    static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    /** What is left of a vector without its part along another, taken off twice against rounding. */
    static double[] orthogonal(double[] vector, double[] other) {
        double[] left = vector.clone();
        for (int time = 0; time < 2; time++) {
            double along = dot(left, other) / dot(other, other);
            for (int i = 0; i < left.length; i++) {
                left[i] -= along * other[i];
            }
        }
        return left;
    }

    /** The configuration's method, with a rate that both precisions hold exactly. */
    static DeepRun run(Configuration c, TrainingProblem problem) {
        int batch = c.get(ONE_BY_ONE, false) ? 1 : problem.examples();
        int perExample = problem.targets().length() / problem.examples();
        double curvature = GradientReach.curvature(problem, problem.loss().scale((long) perExample * batch));
        double wanted = curvature > 0 ? c.get(Axes.RATE) / curvature : c.get(Axes.RATE);
        // bounds of many wide layers multiply, and a rate must not underflow
        double rate = (float) Math.max(Float.MIN_NORMAL, wanted);
        return new DeepRun(
                problem,
                Axes.linearMethod(c, rate),
                c.get(Axes.STEPS),
                batch,
                c.get(Axes.PRECISION),
                DeepRun.engine(c),
                null);
    }

    /**
     * The configuration's method, of a rate that both precisions hold exactly: a share of 1 − β over the largest
     * curvature with decay.
     */
    static LinearMethod method(Configuration c, double steepest) {
        LinearMethod unit = Axes.linearMethod(c, 1);
        return unit.withLearningRate((float) (c.get(Axes.RATE) * (1 - unit.momentum()) / steepest));
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
                Axes.KERNEL.odd(1, 9),
                PADDING,
                image(),
                ADAM.all(),
                Axes.STEPS.from(0, 20),
                RATE,
                PRECISION,
                Axes.ENGINES_OF_DEPTH);
    }

    /** The run of a configuration of {@link #looks}. */
    DeepRun looked(Configuration c, SplittableRandom random) {
        int kernel = c.get(Axes.KERNEL);
        int[] sides = sides(c, c.get(Axes.DEPTH) * (kernel - 1));
        Array images = images(c, 1, c.get(Axes.CHANNELS), sides[0], sides[1], random);
        Network network = network(c, cnn(c, c.get(Axes.CHANNELS), 1 + random.nextInt(2)));
        DeepRun run = run(c, problem(c, network, images, random));
        return c.get(ADAM) ? run.with(Adam.of(0x1p-6)) : run;
    }

    /**
     * Dimensions of trained CNNs whose outputs are as large as their images; padding, activation and bias are apart.
     */
    List<Dimension> symmetric() {
        return List.of(
                Axes.DEPTH.logarithmic(1, 20),
                WIDE,
                SHORTCUT,
                HEIGHT,
                WIDTH,
                CHANNELS,
                Axes.KERNEL.odd(1, 9),
                image(),
                ADAM.all(),
                METHOD,
                MOMENTUM,
                Axes.STEPS.from(0, 20),
                RATE,
                PRECISION,
                Axes.ENGINES_OF_DEPTH);
    }

    /**
     * The run of a configuration with the dimensions of {@link #symmetric} and others, on images with a margin beside
     * the configuration's height and width.
     */
    DeepRun symmetric(Configuration c, int margin, int outputs, SplittableRandom random) {
        int height = c.get(Axes.HEIGHT) + 2 * margin;
        int width = c.get(Axes.WIDTH) + 2 * margin;
        Array images = images(c, 1, c.get(Axes.CHANNELS), height, width, random);
        boolean convolution = c.get(Axes.CONVOLUTION, true);
        int unrolled = images.length();
        int[] widths = widths(c, convolution ? c.get(Axes.CHANNELS) : unrolled, outputs, random);
        Network network = network(c, maps(c, widths, convolution));
        Array inputs = convolution ? images : images.reshape(1, unrolled);
        DeepRun run = run(c, problem(c, network, inputs, random));
        return c.get(ADAM) ? run.with(Adam.of(0x1p-6)) : run;
    }

    /** The sizes of an image whose outputs have the configuration's height and width. */
    static int[] sides(Configuration c, int lost) {
        return Arrays.stream(new int[] {c.get(Axes.HEIGHT), c.get(Axes.WIDTH)})
                .map(side -> c.get(Axes.PADDING) == Padding.VALID ? side + lost : side)
                .toArray();
    }
}
