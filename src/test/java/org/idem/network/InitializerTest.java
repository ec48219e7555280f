package org.idem.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.SplittableRandom;
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

    /** As weights of the same fan-in 16 and fan-out 4: uniform ones lie within their bound and near it. */
    @ParameterizedTest
    @CsvSource({"PYTORCH, 0.25", "UNIFORM, 0.4330127018922193", "XAVIER, 0.5477225575051661"})
    void biasesAreDrawnLikeWeights(Initializer law, double bound) {
        DeepNetwork network = DeepNetwork.of(new Fcn(16, 4, true));
        SplittableRandom random = new SplittableRandom();
        double largest = 0;
        for (int draw = 0; draw < 500; draw++) {
            for (double bias : network.draw(law, random).get(0).bias().values()) {
                largest = Math.max(largest, Math.abs(bias));
            }
        }
        // of 2000 numbers none lies in the last tenth with probability 0.9²⁰⁰⁰ < 10⁻⁹¹
        assertTrue(largest > 0.9 * bound && largest <= bound * (1 + 0x1p-50), law + ": " + largest);
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
        for (Initializer law : Initializer.values()) {
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
    @EnumSource
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
    @EnumSource
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
