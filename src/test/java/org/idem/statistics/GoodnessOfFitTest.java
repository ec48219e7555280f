package org.idem.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class GoodnessOfFitTest {
    /** scipy 1.17.1: stats.chisquare(counts, sum(counts) * shares / sum(shares)).pvalue. */
    @Test
    void agreesWithScipy() {
        check(0.006737946999085468, new long[] {10, 20, 30}, 1, 1, 1);
        check(0.055748500720756294, new long[] {5, 5, 50}, 0.1, 0.2, 0.7);
        check(0.16297705211313118, new long[] {100, 120, 90, 95}, 1, 1, 1, 1);
        check(1.147557268730191e-82, new long[] {10, 400}, 3, 3);
    }

    private static void check(double expected, long[] counts, double... shares) {
        // a relative error of the statistic, a few roundings, is multiplied by half the statistic: below 200
        assertEquals(expected, GoodnessOfFit.pValue(counts, shares), 2000 * 0x1p-52 * expected);
    }

    @Test
    void perfectFit() {
        assertEquals(1, GoodnessOfFit.pValue(new long[] {5, 5}, new double[] {2, 2}));
    }

    /** 0 and 16 of two equal cells: χ² = 16, and with one degree of freedom its tail is P(|Z| ≥ 4). */
    @Test
    void anEmptyCellCounts() {
        double expected = 2 * NormalDistribution.of(0, 1).survivalProbability(4);
        // the tail moves relatively by half of what χ² moves, which is a few roundings of 16; both tails carry 10⁻¹⁴
        assertEquals(expected, GoodnessOfFit.pValue(new long[] {0, 16}, new double[] {1, 1}), 2e-14 * expected);
    }

    @Test
    void badArgumentsAreRefused() {
        double[] equal = {1, 1};
        assertThrows(IllegalArgumentException.class, () -> GoodnessOfFit.pValue(new long[] {20}, new double[] {1}));
        assertThrows(IllegalArgumentException.class, () -> GoodnessOfFit.pValue(new long[] {20, 9, 9}, equal));
        assertThrows(IllegalArgumentException.class, () -> GoodnessOfFit.pValue(new long[] {4, 5}, equal));
        assertThrows(IllegalArgumentException.class, () -> GoodnessOfFit.pValue(new long[] {0, 0}, equal));
        assertThrows(IllegalArgumentException.class, () -> GoodnessOfFit.pValue(new long[] {-1, 50}, equal));
        String message = assertThrows(
                        IllegalArgumentException.class, () -> GoodnessOfFit.pValue(new long[] {50, -1}, equal))
                .getMessage();
        assertEquals(
                "every cell must hold at least 0 and expect at least 5.0 counts, got -1 and 24.5 in cell 1", message);
        for (double bad : new double[] {Double.NaN, 0, -1, Double.POSITIVE_INFINITY}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> GoodnessOfFit.pValue(new long[] {20, 20}, new double[] {1, bad}));
        }
    }

    /** All counts in three equal cells: the level of a nominal 5 % that the class states. */
    @Test
    void levelOfSmallSamples() {
        for (int total = 15; total <= 60; total += 3) {
            double rejected = 0;
            for (int first = 0; first <= total; first++) {
                int rest = total - first;
                double weight = BinomialDistribution.of(total, 1 / 3.0).probability(first);
                BinomialDistribution second = BinomialDistribution.of(rest, 0.5);
                for (int j = 0; j <= rest; j++) {
                    double p = GoodnessOfFit.pValue(new long[] {first, j, rest - j}, new double[] {1, 1, 1});
                    rejected += p <= 0.05 ? weight * second.probability(j) : 0;
                }
            }
            assertTrue(rejected > 0.042 && rejected < 0.06, total + " counts: " + rejected);
        }
    }
}
