package org.idem.theory.generalisation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.image.ImageSource;
import org.idem.network.Cnn;
import org.idem.network.Initializer;
import org.idem.network.Padding;
import org.idem.theory.design.DesignMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

class KernelBoundsTest {
    private static Cnn cnn(int kernel) {
        return new Cnn(1, 1, kernel, Padding.SAME, false);
    }

    private static KernelBounds bounds(int kernel, Array train, Array test, double variance) {
        Unlearned limit = Unlearned.inTheLimit(DesignMatrix.of(cnn(kernel), train));
        return KernelBounds.of(limit, cnn(kernel), test, variance, 0.05, 1);
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
        assertTrue(bounds.meanError() < bounds.imageBound() && bounds.imageBound() <= bounds.uniformBound());
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
