package org.idem.theorem.exhibit;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.image.Image;
import org.idem.network.Cnn;
import org.idem.network.Horizon;
import org.idem.network.Initializer;
import org.idem.network.Loss;
import org.idem.network.Optimizer;
import org.idem.network.Padding;
import org.idem.network.TrainingProblem;
import org.idem.theory.ClosedForm;
import org.idem.theory.KernelBounds;
import org.idem.training.Outcome;
import org.idem.training.Trainer;

/**
 * Patch rank and mean-squared error of one-layer CNNs against the size of their kernel, predicted and measured.
 *
 * @param train name of the training image
 * @param test name of the test image
 * @param initializer law of the initial weights
 * @param padding what lies beyond the border
 * @param networks number of networks trained for each kernel
 * @param rows one for each kernel
 */
public record KernelSweep(
        String train, String test, Initializer initializer, Padding padding, int networks, List<Row> rows) {
    /** Copies the list. */
    public KernelSweep {
        rows = List.copyOf(rows);
    }

    /**
     * One kernel.
     *
     * @param kernel side K
     * @param unknowns weights per output channel, d = K²C
     * @param patchRank rank of the training patches
     * @param exactMean mean error over the initial weights
     * @param exactQuantile 95 % quantile for Gaussian weights; NaN if it could not be computed
     * @param imageBound bound for this test image with probability 95 %
     * @param uniformBound the same for all images with pixels of that size
     * @param measuredMean mean error of the trained networks; NaN without networks
     * @param standardError of the measured mean
     * @param measuredQuantile 95 % quantile of the trained networks' errors
     */
    public record Row(
            int kernel,
            int unknowns,
            int patchRank,
            double exactMean,
            double exactQuantile,
            double imageBound,
            double uniformBound,
            double measuredMean,
            double standardError,
            double measuredQuantile) {}

    /** Stand-in until the sweep has its own factory. */
    static KernelSweep measure(Image train, Image test, List<Integer> kernels, int networks, int steps, long seed) {
        List<Row> rows = kernels.parallelStream()
                .map(kernel -> row(train.batch(), test.batch(), kernel, networks, steps, seed))
                .toList();
        return new KernelSweep(train.name(), test.name(), Initializer.PYTORCH, Padding.SAME, networks, rows);
    }

    private static Row row(Array image, Array probe, int kernel, int networks, int steps, long seed) {
        double momentum = 0.98;
        Cnn cnn = new Cnn(image.size(1), image.size(1), kernel, Padding.SAME, false);
        int fanOut = cnn.outputs() * kernel * kernel;
        double largest = Arrays.stream(probe.values()).map(Math::abs).max().orElse(0);
        KernelBounds bounds =
                KernelBounds.of(cnn, image, probe, Initializer.PYTORCH.variance(cnn.fanIn(), fanOut), 0.05, largest);
        SplittableRandom random = new SplittableRandom(seed);
        DescriptiveStatistics errors = new DescriptiveStatistics();
        double rate = 0;
        for (int network = 0; network < networks; network++) {
            Array weights = Array.of(
                    Initializer.PYTORCH.draw(cnn.fanIn() * cnn.outputs(), cnn.fanIn(), fanOut, random),
                    cnn.weightShape());
            TrainingProblem problem = new TrainingProblem(cnn, image, image, weights, null, Loss.HALF_SUM);
            rate = network > 0 ? rate : (1 + momentum) / new ClosedForm(problem).largestCurvature();
            Outcome outcome = new Trainer(problem, Precision.FLOAT64, false)
                    .train(new Optimizer(rate, momentum, false, 0), new Horizon.Steps(steps), probe);
            Array outputs = ((Outcome.Trained) outcome).outputs();
            double sum = 0;
            for (int i = 0; i < outputs.length(); i++) {
                sum += Math.pow(outputs.values()[i] - probe.values()[i], 2);
            }
            errors.addValue(sum / outputs.length());
        }
        return new Row(
                kernel,
                bounds.unknowns(),
                bounds.patchRank(),
                bounds.meanError(),
                bounds.quantile(),
                bounds.imageBound(),
                bounds.uniformBound(),
                errors.getMean(),
                errors.getStandardDeviation() / Math.sqrt(networks),
                errors.getPercentile(95));
    }
}
