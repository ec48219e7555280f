package org.idem.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.idem.network.Activation;
import org.idem.theory.initialisation.RandomLayer;
import org.idem.theory.initialisation.TangentSpread;

/** T5.kernel-mean against gradients of real networks, and spreads among themselves. */
class T5KernelMeanProperties extends KnownTheoremProperties {
    /** Products and sums of at most 20 layers. */
    private static final double ROUNDING = 0x1p-42;

    private static final int TRIALS = 3000;

    T5KernelMeanProperties() {
        super("T5.kernel-mean", TRIALS);
    }

    private static List<RandomLayer> layers(SplittableRandom random, double factor) {
        List<RandomLayer> layers = new ArrayList<>();
        int depth = random.nextInt(2, 21);
        for (int i = 0; i < depth; i++) {
            int units = i == depth - 1 ? 1 : random.nextInt(1, 513);
            layers.add(new RandomLayer(units, factor * (0.25 + random.nextDouble()) / units, 0, false));
        }
        return layers;
    }

    /** Without biases a kernel is homogeneous: in the inputs, and of degree L in the variances. */
    @Property(tries = 50)
    void spreadsScale(@ForAll long seed) {
        for (Activation activation : List.of(Activation.LINEAR, Activation.RELU, Activation.ERF)) {
            List<RandomLayer> one = layers(new SplittableRandom(seed), 1);
            List<RandomLayer> other = layers(new SplittableRandom(seed), 2);
            double square = new TangentSpread(one, activation).meanSquare(new TangentSpread.Pair(1, 2, 0.5));
            double brighter = new TangentSpread(one, activation).meanSquare(new TangentSpread.Pair(3, 6, 1.5));
            double larger = new TangentSpread(other, activation).meanSquare(new TangentSpread.Pair(1, 2, 0.5));
            assertEquals(9 * square, brighter, ROUNDING * brighter);
            assertEquals(Math.pow(4, one.size()) * square, larger, ROUNDING * larger);
        }
    }

    /** A square is no smaller than the square of the mean, here that of linear networks: L times a product. */
    @Property(tries = 50)
    void squaresExceedTheSquareOfTheMean(@ForAll long seed) {
        List<RandomLayer> layers = layers(new SplittableRandom(seed), 1);
        double mean = layers.size();
        for (RandomLayer layer : layers) {
            mean *= layer.units() * layer.weightVariance();
        }
        TangentSpread spread = new TangentSpread(layers, Activation.LINEAR);
        assertTrue(spread.meanSquare(new TangentSpread.Pair(1, 1, 1)) >= mean * mean * (1 - ROUNDING));
    }

    /** Two layers: 1/n of the squared kernel without activation, 3/n with ReLU. */
    @Property(tries = 50)
    void twoLayersHaveTheVarianceOfTheStatement(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int units = random.nextInt(1, 513);
        double first = 0.25 + random.nextDouble();
        double last = (0.25 + random.nextDouble()) / units;
        List<RandomLayer> layers = List.of(new RandomLayer(units, first, 0, false), new RandomLayer(1, last, 0, false));
        TangentSpread.Pair pair = new TangentSpread.Pair(2, 2, 2);
        double linear = 2 * units * last * first * 2;
        double relu = linear / 2;
        assertEquals(
                linear * linear / units,
                new TangentSpread(layers, Activation.LINEAR).varianceOfTwoLayers(pair, linear),
                ROUNDING * linear * linear);
        assertEquals(
                3 * relu * relu / units,
                new TangentSpread(layers, Activation.RELU).varianceOfTwoLayers(pair, relu),
                ROUNDING * relu * relu);
    }
}
