package org.idem.theorem.exhibit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.idem.array.Array;
import org.idem.execution.Crew;
import org.idem.image.Image;
import org.idem.network.Cnn;
import org.idem.network.Initializer;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.network.Padding;
import org.idem.theorem.Engine;
import org.idem.theorem.SideBySide;
import org.idem.theory.design.DesignMatrix;
import org.idem.theory.generalisation.ErrorMoments;
import org.idem.theory.generalisation.KernelBounds;
import org.idem.theory.generalisation.Unlearned;

/**
 * How the error of one-layer CNNs trained on one image depends on their kernel, predicted and measured.
 *
 * @param train name of the training image
 * @param test name of the test image
 * @param initializer law of the initial weights
 * @param padding of the networks
 * @param networks number of networks trained for each kernel
 * @param rows one for each kernel
 */
public record KernelSweep(
        String train, String test, Initializer initializer, Padding padding, int networks, List<Row> rows) {
    /** Probability with which a bound may fail. */
    public static final double FAILURE = 0.05;

    private static final double MOMENTUM = 0.99;

    /** Networks that train as one; fixed, so that results do not depend on the machine. */
    private static final int GROUP = 50;

    /** Copies the rows. */
    public KernelSweep {
        rows = List.copyOf(rows);
    }

    /**
     * Errors are mean squared errors on the test image, per pixel and channel.
     *
     * @param kernel side of the kernel
     * @param unknowns weights per output channel
     * @param patchRank rank of the patches of the training image, as floating point sees it
     * @param limitMean exact mean over the initial weights after infinitely many steps; NaN where exact arithmetic
     *     finds directions that floating point does not see: the limit learns them
     * @param exactMean exact mean after the steps that are trained
     * @param bounds exact 95 % quantile after these steps and the ladder of bounds that hold with probability 95 %, for
     *     Gaussian weights
     * @param measuredMean mean over the trained networks; NaN without any
     * @param standardError of that mean; NaN with fewer than two networks
     * @param measuredQuantile 95 % quantile of the trained networks; NaN without any
     */
    public record Row(
            int kernel,
            int unknowns,
            int patchRank,
            double limitMean,
            double exactMean,
            KernelBounds bounds,
            double measuredMean,
            double standardError,
            double measuredQuantile) {}

    /**
     * What to train.
     *
     * @param networks networks per kernel, at least 0
     * @param steps heavy-ball steps per network, at least 0
     * @param seed of the initial weights
     */
    public record Effort(int networks, int steps, long seed) {
        /** Checks the numbers. */
        public Effort {
            if (networks < 0 || steps < 0) {
                throw new IllegalArgumentException(
                        "networks and steps must be at least 0, got " + networks + " and " + steps);
            }
        }
    }

    /**
     * A sweep on the identity task with zero padding.
     *
     * @param train image to train on
     * @param test image of as many channels
     * @param initializer law of the initial weights
     * @param kernels odd sides
     * @param effort what to train for each of them
     * @return one row for each kernel
     */
    public static KernelSweep of(
            Image train, Image test, Initializer initializer, List<Integer> kernels, Effort effort) {
        List<Row> rows = kernels.stream()
                .map(kernel -> row(
                        new Cnn(train.channels(), train.channels(), kernel, Padding.SAME, false),
                        train.batch(),
                        test.batch(),
                        initializer,
                        effort,
                        done -> {}))
                .toList();
        return new KernelSweep(train.name(), test.name(), initializer, Padding.SAME, effort.networks, rows);
    }

    /**
     * One row.
     *
     * @param cnn network without bias and with as many outputs as channels
     * @param train training images (n, C, H, W)
     * @param test test images (m, C, H, W)
     * @param initializer law of the initial weights
     * @param effort what to train
     * @param progress hears of every group of networks, with the number trained so far
     * @return the row
     */
    public static Row row(
            Cnn cnn, Array train, Array test, Initializer initializer, Effort effort, IntConsumer progress) {
        double variance = initializer.variance(cnn.fanIn(), cnn.fanOut());
        double brightest = Arrays.stream(test.values()).map(Math::abs).max().orElse(0);
        Unlearned limit = Unlearned.inTheLimit(DesignMatrix.of(cnn, train));
        double curvature = limit.largestEigenvalue() > 0 ? limit.largestEigenvalue() : 1;
        LinearMethod optimizer = new LinearMethod((1 + MOMENTUM) / curvature, MOMENTUM, false, 0);
        Unlearned now = limit.after(1, optimizer, effort.steps);
        KernelBounds bounds = KernelBounds.of(now, cnn, test, variance, FAILURE, brightest);
        DescriptiveStatistics errors =
                new DescriptiveStatistics(errors(cnn, train, test, initializer, optimizer, effort, progress));
        return new Row(
                cnn.kernel(),
                bounds.unknowns(),
                bounds.patchRank(),
                limit.missesDirections() ? Double.NaN : ErrorMoments.mean(limit, cnn, test, variance),
                bounds.meanError(),
                bounds,
                errors.getMean(),
                errors.getN() < 2 ? Double.NaN : errors.getStandardDeviation() / Math.sqrt((double) errors.getN()),
                errors.getN() == 0 ? Double.NaN : errors.getPercentile(100 * (1 - FAILURE)));
    }

    /** Mean squared error of each network. Networks side by side are further output channels of one. */
    private static double[] errors(
            Cnn cnn,
            Array train,
            Array test,
            Initializer initializer,
            LinearMethod optimizer,
            Effort effort,
            IntConsumer progress) {
        if (effort.networks == 0) {
            return new double[0];
        }
        SplittableRandom seeds = new SplittableRandom(effort.seed);
        List<Array> weights = new ArrayList<>();
        for (int network = 0; network < effort.networks; network++) {
            double[] drawn = initializer.draw(cnn.fanIn() * cnn.outputs(), cnn.fanIn(), cnn.fanOut(), seeds);
            weights.add(Array.of(drawn, cnn.weightShape()));
        }
        List<List<Array>> groups = new ArrayList<>();
        for (int from = 0; from < effort.networks; from += GROUP) {
            groups.add(weights.subList(from, Math.min(effort.networks, from + GROUP)));
        }
        List<double[]> errors = Crew.map(groups, part -> {
            double[] ofPart = trained(cnn, train, test, part, optimizer, effort.steps);
            progress.accept(part.size());
            return ofPart;
        });
        return errors.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    private static double[] trained(
            Cnn cnn, Array train, Array test, List<Array> weights, LinearMethod optimizer, int steps) {
        LinearProblem one = new LinearProblem(
                cnn, train, LinearProblem.identityTargets(cnn, train), weights.get(0), null, Loss.HALF_SUM);
        return SideBySide.errors(one, Array.concatenate(weights), optimizer, steps, test, Engine.FAST)
                .orElseThrow(() -> new IllegalStateException("training diverged inside the stable range"));
    }
}
