package org.idem.theorem.exhibit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Cnn;
import org.idem.network.Horizon;
import org.idem.network.Initializer;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.network.Padding;
import org.idem.training.layer.LayerTrainer;
import org.idem.training.run.Outcome;
import org.junit.jupiter.api.Test;

/** The 95 % column of {@code bounds} is exceeded by one really trained network in twenty, neither more nor fewer. */
class SweepQuantileTest {
    private static final int NETWORKS = 20_000;
    /** Chance of each of the two sides to fail though the column is right. */
    private static final double FALSE_ALARM = 1e-7;

    private static Array image(SplittableRandom random) {
        Array image = Array.zeros(1, 1, 5, 6);
        for (int i = 0; i < image.length(); i++) {
            image.values()[i] = random.nextDouble();
        }
        return image;
    }

    /** Largest eigenvalue of the patches' Gram matrix by power iteration on patches cut here; from below. */
    private static double largestEigenvalue(Array image, int kernel) {
        int rows = image.size(2);
        int columns = image.size(3);
        double[] vector = new double[kernel * kernel];
        java.util.Arrays.fill(vector, 1);
        double value = 0;
        for (int round = 0; round < 400; round++) {
            double[] next = new double[vector.length];
            for (int site = 0; site < rows * columns; site++) {
                double[] patch = new double[vector.length];
                double dot = 0;
                for (int tap = 0; tap < patch.length; tap++) {
                    int row = site / columns + tap / kernel - kernel / 2;
                    int column = site % columns + tap % kernel - kernel / 2;
                    boolean inside = row >= 0 && row < rows && column >= 0 && column < columns;
                    patch[tap] = inside ? image.values()[row * columns + column] : 0;
                    dot += patch[tap] * vector[tap];
                }
                for (int tap = 0; tap < patch.length; tap++) {
                    next[tap] += dot * patch[tap];
                }
            }
            value = Math.sqrt(java.util.Arrays.stream(next).map(x -> x * x).sum());
            for (int tap = 0; tap < next.length; tap++) {
                vector[tap] = next[tap] / value;
            }
        }
        return value;
    }

    @Test
    void oneNetworkInTwentyExceedsTheColumn() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int kernel : new int[] {3, 7}) {
            Array train = image(random);
            Array test = image(random);
            int steps = 10 + random.nextInt(60);
            Cnn one = new Cnn(1, 1, kernel, Padding.SAME, false);
            KernelSweep.Row row = KernelSweep.row(
                    one, train, test, Initializer.GAUSSIAN, new KernelSweep.Effort(0, steps, 1), done -> {});
            double deviation = Math.sqrt(Initializer.GAUSSIAN.variance(one.fanIn(), one.fanOut()));
            // networks side by side: output channels that never meet, each with the same image as its target
            Cnn many = new Cnn(1, NETWORKS, kernel, Padding.SAME, false);
            Array weights = Array.zeros(many.weightShape());
            java.util.Random normal = new java.util.Random(random.nextLong());
            for (int i = 0; i < weights.length(); i++) {
                weights.values()[i] = deviation * normal.nextGaussian();
            }
            int pixels = train.length();
            Array targets = Array.zeros(1, NETWORKS, train.size(2), train.size(3));
            for (int i = 0; i < targets.length(); i++) {
                targets.values()[i] = train.values()[i % pixels];
            }
            LinearProblem problem = new LinearProblem(many, train, targets, weights, null, Loss.HALF_SUM);
            LinearMethod optimizer = new LinearMethod((1 + 0.99) / largestEigenvalue(train, kernel), 0.99, false, 0);
            Outcome.Trained trained = (Outcome.Trained) new LayerTrainer(problem, Precision.FLOAT64, false)
                    .train(optimizer, new Horizon.Steps(steps), test);
            int above = 0;
            for (int network = 0; network < NETWORKS; network++) {
                double error = 0;
                for (int pixel = 0; pixel < pixels; pixel++) {
                    double miss = trained.outputs().values()[network * pixels + pixel] - test.values()[pixel];
                    error += miss * miss / pixels;
                }
                above += error > row.bounds().quantile() ? 1 : 0;
            }
            BinomialDistribution law = BinomialDistribution.of(NETWORKS, KernelSweep.FAILURE);
            String what = "seed " + seed + ", kernel " + kernel + ", " + steps + " steps: " + above + " of " + NETWORKS
                    + " exceed " + row.bounds().quantile();
            assertTrue(law.cumulativeProbability(above) > FALSE_ALARM, what);
            assertTrue(law.survivalProbability(above - 1) > FALSE_ALARM, what);
        }
    }
}
