package org.idem.theorem.kernel;

import java.util.List;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.network.Activation;
import org.idem.network.Architecture;
import org.idem.network.LinearMethod;
import org.idem.network.Padding;
import org.idem.space.Axis;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Axes;
import org.idem.theorem.Engine;
import org.idem.theory.kernel.InfiniteKernel;
import org.idem.theory.kernel.InfiniteNetwork;
import org.idem.theory.kernel.KernelSpectrum;
import org.idem.theory.kernel.Quaternary;
import org.idem.training.wide.WideTask;

/** Configurations of wide networks of two layers. */
final class WideSpace {
    private static final Axis.Whole INPUTS = new Axis.Whole("inputs");
    private static final Axis.Real UNITS = new Axis.Real("hidden-units");
    private static final Axis.Whole PROBES = new Axis.Whole("probes");
    private static final Axis.Real WEIGHT_VARIANCE = new Axis.Real("weight-variance");
    private static final Axis.Real BIAS_VARIANCE = new Axis.Real("bias-variance");

    /** Networks of each width in a trial of T7.lazy. */
    private static final int NETWORKS = 96;

    /** Pairs of networks of each width in a trial of T7.covariance. */
    private static final int PAIRS = 112;

    /** In a trial of T7.mean linear networks fluctuate less, ReLU more: its term of the next order has to be seen. */
    private static final int PAIRS_OF_LINEAR = 24;

    private static final int PAIRS_OF_ERF = 128;
    private static final int PAIRS_OF_RELU = 768;

    private static final int KERNEL = 3;
    /** Least and most size of targets, so that outputs before training mostly lie below. */
    private static final double[] TARGETS = {1, 2};

    private static final double[] LARGE_TARGETS = {2, 3};

    /** Divides the cost, so that images and larger widths are drawn often enough. */
    private static final double WORTH = 32;

    private static final Dimension ACTIVATION =
            Axes.ACTIVATION.among(Activation.LINEAR, Activation.RELU, Activation.LEAKY_RELU, Activation.ERF);

    static final List<Dimension> LAZY = List.of(
            Axes.CONVOLUTION.all().weighted(2, 1),
            ACTIVATION,
            UNITS.among(32, 16),
            INPUTS.from(2, 4),
            Axes.HEIGHT.from(1, 2),
            // a single pixel would be fully connected
            Axes.WIDTH.from(2, 4),
            Axes.PADDING.among(Padding.SAME, Padding.CIRCULAR),
            Axes.EXAMPLES.from(1, 2),
            PROBES.from(1, 2),
            WEIGHT_VARIANCE.among(0.5, 1, 2),
            BIAS_VARIANCE.among(0, 0.25, 1),
            Axes.METHOD.all(),
            Axes.MOMENTUM.between(0.25, 0.75),
            Axes.STEPS.from(1, 3),
            Axes.RATE.between(0.25, 0.75),
            Axes.LOSS.all(),
            Axes.ENGINES_OF_DEPTH);

    static final List<Dimension> MEAN = ofOneExample(
            Axes.ACTIVATION
                    .among(Activation.ERF, Activation.LINEAR, Activation.RELU)
                    .weighted(2, 1, 3),
            UNITS.among(32),
            WEIGHT_VARIANCE.among(1, 2),
            Axes.STEPS.from(1, 1));

    static final List<Dimension> COVARIANCE = ofOneExample(
            Axes.ACTIVATION
                    .among(Activation.ERF, Activation.LINEAR, Activation.RELU)
                    .weighted(2, 1, 2),
            UNITS.among(32),
            WEIGHT_VARIANCE.among(0.5, 0.25),
            Axes.STEPS.from(1, 2));

    private WideSpace() {}

    private static List<Dimension> ofOneExample(
            Dimension activation, Dimension units, Dimension weightVariance, Dimension steps) {
        return List.of(
                activation,
                units,
                INPUTS.from(1, 3),
                weightVariance,
                BIAS_VARIANCE.among(0, 0.25),
                Axes.METHOD.all(),
                Axes.MOMENTUM.between(0.125, 0.375),
                steps,
                Axes.RATE.between(0.25, 0.4375),
                Axes.LOSS.all(),
                Axes.ENGINES_OF_DEPTH);
    }

    static double costOfMean(Configuration c) {
        return 4.0 * pairs(c) / NETWORKS * fast(c) + 2 * witness(c);
    }

    static double costOfCovariance(Configuration c) {
        return 2.5 * PAIRS / NETWORKS * fast(c) + 2 * witness(c);
    }

    private static int pairs(Configuration c) {
        return switch (c.get(Axes.ACTIVATION)) {
            case LINEAR -> PAIRS_OF_LINEAR;
            case RELU -> PAIRS_OF_RELU;
            default -> PAIRS_OF_ERF;
        };
    }

    static WideRun runOfMean(Configuration c) {
        return run(c, LARGE_TARGETS, pairs(c));
    }

    static WideRun runOfCovariance(Configuration c) {
        return run(c, LARGE_TARGETS, PAIRS);
    }

    static WideRun run(Configuration c) {
        return run(c, TARGETS, NETWORKS);
    }

    static double cost(Configuration c) {
        return fast(c) + witness(c);
    }

    /** Building a graph and its gradient takes some milliseconds. */
    private static double witness(Configuration c) {
        return Engine.of(c) == Engine.ND4J ? 2 * WideRun.WITNESSED * c.get(Axes.STEPS) * 5e6 / WORTH : 0;
    }

    private static double fast(Configuration c) {
        boolean convolution = c.get(Axes.CONVOLUTION, false);
        double pixels = convolution ? c.get(Axes.HEIGHT) * c.get(Axes.WIDTH) : 1;
        double taps = convolution ? KERNEL * KERNEL : 1;
        double fanIn = convolution ? taps : c.get(INPUTS);
        double trained = pixels * c.get(Axes.EXAMPLES, 1);
        double sites = trained + pixels * c.get(PROBES, 1);
        double activation = c.get(Axes.ACTIVATION) == Activation.ERF ? 40 : 2;
        double pass = fanIn + taps + activation;
        double unit = 15 * (fanIn + 1 + taps) + 2 * pass * sites + 2.5 * pass * trained * c.get(Axes.STEPS);
        return 5 * NETWORKS * c.get(UNITS) * unit / WORTH;
    }

    private static WideRun run(Configuration c, double[] sizes, int networks) {
        SplittableRandom random = new SplittableRandom(c.seed());
        boolean convolution = c.get(Axes.CONVOLUTION, false);
        Activation activation = c.get(Axes.ACTIVATION);
        double weightVariance = c.get(WEIGHT_VARIANCE);
        double biasVariance = c.get(BIAS_VARIANCE);
        int examples = c.get(Axes.EXAMPLES, 1);
        Architecture architecture = convolution
                ? Architecture.cnn(2, KERNEL, c.get(Axes.PADDING, Padding.SAME), activation, biasVariance > 0, false)
                : Architecture.fcn(2, activation, biasVariance > 0, false);
        int[] shape = convolution
                ? new int[] {examples, 1, c.get(Axes.HEIGHT), c.get(Axes.WIDTH)}
                : new int[] {examples, c.get(INPUTS)};
        Array train = vector(random, shape);
        shape[0] = c.get(PROBES, 1);
        Array probes = vector(random, shape);
        shape[0] = examples;
        shape[1] = 1;
        Array targets = Array.zeros(shape);
        for (int i = 0; i < targets.length(); i++) {
            targets.values()[i] = random.nextDouble(sizes[0], sizes[1]) * (random.nextBoolean() ? 1 : -1);
        }
        WideTask task = new WideTask(
                activation,
                Math.sqrt(weightVariance),
                Math.sqrt(biasVariance),
                architecture.kernel(),
                c.get(Axes.PADDING, Padding.SAME),
                train,
                targets,
                probes,
                c.get(Axes.LOSS));
        InfiniteNetwork network = new InfiniteNetwork(architecture, weightVariance, biasVariance);
        return new WideRun(
                network,
                task,
                method(c, network, train, task.loss().scale(targets.length())),
                c.get(Axes.STEPS),
                c.get(UNITS).intValue(),
                networks,
                Engine.of(c) == Engine.ND4J,
                random.nextLong());
    }

    /** Numbers of size one, not near 0. */
    private static Array vector(SplittableRandom random, int... shape) {
        Array vector = Array.zeros(shape);
        for (int i = 0; i < vector.length(); i++) {
            vector.values()[i] = random.nextDouble(0.5, 2) * (random.nextBoolean() ? 1 : -1);
        }
        return vector;
    }

    private static LinearMethod method(Configuration c, InfiniteNetwork network, Array train, double scale) {
        InfiniteKernel kernel = new InfiniteKernel(network, train, false);
        double largest = new Quaternary(new KernelSpectrum(kernel).largest(), kernel.tangentUnit()).value();
        return Axes.linearMethod(c, c.get(Axes.RATE) / (scale * largest));
    }
}
