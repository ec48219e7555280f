package org.idem.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.UniformContinuousDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Laws of the initial weights. */
class InitializerTest {
    /** Probability with which a statistical test of this class may fail although the law is right. */
    private static final double FALSE_ALARM = 1e-10;

    private static final int DRAWS = 200_000;

    @ParameterizedTest
    @CsvSource({
        "GAUSSIAN, 16, 4, 0.0625",
        "UNIFORM,  16, 4, 0.0625",
        "XAVIER,   12, 4, 0.125",
        "HE,       16, 4, 0.125",
    })
    void variances(Initializer law, int fanIn, int fanOut, double variance) {
        assertEquals(variance, law.variance(fanIn, fanOut));
    }

    /** The bound a makes w = a(2u − 1) for uniform u; PyTorch's is 1/√fan-in, Glorot's √(6/(fan-in + fan-out)). */
    @ParameterizedTest
    @CsvSource({
        "PYTORCH, 4, 9, 0.5",
        "UNIFORM, 3, 9, 1",
        "UNIFORM, 12, 9, 0.5",
        "XAVIER,  2, 4, 1",
        "XAVIER,  20, 4, 0.5",
    })
    void boundsOfUniformLaws(Initializer law, int fanIn, int fanOut, double bound) {
        double[] weights = law.draw(1000, fanIn, fanOut, new SplittableRandom(1));
        SplittableRandom same = new SplittableRandom(1);
        for (double weight : weights) {
            double expected = bound * (2 * same.nextDouble() - 1);
            // roundings of the variance (halved by the root), of two roots and of two products: 4.5 units of 2⁻⁵³
            assertEquals(expected, weight, 4.5 * 0x1p-53 * bound);
        }
    }

    /** PyTorch draws biases within 1/√fan-in; others draw them as they are told, whatever the fan-in, or not at all. */
    @ParameterizedTest
    @CsvSource({"PYTORCH, , 0.25", "PYTORCH, 0.75, 1.5", "UNIFORM, 0.12, 0.6", "XAVIER, 3, 3"})
    void boundsOfBiases(Initializer law, Double variance, double bound) {
        double largest = 0;
        for (double bias : biases(new Initialization(law, 7, variance))) {
            largest = Math.max(largest, Math.abs(bias));
        }
        // of 2000 numbers none lies in the last tenth with probability 0.9²⁰⁰⁰ < 10⁻⁹¹
        assertTrue(largest > 0.9 * bound && largest <= bound * (1 + 0x1p-50), law + ": " + largest);
    }

    private static double[] biases(Initialization initialization) {
        Network network = Network.of(new Fcn(16, 4, true));
        SplittableRandom random = new SplittableRandom();
        return IntStream.range(0, 500)
                .mapToObj(draw ->
                        initialization.draw(network, random).get(0).bias().values())
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    @Test
    void biasesStartAtZeroUnlessAVarianceIsTold() {
        for (Initializer law : Initializer.values()) {
            double expected = law == Initializer.PYTORCH ? 1 / (3.0 * 16) : 0;
            assertEquals(expected, Initialization.of(law).biasVariance(new Fcn(16, 4, true)));
            boolean zero = Arrays.stream(biases(Initialization.of(law))).allMatch(bias -> bias == 0);
            assertEquals(law != Initializer.PYTORCH, zero, law.toString());
            assertEquals(2, new Initialization(law, 1, 2.0).biasVariance(new Fcn(16, 4, true)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theGainMultipliesWeightsAlone(Initializer law) {
        Network network = Network.cnn(Activation.RELU, true, 3, Padding.SAME, 2, 3, 2);
        List<StageParameters> plain = Initialization.of(law).draw(network, new SplittableRandom(3));
        List<StageParameters> twice = new Initialization(law, 2, null).draw(network, new SplittableRandom(3));
        for (int stage = 0; stage < 2; stage++) {
            double[] weights = plain.get(stage).weights().values();
            assertArrayEquals(
                    Arrays.stream(weights).map(weight -> 2 * weight).toArray(),
                    twice.get(stage).weights().values());
            assertArrayEquals(
                    plain.get(stage).bias().values(), twice.get(stage).bias().values());
        }
        LinearMap map = network.stages().get(1).map();
        assertEquals(4 * law.variance(map), new Initialization(law, 2, null).weightVariance(map));
    }

    /** The second moment of an orthonormal matrix is exact: its squares sum to the number of its shorter side. */
    @ParameterizedTest
    @CsvSource({"2, 5, 3", "5, 2, 1", "9, 1, 3", "4, 4, 1"})
    void theVarianceOfOrthogonalWeightsIsThatOfTheirMatrix(int outputs, int channels, int kernel) {
        LinearMap map = new Cnn(channels, outputs, kernel, Padding.SAME, false);
        Initialization drawing = new Initialization(Initializer.ORTHOGONAL, 0.5, null);
        double[] weights = drawing.draw(Network.of(map), new SplittableRandom())
                .get(0)
                .weights()
                .values();
        double mean = Arrays.stream(weights).map(weight -> weight * weight).sum() / weights.length;
        assertEquals(drawing.weightVariance(map), mean, 1000 * Math.ulp(mean));
    }

    @Test
    void weightsThatAreDrawnTogetherHaveNoLawOfTheirOwn() {
        assertEquals(List.of(Initializer.values()).subList(0, 5), List.of(Initializer.independent()));
        String rule = "the law must be one of independent weights, got orthogonal, whose weights are drawn together";
        Refusal.says(rule, () -> Initializer.ORTHOGONAL.variance(4, 4));
        Refusal.says(rule, () -> Initializer.ORTHOGONAL.draw(4, 4, 4, new SplittableRandom()));
    }

    @Test
    void nonsenseIsRefused() {
        for (double gain : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            Refusal.says(
                    "gain must be positive and finite, got " + gain,
                    () -> new Initialization(Initializer.HE, gain, null));
        }
        for (double variance : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            Refusal.says(
                    "the variance of biases must be at least 0 and finite, got " + variance,
                    () -> new Initialization(Initializer.HE, 1, variance));
        }
    }

    @Test
    void onlyNormalLawsAreGaussian() {
        assertArrayEquals(
                new Initializer[] {Initializer.GAUSSIAN, Initializer.HE},
                Arrays.stream(Initializer.values())
                        .filter(Initializer::isGaussian)
                        .toArray());
        assertEquals("pytorch", Initializer.PYTORCH.toString());
    }

    @Test
    void theSourceAdvancesAndDecides() {
        for (Initializer law : Initializer.independent()) {
            SplittableRandom random = new SplittableRandom(7);
            double[] first = law.draw(2, 4, 4, random);
            double[] second = law.draw(1, 4, 4, random);
            assertArrayEquals(law.draw(3, 4, 4, new SplittableRandom(7)), new double[] {first[0], first[1], second[0]});
            assertEquals(0, law.draw(0, 4, 4, random).length);
        }
    }

    /**
     * Distance between the empirical and a claimed distribution function. By Dvoretzky, Kiefer and Wolfowitz with
     * Massart's constant it exceeds ε with probability at most 2·exp(−2nε²), for every n.
     */
    private static double distance(double[] ascending, ContinuousDistribution law) {
        double distance = 0;
        for (int i = 0; i < ascending.length; i++) {
            double claimed = law.cumulativeProbability(ascending[i]);
            distance = Math.max(distance, Math.max(claimed - (double) i / DRAWS, (i + 1.0) / DRAWS - claimed));
        }
        return distance;
    }

    private static ContinuousDistribution law(Initializer initializer, double deviation) {
        return initializer.isGaussian()
                ? NormalDistribution.of(0, deviation)
                : UniformContinuousDistribution.of(-Math.sqrt(3) * deviation, Math.sqrt(3) * deviation);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ORTHOGONAL")
    void weightsFollowTheirLaw(Initializer initializer) {
        long seed = new SecureRandom().nextLong();
        double allowed = Math.sqrt(Math.log(2 / FALSE_ALARM) / (2.0 * DRAWS));
        double[] weights = initializer.draw(DRAWS, 6, 10, new SplittableRandom(seed));
        Arrays.sort(weights);
        double deviation = Math.sqrt(initializer.variance(6, 10));
        String run = initializer + " with seed " + seed;
        assertTrue(distance(weights, law(initializer, deviation)) <= allowed, run);
        // a deviation off by a tenth lies at a distance of at least 0.022, so that it passes with probability below
        // 10⁻³⁰
        assertTrue(distance(weights, law(initializer, 1.1 * deviation)) > allowed, run);
        assertTrue(distance(weights, law(initializer, deviation / 1.1)) > allowed, run);
    }

    /** Neighbours have equal signs in half of the pairs; the bound on the share is Hoeffding's. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ORTHOGONAL")
    void neighboursAreUnrelated(Initializer initializer) {
        long seed = new SecureRandom().nextLong();
        double[] weights = initializer.draw(2 * DRAWS, 6, 10, new SplittableRandom(seed));
        int equal = 0;
        for (int i = 0; i < weights.length; i += 2) {
            equal += weights[i] * weights[i + 1] > 0 ? 1 : 0;
        }
        double allowed = Math.sqrt(Math.log(2 / FALSE_ALARM) / (2.0 * DRAWS));
        assertEquals(0.5, (double) equal / DRAWS, allowed, initializer + " with seed " + seed);
    }
}
