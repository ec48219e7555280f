package org.idem.theory.generalisation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Array;
import org.idem.image.ImageSource;
import org.idem.network.Cnn;
import org.idem.network.Initializer;
import org.idem.network.LinearMethod;
import org.idem.network.Padding;
import org.idem.statistics.BinomialTail;
import org.idem.theory.design.DesignMatrix;
import org.idem.theory.design.Spectrum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelBoundsTest {
    private static final double FAILURE = 0.05;
    private static final double FALSE_ALARM = 1e-9;
    private static final int NETWORKS = 4000;

    private static Cnn cnn(int kernel) {
        return new Cnn(1, 1, kernel, Padding.SAME, false);
    }

    private static KernelBounds bounds(int kernel, Array train, Array test, double variance) {
        Unlearned limit = Unlearned.inTheLimit(DesignMatrix.of(cnn(kernel), train));
        return KernelBounds.of(limit, cnn(kernel), test, variance, FAILURE, 1);
    }

    private static Array noise(long seed, int side) {
        SplittableRandom random = new SplittableRandom(seed);
        Array image = Array.zeros(1, 1, side, side);
        for (int i = 0; i < image.length(); i++) {
            image.values()[i] = random.nextDouble();
        }
        return image;
    }

    @Test
    void fullRankLeavesNothingOpen() {
        KernelBounds bounds = bounds(3, noise(1, 8), noise(2, 8), 0.1);
        assertEquals(9, bounds.patchRank());
        assertEquals(0, bounds.meanError());
        assertEquals(0, bounds.uniformBound());
    }

    @Test
    void aBlankTrainingImageLeavesEverythingOpen() {
        Array test = noise(3, 4);
        double variance = 0.25;
        KernelBounds bounds = bounds(1, Array.zeros(1, 1, 4, 4), test, variance);
        double meanSquare = 0;
        for (double pixel : test.values()) {
            meanSquare += pixel * pixel / test.length();
        }
        assertEquals(0, bounds.patchRank());
        // one unknown weight w: the error is (w − 1)²·pixel², its mean (1 + σ²)·pixel²; sums of 16 terms
        assertEquals((1 + variance) * meanSquare, bounds.meanError(), 32 * 0x1p-53 * meanSquare);
        assertTrue(bounds.meanError() < bounds.imageBound() && bounds.imageBound() <= bounds.paperBound());
    }

    /**
     * Networks drawn as the bounds assume: each bound is exceeded by no more than one in twenty, the law's by as many.
     * With three channels the worst image for a network is a single patch along its longest combination of filters.
     */
    @Test
    void drawnNetworksExceedEachBoundAsOftenAsItAllows() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int channels : new int[] {1, 3}) {
            Cnn cnn = new Cnn(channels, channels, 3, Padding.VALID, false);
            Array train = images(random, channels, 4);
            Array test = images(random, channels, 6);
            double variance = 0.05 + random.nextDouble();
            Unlearned limit = Unlearned.inTheLimit(DesignMatrix.of(cnn, train));
            Unlearned unlearned = random.nextBoolean()
                    ? limit
                    : limit.after(1, new LinearMethod(1 / limit.largestEigenvalue(), 0.5, false, 0), 4);
            KernelBounds bounds = KernelBounds.of(unlearned, cnn, test, variance, FAILURE, 1);
            UnlearnedBall ball = UnlearnedBall.of(unlearned, cnn);
            double squaredRadius = channels * ball.squaredRadius(variance, FAILURE);
            double squaredNorm = ball.squaredNorm(variance, FAILURE);
            double sumsBound = WorstPatch.of(unlearned, cnn).bySums(variance, FAILURE);
            int[] above = new int[7];
            for (int network = 0; network < NETWORKS; network++) {
                DMatrixRMaj errors = OpenPatches.centreSelectors(cnn);
                CommonOps_DDRM.changeSign(errors);
                for (int i = 0; i < errors.getNumElements(); i++) {
                    errors.data[i] += Math.sqrt(variance) * random.nextGaussian();
                }
                DMatrixRMaj left = unlearned.of(errors);
                double error =
                        OpenPatches.sumOfSquares(CommonOps_DDRM.multTransA(DesignMatrix.of(cnn, test), left, null))
                                / (DesignMatrix.of(cnn, test).numCols * channels);
                double[] seen = {bounds.lawBound(), bounds.closedBound(), bounds.allImagesBound()};
                for (int bound = 0; bound < seen.length; bound++) {
                    above[bound] += error > seen[bound] ? 1 : 0;
                }
                double sums = 0;
                for (int channel = 0; channel < channels; channel++) {
                    DMatrixRMaj column = CommonOps_DDRM.extractColumn(left, channel, null);
                    sums += Math.pow(CommonOps_DDRM.elementSumAbs(column), 2) / channels;
                }
                above[3] += sums > sumsBound ? 1 : 0;
                DMatrixRMaj root = unlearned.rootOf(errors);
                above[4] += OpenPatches.sumOfSquares(root) > squaredRadius ? 1 : 0;
                above[5] += new Spectrum(root).largest() > squaredNorm ? 1 : 0;
                above[6] += channels == 1 && sums > bounds.uniformBound() ? 1 : 0;
            }
            String where = channels + " channels: " + Arrays.toString(above) + ", seed " + seed;
            for (int bound = 0; bound < above.length; bound++) {
                assertTrue(BinomialTail.atLeast(above[bound], NETWORKS, FAILURE) > FALSE_ALARM, where);
            }
            // the law and the ball are no mere bounds
            assertTrue(BinomialTail.twoSided(above[0], NETWORKS, FAILURE) > FALSE_ALARM, where);
            assertTrue(BinomialTail.twoSided(above[4], NETWORKS, FAILURE) > FALSE_ALARM, where);
        }
    }

    /** The worst of the ball is found: points on its border reach it, and none exceeds it. */
    @Test
    void theWorstOfTheBallIsReached() {
        double[] values = {3, 1};
        double[] centre = {0.5, -2};
        Sight sight = new Sight(values, new double[] {3 * 0.25, 4});
        double squaredRadius = 0.81;
        double worst = 0;
        for (int angle = 0; angle < 100_000; angle++) {
            double x = 0.9 * Math.cos(angle * 2e-5 * Math.PI) - centre[0];
            double y = 0.9 * Math.sin(angle * 2e-5 * Math.PI) - centre[1];
            worst = Math.max(worst, values[0] * x * x + values[1] * y * y);
        }
        // over the angle a, the sum is 0.81 cos 2a − 2.7 cos a + 3.6 sin a and a constant, so its second derivative is
        // at
        // most 3.24 + 4.5 in size, and the worst angle is at most half a step from one that was tried
        double between = 0.5 * (3.24 + 4.5) * Math.pow(1e-5 * Math.PI, 2);
        // x and y have at most 4 roundings of numbers below 4, the sum's derivatives by them are below 9; then come at
        // most 9 roundings of sums below 16
        double roundings = (2 * 9 * 4 * 4 + 9 * 16) * 0x1p-53;
        double bound = sight.overBall(squaredRadius);
        assertTrue(bound >= worst - roundings && bound <= worst + between + roundings, bound + " beside " + worst);
        assertEquals(3 * 0.81, new Sight(values, new double[2]).overBall(squaredRadius));
        assertEquals(4.75, sight.overBall(0));
        assertEquals(Double.POSITIVE_INFINITY, Sight.atMost(2).overBall(1));
        assertEquals(3 * 0.5 + 1 * 0.25, sight.shared(0.75, 0.5, 2));
        assertEquals(3 * 0.5, sight.shared(0.75, 0.5, 1));
    }

    private static Array images(SplittableRandom random, int channels, int side) {
        Array image = Array.zeros(1, channels, side, side);
        for (int i = 0; i < image.length(); i++) {
            image.values()[i] = random.nextDouble() - 0.3;
        }
        return image;
    }

    /**
     * How loose each rung is on digits, with the variance of PyTorch's initial weights. Few directions make most of the
     * error of the second pair: there Chernoff's inequality alone loses a factor of 1.65.
     */
    @ParameterizedTest
    @CsvSource({"0, 1", "4, 5"})
    @EnabledIfEnvironmentVariable(named = "IDEM_MNIST", matches = ".+")
    void theLadderOfDigits(int first, int second) throws Exception {
        String file = Path.of(System.getenv("IDEM_MNIST"), "t10k-images-idx3-ubyte.gz")
                .toString();
        Array train = ImageSource.read(file + "#" + first);
        Array test = ImageSource.read(file + "#" + second);
        for (int kernel : new int[] {29, 33}) {
            Cnn cnn = cnn(kernel);
            double variance = Initializer.PYTORCH.variance(cnn.fanIn(), cnn.fanOut());
            KernelBounds bounds = bounds(kernel, train, test, variance);
            double exact = bounds.quantile();
            assertTrue(bounds.lawBound() >= exact && bounds.lawBound() < (1 + 1e-8) * exact, bounds.toString());
            assertTrue(bounds.closedBound() > exact && bounds.closedBound() < 1.1 * exact, bounds.toString());
            assertTrue(bounds.allImagesBound() < 60 * exact, bounds.toString());
            assertTrue(bounds.allImagesBound() < bounds.imageBound(), bounds.toString());
            assertTrue(bounds.uniformBound() < bounds.paperBound(), bounds.toString());
        }
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "IDEM_MNIST", matches = ".+")
    void ranksAndMeanErrorOfTheFirstTwoDigits() throws Exception {
        String file = Path.of(System.getenv("IDEM_MNIST"), "t10k-images-idx3-ubyte.gz")
                .toString();
        Array train = ImageSource.read(file + "#0");
        Array test = ImageSource.read(file + "#1");
        // mean errors: numpy's SVD of the patch matrix, cut at 1e-12 of the largest singular value
        Map<Integer, Double> means = Map.of(15, 0.0, 33, 0.0034457436084108888, 57, 0.011246808619919129);
        for (Map.Entry<Integer, Double> entry : means.entrySet()) {
            Cnn cnn = cnn(entry.getKey());
            int unknowns = cnn.fanIn();
            Unlearned limit = Unlearned.inTheLimit(DesignMatrix.of(cnn, train));
            assertEquals(Math.min(unknowns, 784), limit.rank());
            double mean = OpenPatches.of(limit, cnn, test).meanError(Initializer.PYTORCH.variance(unknowns, unknowns));
            // both decompositions lose at most a factor d·condition (below 2·10³) of the unit roundoff
            assertEquals(entry.getValue(), mean, 3249 * 2e3 * 0x1p-53 * entry.getValue());
        }
    }
}
