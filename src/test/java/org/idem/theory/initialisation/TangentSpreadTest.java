package org.idem.theory.initialisation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.idem.network.Activation;
import org.junit.jupiter.api.Test;

/** Spreads of tangent kernels, against numbers of other software. */
class TangentSpreadTest {
    /** No term is negative, and at most 128 roundings lie between the numbers given and a result. */
    private static final double ROUNDING = 0x1p-46;

    private static List<RandomLayer> layers(double[] variances, int... units) {
        List<RandomLayer> layers = new ArrayList<>();
        for (int i = 0; i < units.length; i++) {
            layers.add(new RandomLayer(units[i], variances[i], 0, false));
        }
        return layers;
    }

    /**
     * The same recursion in Python gave these bounds, and 100,000 networks in numpy 1.24.2 the squares 7.910 and 76.69
     * below them. Its parts met those of the networks: E‖∂f/∂h_1‖⁴ 1.89 (1.861 seen), 9.72 (9.891), E(σ²‖z‖²)² 1.447
     * (1.402), 7.442 (7.680).
     */
    @Test
    void reluAtOneInput() {
        TangentSpread.Pair pair = new TangentSpread.Pair(1.25, 1.25, 1.25);
        assertEquals(
                13.02328125,
                new TangentSpread(layers(new double[] {0.7, 0.5, 0.6}, 3, 2, 1), Activation.RELU).meanSquare(pair),
                ROUNDING * 13);
        assertEquals(
                119.07,
                new TangentSpread(layers(new double[] {0.7, 0.5, 0.6, 0.4}, 4, 3, 5, 1), Activation.RELU)
                        .meanSquare(pair),
                ROUNDING * 119);
    }

    /** One hidden unit: Θ = v(a² + w²)s with standard normal a and w: E Θ² = v²s²(3 + 2 + 3), Minkowski's bound 12. */
    @Test
    void onePathOfTwoLayers() {
        TangentSpread spread = new TangentSpread(layers(new double[] {1, 1}, 1, 1), Activation.LINEAR);
        TangentSpread.Pair pair = new TangentSpread.Pair(1, 1, 1);
        assertEquals(12, spread.meanSquare(pair), ROUNDING * 12);
        assertEquals(4, spread.varianceOfTwoLayers(pair, 2));
    }

    /** On the diagonal with biases all four parts of two linear layers of one unit are seen: by hand. */
    @Test
    void biases() {
        List<RandomLayer> layers = List.of(new RandomLayer(1, 2, 0.5, false), new RandomLayer(1, 3, 0.25, false));
        TangentSpread spread = new TangentSpread(layers, Activation.LINEAR);
        // S = 2 + 0.5; Θ = 0.25 + 3·S(a² + w²)
        TangentSpread.Pair pair = new TangentSpread.Pair(1, 1, 1);
        assertEquals(9 * 6.25 * 4, spread.varianceOfTwoLayers(pair, 0.25 + 15));
        double last = 9 * 3 * 6.25 + 2 * 3 * 0.25 * 2.5 + 0.0625;
        double first = 6.25 * 9 * 3;
        assertEquals(Math.pow(Math.sqrt(last) + Math.sqrt(first), 2), spread.meanSquare(pair), ROUNDING * 400);
    }

    /** erf has the slope 2/√π at most: of one unit a layer its bound is that of linear signals times powers of it. */
    @Test
    void erfByItsLargestSlope() {
        double[] variances = {1, 1};
        TangentSpread.Pair pair = new TangentSpread.Pair(1, 1, 1);
        double linear = new TangentSpread(layers(variances, 1, 1), Activation.LINEAR).meanSquare(pair);
        double erf = new TangentSpread(layers(variances, 1, 1), Activation.ERF).meanSquare(pair);
        assertEquals(linear * Math.pow(4 / Math.PI, 2), erf, ROUNDING * erf);
        TangentSpread wide = new TangentSpread(layers(new double[] {1, 0.01, 0.01}, 100, 100, 1), Activation.ERF);
        assertTrue(wide.meanSquare(pair) < 1000);
    }

    @Test
    void refusals() {
        List<RandomLayer> three = layers(new double[] {1, 1, 1}, 1, 1, 1);
        TangentSpread.Pair pair = new TangentSpread.Pair(1, 1, 1);
        assertThrows(IllegalArgumentException.class, () -> new TangentSpread(three, Activation.TANH));
        assertThrows(
                IllegalArgumentException.class,
                () -> new TangentSpread(three, Activation.LINEAR).varianceOfTwoLayers(pair, 1));
        List<RandomLayer> biased = List.of(new RandomLayer(1, 1, 1, false));
        assertThrows(IllegalArgumentException.class, () -> new TangentSpread(biased, Activation.RELU).meanSquare(pair));
    }
}
