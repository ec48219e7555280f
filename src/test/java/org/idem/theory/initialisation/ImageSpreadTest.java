package org.idem.theory.initialisation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.idem.array.Array;
import org.idem.network.Activation;
import org.idem.network.Architecture;
import org.idem.network.Padding;
import org.junit.jupiter.api.Test;

/**
 * Spreads of tangent kernels of CNNs, against those of 200,000 networks in numpy 1.24.2 whose gradients were written
 * out by hand; the standard error of each variance is named beside it.
 */
class ImageSpreadTest {
    /** Standard errors that a variance may lie above its bound by chance. */
    private static final double CHANCE = 5;

    /** Sums and products of few numbers. */
    private static final double ROUNDING = 0x1p-44;

    private record Case(Architecture architecture, double weights, double biases, int height, int width, int[] units) {
        ImageSpread spread(int channels) {
            List<RandomLayer> layers = new ArrayList<>();
            int taps = architecture.kernel() * architecture.kernel();
            int before = channels;
            for (int n : units) {
                layers.add(new RandomLayer(n, weights / (before * taps), biases, false));
                before = n;
            }
            return new ImageSpread(layers, architecture, height, width);
        }

        Array image(int channels, int factor, int shift, int modulus) {
            Array image = Array.zeros(1, channels, height, width);
            for (int i = 0; i < image.length(); i++) {
                image.values()[i] = ((factor * i + shift) % modulus - modulus / 2) / 4.0;
            }
            return image;
        }

        Array x(int channels) {
            return image(channels, 3, 0, 7);
        }

        Array z(int channels) {
            return image(channels, 5, 1, 9);
        }
    }

    private static Architecture cnn(int depth, Padding padding, Activation activation, boolean bias) {
        return Architecture.cnn(depth, 3, padding, activation, bias, false);
    }

    private static final Case DEEP_RELU =
            new Case(cnn(3, Padding.SAME, Activation.RELU, false), 2, 0, 2, 3, new int[] {3, 2, 2});
    private static final Case ROUND_RELU =
            new Case(cnn(4, Padding.CIRCULAR, Activation.RELU, true), 1.5, 0.25, 2, 3, new int[] {2, 3, 4, 1});
    private static final Case DEEP_LINEAR =
            new Case(cnn(3, Padding.SAME, Activation.LINEAR, true), 1, 0.25, 2, 3, new int[] {3, 2, 2});
    private static final Case ROUND_LINEAR =
            new Case(cnn(4, Padding.CIRCULAR, Activation.LINEAR, false), 1, 0, 1, 4, new int[] {4, 2, 3, 1});
    private static final Case TWO_LINEAR =
            new Case(cnn(2, Padding.SAME, Activation.LINEAR, false), 1, 0, 2, 3, new int[] {3, 1});
    private static final Case TWO_RELU =
            new Case(cnn(2, Padding.SAME, Activation.RELU, true), 2, 0.25, 2, 3, new int[] {3, 2});

    /** A bound has to lie above what is seen, and not too many times: pixels are taken as if they moved together. */
    private static void near(double seen, double error, double most, double bound) {
        assertTrue(bound >= seen - CHANCE * error, () -> bound + " lies below " + seen);
        assertTrue(bound <= most * seen, () -> bound + " lies far above " + seen);
    }

    @Test
    void onePixelOfOneImage() {
        near(0.050062, 0.00031, 10, DEEP_RELU.spread(2).variance(DEEP_RELU.x(2), 1));
        near(7.306, 0.11, 4, ROUND_RELU.spread(1).variance(ROUND_RELU.x(1), 0));
        near(0.17552, 0.001, 3, DEEP_LINEAR.spread(2).variance(DEEP_LINEAR.x(2), 1));
        near(1.378, 0.015, 3, ROUND_LINEAR.spread(1).variance(ROUND_LINEAR.x(1), 0));
        near(0.0024022, 8.8e-6, 5, TWO_LINEAR.spread(1).variance(TWO_LINEAR.x(1), 1));
        near(0.18693, 0.00081, 4, TWO_RELU.spread(2).variance(TWO_RELU.x(2), 1));
    }

    @Test
    void pairsOfPixels() {
        near(0.066544, 0.00041, 6, DEEP_LINEAR.spread(2).varianceOfPair(DEEP_LINEAR.x(2), 1, DEEP_LINEAR.z(2), 4));
        near(0.10668, 0.001, 50, ROUND_LINEAR.spread(1).varianceOfPair(ROUND_LINEAR.x(1), 0, ROUND_LINEAR.z(1), 1));
        near(0.001093, 4.1e-6, 20, TWO_LINEAR.spread(1).varianceOfPair(TWO_LINEAR.x(1), 1, TWO_LINEAR.z(1), 1));
    }

    @Test
    void pairsOfTwoLayers() {
        near(
                0.0024022,
                8.8e-6,
                5,
                TWO_LINEAR.spread(1).varianceOfTwoLayers(TWO_LINEAR.x(1), 1, TWO_LINEAR.x(1), 1, 0.17899));
        near(
                0.001093,
                4.1e-6,
                40,
                TWO_LINEAR.spread(1).varianceOfTwoLayers(TWO_LINEAR.x(1), 1, TWO_LINEAR.z(1), 1, -0.027783));
        near(0.036566, 0.0002, 15, TWO_RELU.spread(2).varianceOfTwoLayers(TWO_RELU.x(2), 1, TWO_RELU.z(2), 4, 0.39541));
    }

    @Test
    void differentChannels() {
        near(0.0017966, 1.3e-5, 80, DEEP_RELU.spread(2).squareOfDifferent(DEEP_RELU.x(2), 1, DEEP_RELU.z(2), 4));
        near(0.04342, 0.00024, 4, DEEP_LINEAR.spread(2).squareOfDifferent(DEEP_LINEAR.x(2), 1, DEEP_LINEAR.z(2), 4));
        near(0.014341, 7.7e-5, 9, TWO_RELU.spread(2).squareOfDifferent(TWO_RELU.x(2), 1, TWO_RELU.z(2), 4));
    }

    /** One pixel and a kernel of one are a fully connected network; of two layers the variance is exact. */
    @Test
    void onePixelIsFullyConnected() {
        List<RandomLayer> layers = List.of(new RandomLayer(5, 0.5, 0, false), new RandomLayer(1, 0.25, 0, false));
        Array x = Array.of(new double[] {1, -2, 0.5}, 1, 3, 1, 1);
        TangentSpread.Pair pair = new TangentSpread.Pair(5.25, 5.25, 5.25);
        for (Activation activation : List.of(Activation.LINEAR, Activation.RELU)) {
            Architecture architecture = Architecture.cnn(2, 1, Padding.SAME, activation, false, false);
            double mean = (activation == Activation.RELU ? 0.5 : 1) * 2 * 5 * 0.25 * 0.5 * 5.25;
            double exact = new TangentSpread(layers, activation).varianceOfTwoLayers(pair, mean);
            ImageSpread spread = new ImageSpread(layers, architecture, 1, 1);
            assertEquals(exact, spread.varianceOfTwoLayers(x, 0, x, 0, mean), ROUNDING * exact);
            double bound = spread.variance(x, 0);
            // both parts of ReLU's unit are taken as if they strayed together: (√5/2 + 1/2)² + 1 instead of 3
            double ratio = activation == Activation.RELU ? (Math.pow((Math.sqrt(5) + 1) / 2, 2) + 1) / 3 : 1;
            assertEquals(ratio * exact, bound, ROUNDING * exact);
        }
    }

    /** erf has the slope 2/√π at most. */
    @Test
    void erfByItsLargestSlope() {
        Array x = TWO_LINEAR.x(1);
        ImageSpread linear = TWO_LINEAR.spread(1);
        ImageSpread erf = new Case(cnn(2, Padding.SAME, Activation.ERF, false), 1, 0, 2, 3, new int[] {3, 1}).spread(1);
        double ratio = Math.pow(4 / Math.PI, 2);
        double square = linear.varianceOfTwoLayers(x, 1, x, 2, 0);
        assertEquals(ratio * square, erf.varianceOfTwoLayers(x, 1, x, 2, 0), ROUNDING * square);
        double different = linear.squareOfDifferent(x, 1, x, 2);
        assertEquals(ratio * different, erf.squareOfDifferent(x, 1, x, 2), ROUNDING * different);
        assertThrows(IllegalArgumentException.class, () -> erf.variance(x, 1));
        assertThrows(IllegalArgumentException.class, () -> erf.varianceOfPair(x, 1, x, 1));
    }

    @Test
    void refusals() {
        List<RandomLayer> three = layersOf(3);
        Architecture erf = cnn(3, Padding.SAME, Activation.ERF, false);
        Architecture valid = cnn(3, Padding.VALID, Activation.LINEAR, false);
        assertThrows(IllegalArgumentException.class, () -> new ImageSpread(three, erf, 2, 2));
        assertThrows(IllegalArgumentException.class, () -> new ImageSpread(three, valid, 2, 2));
        Array x = DEEP_RELU.x(2);
        assertThrows(IllegalArgumentException.class, () -> DEEP_RELU.spread(2).varianceOfTwoLayers(x, 0, x, 0, 1));
    }

    private static List<RandomLayer> layersOf(int depth) {
        List<RandomLayer> layers = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            layers.add(new RandomLayer(1, 1, 0, false));
        }
        return layers;
    }
}
