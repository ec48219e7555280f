package org.idem.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeanTestTest {
    /** scipy 1.17.1: 2 * stats.norm.sf(z). */
    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "1, 0.31731050786291415",
        "3, 0.0026997960632601866",
        "8, 1.244192114854348e-15",
        "30, 9.813427854295816e-198"
    })
    void gaussian(double z, double expected) {
        // standard deviation 1.5/√9: exact in binary, and so is z times it
        double tolerance = (z * z + 4) * 0x1p-52 * expected;
        assertEquals(expected, MeanTest.gaussian(2 + z * 0.5, 9, 2, 2.25), tolerance);
        assertEquals(expected, MeanTest.gaussian(2 - z * 0.5, 9, 2, 2.25), tolerance);
    }

    @Test
    void boundedValues() {
        // kl(0.75, 0.5) = 0.75 log 1.5 + 0.25 log 0.5
        double divergence = 0.75 * Math.log(1.5) + 0.25 * Math.log(0.5);
        assertEquals(2 * Math.exp(-40 * divergence), MeanTest.bounded(0.75, 40, 0.5), 0x1p-46);
        assertEquals(1, MeanTest.bounded(0.25, 1000, 0.25));
        assertEquals(0, MeanTest.bounded(0.1, 1, 0));
        assertEquals(1, MeanTest.bounded(0, 5, 0));
        assertEquals(0, MeanTest.bounded(0.9, 1, 1));
        // n of n: μⁿ on one side is what no p-value can beat, so the bound is an equality but for the factor 2
        assertEquals(2 * Math.pow(0.25, 10), MeanTest.bounded(1, 10, 0.25), 0x1p-70);
    }

    @Test
    void varianceHelps() {
        double bounded = MeanTest.bounded(0.52, 400, 0.5);
        double sharper = MeanTest.boundedWithVariance(0.52, 400, 0.5, 1e-3, 0.5);
        // mpmath 1.3.0 with 40 digits; the rounding of t = 0.02 is multiplied by the exponent 26
        assertEquals(8.3412367374354901e-12, sharper, 200 * 0x1p-52 * sharper);
        assertEquals(1, bounded);
        assertEquals(1, MeanTest.boundedWithVariance(0.5, 4, 0.5, 0, 0.5));
        assertEquals(1, MeanTest.boundedWithVariance(0.5, 4, 0.5, 0.1, 0.5));
        assertEquals(0, MeanTest.boundedWithVariance(0.6, 4, 0.5, 0, 0.5));
        // close to Gaussian values: exp(−n t²/2v) up to the third order bt/3v of the exponent
        double exponent = -Math.log(MeanTest.boundedWithVariance(0.501, 100_000, 0.5, 0.01, 0.5) / 2);
        assertEquals(5, exponent, 5 * 0.5 * 0.001 / 0.01 / 3);
    }

    @Test
    void whatIsNotFiniteIsRefused() {
        for (double bad : new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> MeanTest.gaussian(bad, 1, 0, 1));
            assertThrows(IllegalArgumentException.class, () -> MeanTest.gaussian(0, 1, bad, 1));
            assertThrows(IllegalArgumentException.class, () -> MeanTest.gaussian(0, 1, 0, bad));
            assertThrows(IllegalArgumentException.class, () -> MeanTest.boundedWithVariance(bad, 1, 0, 1, 1));
            assertThrows(IllegalArgumentException.class, () -> MeanTest.boundedWithVariance(0, 1, bad, 1, 1));
            assertThrows(IllegalArgumentException.class, () -> MeanTest.boundedWithVariance(0, 1, 0, bad, 1));
            assertThrows(IllegalArgumentException.class, () -> MeanTest.boundedWithVariance(0, 1, 0, 1, bad));
            assertThrows(IllegalArgumentException.class, () -> MeanTest.subGamma(bad, 1, 1));
            assertThrows(IllegalArgumentException.class, () -> MeanTest.subGamma(1, bad, 1));
            assertThrows(IllegalArgumentException.class, () -> MeanTest.subGamma(1, 1, bad));
        }
    }

    @Test
    void anAverageOfNothingIsRefused() {
        for (int none : new int[] {0, -1}) {
            assertThrows(IllegalArgumentException.class, () -> MeanTest.gaussian(0, none, 0, 1));
            assertThrows(IllegalArgumentException.class, () -> MeanTest.bounded(0.5, none, 0.25));
            assertThrows(IllegalArgumentException.class, () -> MeanTest.boundedWithVariance(1, none, 0, 1, 1));
        }
    }

    @Test
    void badArgumentsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> MeanTest.gaussian(0, 0, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> MeanTest.gaussian(0, 1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> MeanTest.gaussian(Double.NaN, 1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> MeanTest.bounded(1.1, 1, 0.5));
        assertThrows(IllegalArgumentException.class, () -> MeanTest.bounded(0.5, 1, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> MeanTest.boundedWithVariance(0, 1, 0, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> MeanTest.boundedWithVariance(0, 1, 0, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> MeanTest.boundedWithVariance(Double.NaN, 1, 0, 1, 1));
    }

    /** Values 0 and 1 are the least favourable ones in [0, 1]: all their outcomes, weighted, stay below the level. */
    @Test
    void noLevelIsExceeded() {
        for (int count = 1; count <= 40; count++) {
            for (double mean = 0.025; mean < 1; mean += 0.05) {
                BinomialDistribution law = BinomialDistribution.of(count, mean);
                double distance = Math.max(mean, 1 - mean);
                for (double level : new double[] {1e-6, 0.01, 0.05, 0.3}) {
                    double bounded = 0;
                    double withVariance = 0;
                    for (int ones = 0; ones <= count; ones++) {
                        double average = (double) ones / count;
                        double weight = law.probability(ones);
                        bounded += MeanTest.bounded(average, count, mean) <= level ? weight : 0;
                        withVariance +=
                                MeanTest.boundedWithVariance(average, count, mean, mean * (1 - mean), distance) <= level
                                        ? weight
                                        : 0;
                    }
                    assertTrue(bounded <= level && withVariance <= level, count + " values of mean " + mean);
                }
            }
        }
    }

    @Test
    void aSubGammaSumIsRefusedAtItsMargin() {
        for (double scale : new double[] {0, 0.5, 20}) {
            for (double error : new double[] {0.5, 1e-4, 1e-9}) {
                double margin = MeanTest.subGammaMargin(3, scale, error);
                // the exponent is log(2/error) up to a few roundings
                assertEquals(error, MeanTest.subGamma(margin, 3, scale), 1e-13 * error);
                assertEquals(error, MeanTest.subGamma(-margin, 3, scale), 1e-13 * error);
            }
        }
        assertEquals(1, MeanTest.subGamma(0, 3, 1));
        assertThrows(IllegalArgumentException.class, () -> MeanTest.subGamma(Double.NaN, 3, 1));
        assertThrows(IllegalArgumentException.class, () -> MeanTest.subGamma(1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> MeanTest.subGammaMargin(1, -1, 0.5));
        for (double bad : new double[] {0, 1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> MeanTest.subGammaMargin(1, 1, bad));
        }
    }

    @Test
    void theSubGammaTailCoversThatOfChiSquared() {
        // ξ² − 1 has variance 2 and scale 2; both tails of sums of n
        for (int n : new int[] {1, 10, 1000}) {
            org.apache.commons.statistics.distribution.ChiSquaredDistribution chiSquared =
                    org.apache.commons.statistics.distribution.ChiSquaredDistribution.of(n);
            for (double t = 0.125; t < 20; t += 0.125) {
                double deviation = t * Math.sqrt(2.0 * n);
                double exact =
                        chiSquared.survivalProbability(n + deviation) + chiSquared.cumulativeProbability(n - deviation);
                assertTrue(exact <= MeanTest.subGamma(deviation, 2.0 * n, 2));
            }
        }
    }
}
