package org.idem.theory.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.idem.array.Array;
import org.idem.network.Activation;
import org.idem.network.Architecture;
import org.idem.network.Padding;
import org.junit.jupiter.api.Test;

/** Deep networks with erf drive unequal signals apart: what is equal must stay so, even where erf is a line. */
class ErfResponseTest {
    private static final int DEPTH = 40;
    private static final double OF_A_LAYER = 0x1p-46;
    /** Sixteen of them. */
    private static final double ROUNDINGS = 0x1p-49;

    private static double gap(double atX, double atZ, double gap, long scaleX, long scaleZ) {
        return new ErfResponse()
                .of(Overlap.of(atX, atZ, true, gap), scaleX, scaleZ)
                .fluctuation()
                .gap();
    }

    @Test
    void equalSignalsStayEqualAndOppositeOnesOpposite() {
        SplittableRandom random = new SplittableRandom();
        for (int i = 0; i < 10_000; i++) {
            double variance = Math.pow(10, random.nextDouble(-12, 12));
            for (long scale : new long[] {-200, -33, 0}) {
                assertEquals(0, gap(variance, variance, 0, scale, scale), variance + " with scale " + scale);
                Overlap opposite = Overlap.of(variance, variance, false, 0);
                assertEquals(
                        0,
                        new ErfResponse()
                                .of(opposite, scale, scale)
                                .fluctuation()
                                .rise(),
                        variance + " with scale " + scale);
            }
        }
    }

    /**
     * A signal that is told as it is and a tiny one: what the larger bends is (√(asin t/t) − 1) of the line. No formula
     * here or in the program has more than sixteen roundings; where a 1 is taken away, eight of them are of the line.
     */
    @Test
    void aBendOfOneSignalIsTold() {
        // t = 2S/(1 + 2S); asin t/t − 1 = t²/6 to first order, and what that lacks is less than t² of it
        double small = 0x1p-30;
        double line = 4 / Math.PI * Math.sqrt(small) / Math.sqrt(1 + 2 * small);
        double sine = 2 * small / (1 + 2 * small);
        assertEquals(1, gap(small, 1, 0, 0, -40) / (line * sine * sine / 12), 2 * ROUNDINGS);
        assertEquals(1, gap(1, small, 0, -40, 0) / (line * sine * sine / 12), 2 * ROUNDINGS);
        for (double variance : new double[] {0.1, 0.49, 0.5, 0.51, 3, 1e6}) {
            double t = 2 * variance / (1 + 2 * variance);
            double ofLine = 4 / Math.PI * Math.sqrt(variance / (1 + 2 * variance));
            double expected = ofLine * (Math.sqrt(Math.asin(t) / t) - 1);
            // what an arcsine makes of the rounding of its sine
            double steepness = (1 + 2 * variance) / Math.sqrt(1 + 4 * variance);
            double roundings = ROUNDINGS * (2 * expected + ofLine * steepness);
            assertEquals(expected, gap(variance, 1, 0, 0, -40), roundings, "variance " + variance);
        }
    }

    /** Θ of one input by the recursion of that input alone, which asks for no angle. */
    private static double alone(double square, double weight) {
        double variance = weight * square;
        double tangent = variance;
        for (int layer = 1; layer < DEPTH; layer++) {
            double through = 4 / Math.PI / Math.sqrt(1 + 4 * variance) * tangent;
            variance = weight * 2 / Math.PI * Math.atan2(2 * variance, Math.sqrt(1 + 4 * variance));
            tangent = variance + weight * through;
        }
        return tangent;
    }

    private static double unit(InfiniteKernel kernel) {
        return Math.scalb(1.0, Math.toIntExact(2 * kernel.tangentUnit()));
    }

    @Test
    void chaosLeavesAnInputEqualToItself() {
        SplittableRandom random = new SplittableRandom();
        for (int i = 0; i < 200; i++) {
            double weight = Math.pow(10, random.nextDouble(-1, 5));
            double size = Math.pow(10, random.nextDouble(-40, 3));
            double expected = alone(size * size, weight);
            String what = "weight variance " + weight + ", input " + size;
            InfiniteKernel dense = new InfiniteKernel(
                    new InfiniteNetwork(Architecture.fcn(DEPTH, Activation.ERF, false, false), weight, 0),
                    Array.of(new double[] {size}, 1, 1),
                    false);
            assertEquals(expected, dense.tangent().get(0, 0) * unit(dense), DEPTH * OF_A_LAYER * expected, what);
            // all pixels are alike, as images repeat
            InfiniteKernel image = new InfiniteKernel(
                    new InfiniteNetwork(
                            Architecture.cnn(DEPTH, 3, Padding.CIRCULAR, Activation.ERF, false, false), weight, 0),
                    Array.of(IntStream.range(0, 9).mapToDouble(pixel -> size).toArray(), 1, 1, 3, 3),
                    false);
            DMatrixRMaj tangent = image.tangent();
            for (double value : tangent.data) {
                assertEquals(expected, value * unit(image), DEPTH * OF_A_LAYER * expected, what);
            }
        }
    }

    @Test
    void blankInputsShareNothing() {
        SplittableRandom random = new SplittableRandom();
        for (int i = 0; i < 200; i++) {
            double weight = Math.pow(10, random.nextDouble(-1, 20));
            Array other = Array.of(new double[] {Math.pow(10, random.nextDouble(-40, 3)), 0, 1, 1}, 2, 2);
            InfiniteNetwork network = new InfiniteNetwork(
                    Architecture.fcn(DEPTH, Activation.ERF, false, random.nextBoolean()), weight, 0);
            InfiniteKernel.Block block = new InfiniteKernel(network, other, true).with(Array.zeros(1, 2), true);
            String what = network.architecture() + ", weight variance " + weight;
            assertArrayEquals(new double[2], block.covariance().data, what);
            assertArrayEquals(new double[2], block.tangent().data, what);
        }
    }
}
