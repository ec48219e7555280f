package org.idem.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.array.WholeFile;
import org.idem.image.ImageSource;
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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Rank, exact mean error and bounds against the error of really trained CNNs. */
@Command(
        name = "bounds",
        mixinStandardHelpOptions = true,
        description = "Error of one-layer CNNs against kernel size: rank, exact mean, bounds, measurement.")
final class BoundsCommand implements Callable<Integer> {
    private static final double FAILURE = 0.05;
    private static final double MOMENTUM = 0.99;

    @Option(names = "--train", required = true, description = "training image")
    private String train = "";

    @Option(names = "--test", required = true, description = "test image")
    private String test = "";

    @Option(names = "--kernels", required = true, split = ",", description = "odd kernel sides, for instance 3,5,15")
    private List<Integer> kernels = List.of();

    @Option(
            names = "--init",
            defaultValue = "pytorch",
            description = "gaussian, pytorch, uniform, xavier or he (default: pytorch)")
    private Initializer initializer = Initializer.PYTORCH;

    @Option(names = "--padding", defaultValue = "same", description = "same, circular or valid (default: same)")
    private Padding padding = Padding.SAME;

    @Option(
            names = "--networks",
            defaultValue = "20",
            description = "networks to train per kernel; 0 for none (default: 20)")
    private int networks;

    @Option(names = "--steps", defaultValue = "3000", description = "heavy-ball steps per network (default: 3000)")
    private int steps;

    @Option(names = "--seed", defaultValue = "1", description = "seed of the initial weights (default: 1)")
    private long seed;

    @Option(names = "--csv", description = "file for the table")
    private @Nullable Path csv;

    @Override
    public Integer call() throws Exception {
        Array image = FileArguments.finite("--train", train, ImageSource.readImages(train));
        Array probe = FileArguments.finite("--test", test, ImageSource.readImages(test));
        if (networks < 0 || steps < 0) {
            throw new BadInput("--networks and --steps must be at least 0, got " + networks + " and " + steps);
        }
        FileArguments.checkOutput("--csv", csv);
        double largestPixel = 0;
        for (double pixel : probe.values()) {
            largestPixel = Math.max(largestPixel, Math.abs(pixel));
        }
        List<String> rows = new ArrayList<>(
                List.of(
                        "kernel,unknowns,rank,exact_mean,exact_quantile_95,image_bound_95,uniform_bound_95,measured_mean,standard_error,tightness"));
        System.out.printf(
                "%6s %8s %6s %12s %12s %12s %12s %12s %10s %10s%n",
                "kernel",
                "unknowns",
                "rank",
                "exact mean",
                "exact 95 %",
                "image 95 %",
                "uniform 95 %",
                "measured",
                "std error",
                "tightness");
        for (int kernel : kernels) {
            Cnn cnn;
            try {
                cnn = new Cnn(image.size(1), image.size(1), kernel, padding, false);
                cnn.outputShape(image.shape());
                cnn.outputShape(probe.shape());
            } catch (IllegalArgumentException e) {
                throw new BadInput("--kernels: " + e.getMessage());
            }
            double variance = initializer.variance(cnn.fanIn(), cnn.outputs() * kernel * kernel);
            KernelBounds bounds = KernelBounds.of(cnn, image, probe, variance, FAILURE, largestPixel);
            SummaryStatistics measured = measure(cnn, image, probe);
            double mean = measured.getMean();
            double error = measured.getStandardDeviation() / Math.sqrt(measured.getN());
            System.out.printf(
                    Locale.ROOT,
                    "%6d %8d %6d %12.4g %12.4g %12.4g %12.4g %12.4g %10.2g %10.3g%n",
                    kernel,
                    bounds.unknowns(),
                    bounds.patchRank(),
                    bounds.meanError(),
                    bounds.quantile(),
                    bounds.imageBound(),
                    bounds.uniformBound(),
                    mean,
                    error,
                    bounds.imageBound() / mean);
            rows.add(kernel + "," + bounds.unknowns() + "," + bounds.patchRank() + "," + bounds.meanError() + ","
                    + bounds.quantile() + ","
                    + bounds.imageBound() + "," + bounds.uniformBound() + "," + mean + "," + error + ","
                    + bounds.imageBound() / mean);
        }
        if (csv != null) {
            WholeFile.write(csv, String.join("\n", rows) + "\n");
        }
        return ExitCode.DONE;
    }

    private SummaryStatistics measure(Cnn cnn, Array image, Array probe) {
        SplittableRandom random = new SplittableRandom(seed);
        SummaryStatistics errors = new SummaryStatistics();
        Array target = TrainingProblem.identityTargets(cnn, image);
        Array wanted = TrainingProblem.identityTargets(cnn, probe);
        double rate = 0;
        for (int network = 0; network < networks; network++) {
            int count = cnn.fanIn() * cnn.outputs();
            Array weights = Array.of(
                    initializer.draw(count, cnn.fanIn(), cnn.outputs() * cnn.kernel() * cnn.kernel(), random),
                    cnn.weightShape());
            TrainingProblem problem = new TrainingProblem(cnn, image, target, weights, null, Loss.HALF_SUM);
            rate = network > 0 ? rate : (1 + MOMENTUM) / new ClosedForm(problem).largestCurvature();
            Outcome outcome = new Trainer(problem, Precision.FLOAT64, false)
                    .train(new Optimizer(rate, MOMENTUM, false, 0), new Horizon.Steps(steps), probe);
            if (!(outcome instanceof Outcome.Trained trained)) {
                throw new IllegalStateException("training diverged inside the stable range");
            }
            double sum = 0;
            for (int i = 0; i < wanted.length(); i++) {
                double difference = trained.outputs().values()[i] - wanted.values()[i];
                sum += difference * difference;
            }
            errors.addValue(sum / wanted.length());
        }
        return errors;
    }
}
