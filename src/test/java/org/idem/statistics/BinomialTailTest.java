package org.idem.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinomialTailTest {
    /** The relative agreement that the class states. */
    private static final double STATED = 1e-12;

    /** scipy 1.17.1: stats.binom.sf(k - 1, n, p). */
    @ParameterizedTest
    @CsvSource({
        "3, 1000, 1e-4, 0.0001542234847472545",
        "50, 100, 0.1, 5.832038785734386e-24",
        "10, 10, 0.5, 0.0009765625",
        "900, 100000, 0.005, 1.2510474040784572e-58",
        "1, 2000000, 1e-9, 0.0019980013336649356",
        "5, 20, 0.5, 0.9940910339355469"
    })
    void upperTails(int events, int trials, double share, double expected) {
        assertEquals(expected, BinomialTail.atLeast(events, trials, share), STATED * expected);
    }

    /** scipy 1.17.1: stats.binom.cdf(k, n, p). */
    @ParameterizedTest
    @CsvSource({
        "3, 1000, 0.05, 1.358062398215695e-18",
        "0, 100, 0.1, 2.6561398887587476e-05",
        "400, 100000, 0.01, 2.1457125332058908e-104",
        "7, 20, 0.5, 0.13158798217773438"
    })
    void lowerTails(int events, int trials, double share, double expected) {
        assertEquals(expected, BinomialTail.atMost(events, trials, share), STATED * expected);
    }

    /** scipy 1.17.1: stats.binomtest(k, n, p).pvalue. */
    @ParameterizedTest
    @CsvSource({
        "3, 20, 0.3, 0.22041826738070913",
        "12, 20, 0.5, 0.5034446716308594",
        "1, 10, 0.37, 0.10331964133005614",
        "0, 30, 0.1, 0.0682179469371261",
        "61, 200, 0.2, 0.00038383777138097054"
    })
    void bothTails(int events, int trials, double share, double expected) {
        assertEquals(expected, BinomialTail.twoSided(events, trials, share), STATED * expected);
    }

    @Test
    void endsAreExact() {
        assertEquals(1, BinomialTail.atLeast(0, 7, 0.3));
        assertEquals(1, BinomialTail.atMost(7, 7, 0.3));
        assertEquals(0, BinomialTail.atLeast(1, 7, 0));
        assertEquals(0, BinomialTail.atMost(6, 7, 1));
        assertEquals(1, BinomialTail.atLeast(0, 0, 0.3));
        assertEquals(1, BinomialTail.atMost(0, 0, 0.3));
        assertEquals(1, BinomialTail.twoSided(0, 0, 0.3));
        assertEquals(1, BinomialTail.twoSided(0, 9, 0));
        assertEquals(0, BinomialTail.twoSided(1, 9, 0));
    }

    /** Some event in n trials of 2⁻⁶⁰: n·2⁻⁶⁰ up to a relative n·2⁻⁶⁰, though 1 − 2⁻⁶⁰ rounds to 1. */
    @Test
    void rareEventsAreNotLostBesideOne() {
        assertEquals(0x1p-60, BinomialTail.atLeast(1, 1, 0x1p-60));
        assertEquals(5 * 0x1p-60, BinomialTail.atLeast(1, 5, 0x1p-60), 0x1p-110);
        assertEquals(Math.exp(-1), BinomialTail.atMost(0, 1 << 30, 0x1p-30), 0x1p-29);
    }

    @Test
    void badArgumentsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> BinomialTail.atLeast(-1, 3, 0.5));
        assertThrows(IllegalArgumentException.class, () -> BinomialTail.atMost(4, 3, 0.5));
        assertThrows(IllegalArgumentException.class, () -> BinomialTail.twoSided(1, 3, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> BinomialTail.atLeast(1, 3, -1e-9));
        assertEquals(
                "events must lie between 0 and the trials, got 4 of 3",
                assertThrows(IllegalArgumentException.class, () -> BinomialTail.twoSided(4, 3, 0.5))
                        .getMessage());
        assertEquals(
                "the share must lie in [0, 1], got 1.5",
                assertThrows(IllegalArgumentException.class, () -> BinomialTail.twoSided(1, 3, 1.5))
                        .getMessage());
    }

    /** All outcomes of n trials, weighted: a p-value at most α has probability at most α. */
    @Test
    void noLevelIsExceeded() {
        for (int trials = 1; trials <= 40; trials++) {
            for (double share = 0.025; share < 1; share += 0.05) {
                BinomialDistribution law = BinomialDistribution.of(trials, share);
                for (double level : new double[] {1e-6, 0.01, 0.05, 0.3}) {
                    double[] rejected = new double[3];
                    for (int events = 0; events <= trials; events++) {
                        double weight = law.probability(events);
                        rejected[0] += BinomialTail.atLeast(events, trials, share) <= level ? weight : 0;
                        rejected[1] += BinomialTail.atMost(events, trials, share) <= level ? weight : 0;
                        rejected[2] += BinomialTail.twoSided(events, trials, share) <= level ? weight : 0;
                    }
                    for (double probability : rejected) {
                        assertTrue(probability <= level * (1 + STATED), trials + " trials of " + share);
                    }
                }
            }
        }
    }
}
