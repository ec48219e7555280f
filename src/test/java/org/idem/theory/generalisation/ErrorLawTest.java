package org.idem.theory.generalisation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Array;
import org.idem.network.Cnn;
import org.idem.network.Initializer;
import org.idem.network.Padding;
import org.idem.theory.design.DesignMatrix;
import org.junit.jupiter.api.Test;

class ErrorLawTest {
    private static Array noise(long seed, int channels, int side) {
        SplittableRandom random = new SplittableRandom(seed);
        Array image = Array.zeros(1, channels, side, side);
        for (int i = 0; i < image.length(); i++) {
            image.values()[i] = random.nextDouble();
        }
        return image;
    }

    @Test
    void oneUnknownWeight() {
        Array test = noise(3, 1, 4);
        double meanSquare =
                Arrays.stream(test.values()).map(value -> value * value).sum() / test.length();
        double variance = 0.25;
        ErrorLaw law = ErrorLaw.of(new Cnn(1, 1, 1, Padding.SAME, false), Array.zeros(1, 1, 4, 4), test, variance);
        // the error is (w − 1)²·meanSquare with w normal
        double size = 0.9;
        double root = Math.sqrt(size / meanSquare);
        double expected = NormalDistribution.of(-1, Math.sqrt(variance)).probability(-root, root);
        // sums of 16 squares move the argument by a few roundings
        assertEquals(expected, law.cumulative(size), law.law().error(size) + 64 * 0x1p-53);
        assertEquals((1 + variance) * meanSquare, law.mean(), 32 * 0x1p-53 * meanSquare);
        // a quantile is settled to 1e-11 in the logarithm of the probability, which moves at least a hundredth as fast
        assertEquals(size, law.quantile(expected), 1e-9 * size);
    }

    @Test
    void fullRankLeavesNothingOpen() {
        ErrorLaw law = ErrorLaw.of(new Cnn(1, 1, 3, Padding.SAME, false), noise(1, 1, 8), noise(2, 1, 8), 0.1);
        assertEquals(0, law.mean());
        assertEquals(1, law.cumulative(0));
        assertEquals(0, law.quantile(0.99));
    }

    /** Both descriptions of the law must have one mean; a bias and several channels are part of it. */
    @Test
    void meansAgree() {
        for (int kernel : new int[] {3, 5}) {
            for (boolean bias : new boolean[] {false, true}) {
                Cnn cnn = new Cnn(2, 2, kernel, Padding.SAME, bias);
                ErrorLaw law = ErrorLaw.of(cnn, noise(1, 2, 4), noise(2, 2, 5), 0.1);
                assertTrue(law.mean() > 0);
                // the spectrum of a d × d Gram matrix has error d·2⁻⁵³ of its largest value, d ≤ 51; traces add d of
                // them
                assertEquals(law.mean(), law.law().mean(), 51 * 51 * 0x1p-53 * law.mean());
            }
        }
    }

    /**
     * Distances of 4,000 errors of drawn weights from a law, in units of the Dvoretzky–Kiefer–Wolfowitz bound for 10⁻⁹.
     */
    private static double distance(Cnn cnn, Array train, Array test, double drawn, ErrorLaw law) {
        int draws = 4000;
        OpenPatches open = OpenPatches.of(Unlearned.inTheLimit(DesignMatrix.of(cnn, train)), cnn, test);
        SplittableRandom random = new SplittableRandom(77);
        double[] errors = new double[draws];
        for (int draw = 0; draw < draws; draw++) {
            DMatrixRMaj weights = new DMatrixRMaj(open.channels(), open.patches().numRows);
            double[] values = Initializer.GAUSSIAN.draw(weights.getNumElements(), 1, 1, random);
            for (int i = 0; i < values.length; i++) {
                weights.data[i] = Math.sqrt(drawn) * values[i];
            }
            DMatrixRMaj errorsOfPixels = CommonOps_DDRM.mult(weights, open.patches(), null);
            CommonOps_DDRM.subtractEquals(errorsOfPixels, open.centreErrors());
            errors[draw] = OpenPatches.sumOfSquares(errorsOfPixels) / errorsOfPixels.getNumElements();
        }
        Arrays.sort(errors);
        double largest = 0;
        for (int draw = 0; draw < draws; draw++) {
            double probability = law.cumulative(errors[draw]);
            largest = Math.max(largest, (draw + 1.0) / draws - probability);
            largest = Math.max(largest, probability - (double) draw / draws);
        }
        return largest / Math.sqrt(Math.log(2 / 1e-9) / (2 * draws));
    }

    @Test
    void drawnWeightsFollowTheLaw() {
        Cnn cnn = new Cnn(2, 2, 5, Padding.SAME, true);
        Array train = noise(1, 2, 4);
        Array test = noise(2, 2, 5);
        double variance = 0.02;
        assertTrue(distance(cnn, train, test, variance, ErrorLaw.of(cnn, train, test, variance)) < 1);
        assertTrue(distance(cnn, train, test, 1.3 * variance, ErrorLaw.of(cnn, train, test, variance)) > 1);
    }

    @Test
    void badArgumentsAreRefused() {
        Array image = noise(1, 1, 4);
        Cnn cnn = new Cnn(1, 1, 3, Padding.SAME, false);
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> ErrorLaw.of(cnn, image, image, bad));
        }
        Cnn wider = new Cnn(1, 2, 3, Padding.SAME, false);
        assertThrows(IllegalArgumentException.class, () -> ErrorLaw.of(wider, image, image, 1));
    }
}
