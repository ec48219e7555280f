package org.idem.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClopperPearsonTest {
    /** scipy 1.17.1: stats.beta.ppf(error, k, n - k + 1) and stats.beta.isf(error, k + 1, n - k). */
    @ParameterizedTest
    @CsvSource({
        "0, 100, 0.01, 0, 0.045007413978564045",
        "3, 100, 0.025, 0.006229971538306395, 0.08517605297428003",
        "7, 2000, 1e-6, 0.00025025375919423166, 0.014500539616189785",
        "100, 100, 0.05, 0.9704869503929601, 1",
        "1, 1000000, 0.01, 1.0050335802996816e-08, 6.638333353341805e-06",
        "50, 101, 0.3, 0.46414688635261003, 0.526007770520892"
    })
    void limits(int events, int trials, double error, double lower, double upper) {
        // the error that BinomialTail states; a tail moves at least as fast as the limit, relatively
        double stated = 1e-12 + trials * 0x1p-53;
        assertEquals(lower, ClopperPearson.lowerLimit(events, trials, error), stated * lower);
        assertEquals(upper, ClopperPearson.upperLimit(events, trials, error), stated * upper);
    }

    @Test
    void withoutTrialsNothingIsKnown() {
        assertEquals(0, ClopperPearson.lowerLimit(0, 0, 0.05));
        assertEquals(1, ClopperPearson.upperLimit(0, 0, 0.05));
    }

    /** One trial without, or with, an event: P = 1 − p, or p, meets the error ½ at ½, which is rounded outwards. */
    @Test
    void limitsAreRoundedOutwards() {
        assertEquals(Math.nextUp(0.5), ClopperPearson.upperLimit(0, 1, 0.5));
        assertEquals(Math.nextDown(0.5), ClopperPearson.lowerLimit(1, 1, 0.5));
    }

    @Test
    void endsAreExact() {
        assertEquals(1, ClopperPearson.upperLimit(7, 7, 0.05));
        assertEquals(0, ClopperPearson.lowerLimit(0, 7, 0.05));
        // 1 − error^(1/n) and error^(1/n) for n = 2, to the two roundings of a bisection and its tail
        assertEquals(0.75, ClopperPearson.upperLimit(0, 2, 0x1p-4), 2 * 0x1p-53);
        assertEquals(0.25, ClopperPearson.lowerLimit(2, 2, 0x1p-4), 0x1p-53);
    }

    @Test
    void guaranteeWithoutEvents() {
        assertEquals(299, ClopperPearson.trialsWithoutEvent(0.01, 0.05));
        assertEquals(1, ClopperPearson.trialsWithoutEvent(0.5, 0.5));
        assertEquals(1, ClopperPearson.trialsWithoutEvent(0.9, 0.5));
        assertEquals(2, ClopperPearson.trialsWithoutEvent(0.5, 0.25));
        assertEquals(2, ClopperPearson.trialsWithoutEvent(0.5, 0.49));
        // log(0.01)/log1p(-1e-12) = 4605170185985.78 (mpmath, 40 digits)
        assertEquals(4605170185986L, ClopperPearson.trialsWithoutEvent(1e-12, 0.01));
    }

    @Test
    void oneTrialLessIsNotEnough() {
        for (double share : new double[] {0.3, 0.02, 0.003}) {
            for (double error : new double[] {0.2, 0.01, 1e-9}) {
                int trials = Math.toIntExact(ClopperPearson.trialsWithoutEvent(share, error));
                assertTrue(ClopperPearson.upperLimit(0, trials, error) <= share);
                assertTrue(ClopperPearson.upperLimit(0, trials - 1, error) > share);
            }
        }
    }

    @Test
    void badArgumentsAreRefused() {
        for (double bad : new double[] {0, 1, -1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> ClopperPearson.upperLimit(1, 3, bad));
            assertThrows(IllegalArgumentException.class, () -> ClopperPearson.lowerLimit(1, 3, bad));
            assertThrows(IllegalArgumentException.class, () -> ClopperPearson.trialsWithoutEvent(bad, 0.1));
            assertThrows(IllegalArgumentException.class, () -> ClopperPearson.trialsWithoutEvent(0.1, bad));
        }
        assertThrows(IllegalArgumentException.class, () -> ClopperPearson.upperLimit(4, 3, 0.1));
        assertThrows(IllegalArgumentException.class, () -> ClopperPearson.upperLimit(-1, 3, 0.1));
        assertThrows(IllegalArgumentException.class, () -> ClopperPearson.lowerLimit(4, 3, 0.1));
        assertThrows(IllegalArgumentException.class, () -> ClopperPearson.lowerLimit(-1, 3, 0.1));
    }

    /**
     * All outcomes of n trials, weighted: each limit lies on the wrong side of the true share with its error at most.
     */
    @Test
    void limitsCoverTheTruth() {
        for (int trials = 1; trials <= 25; trials++) {
            for (double error : new double[] {0.005, 0.05, 0.6}) {
                double[] lower = new double[trials + 1];
                double[] upper = new double[trials + 1];
                for (int events = 0; events <= trials; events++) {
                    lower[events] = ClopperPearson.lowerLimit(events, trials, error);
                    upper[events] = ClopperPearson.upperLimit(events, trials, error);
                }
                for (double share = 0.01; share < 1; share += 0.03) {
                    BinomialDistribution law = BinomialDistribution.of(trials, share);
                    double above = 0;
                    double below = 0;
                    for (int events = 0; events <= trials; events++) {
                        above += lower[events] > share ? law.probability(events) : 0;
                        below += upper[events] < share ? law.probability(events) : 0;
                    }
                    assertTrue(above <= error * (1 + 1e-12) && below <= error * (1 + 1e-12));
                }
            }
        }
    }
}
