package org.idem.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.idem.array.Array;
import org.idem.network.Activation;
import org.idem.network.Architecture;
import org.idem.network.Padding;
import org.idem.theory.initialisation.ImageSpread;
import org.idem.theory.initialisation.RandomLayer;
import org.idem.theory.initialisation.TangentSpread;

/** T5.kernel-mean against gradients of real networks, and spreads among themselves. */
class T5KernelMeanProperties extends KnownTheoremProperties {
    /** Products and sums of at most 20 layers. */
    private static final double ROUNDING = 0x1p-42;

    /** The mistake that is noticed least had p-values with a median of 1e-17 in 3,000 trials, the largest 1e-12. */
    private static final int TRIALS = 2500;

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

    private static Array image(SplittableRandom random, int down, int right, Array of) {
        Array image = Array.zeros(1, 2, 3, 4);
        for (int i = 0; i < image.length(); i++) {
            int row = Math.floorMod(i / 4 % 3 - down, 3);
            int column = Math.floorMod(i % 4 - right, 4);
            image.values()[i] = of == null ? random.nextGaussian() : of.values()[i / 12 * 12 + row * 4 + column];
        }
        return image;
    }

    /** Where an image has no border, neither kernels nor their spread know where it begins; and both scale. */
    @Property(tries = 50)
    void spreadsOfRoundImagesMoveWithThem(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<RandomLayer> layers = layers(random, 1).subList(0, 2);
        int down = random.nextInt(3);
        int right = random.nextInt(4);
        int pixel = random.nextInt(12);
        int moved = (pixel / 4 + down) % 3 * 4 + (pixel % 4 + right) % 4;
        Array x = image(random, 0, 0, null);
        Array y = image(random, down, right, x);
        for (Activation activation : List.of(Activation.LINEAR, Activation.RELU)) {
            Architecture round = Architecture.cnn(2, 3, Padding.CIRCULAR, activation, false, false);
            ImageSpread spread = new ImageSpread(layers, round, 3, 4);
            double variance = spread.variance(x, pixel);
            assertEquals(variance, spread.variance(y, moved), ROUNDING * variance);
            double pair = spread.varianceOfTwoLayers(x, pixel, x, 0, 0);
            double ofMoved = spread.varianceOfTwoLayers(y, moved, y, down * 4 + right, 0);
            assertEquals(pair, ofMoved, ROUNDING * pair);
            Array larger = Array.of(Arrays.stream(x.values()).map(v -> 3 * v).toArray(), x.shape());
            assertEquals(81 * variance, spread.variance(larger, pixel), ROUNDING * 81 * variance);
        }
    }
}
