package org.idem.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SequentialShareTestTest {
    @Test
    void capitalByHand() {
        SequentialShareTest test = SequentialShareTest.of(0.25);
        assertEquals(1, test.pValue());
        // predicted ½, then 1½/2 = ¾, then 1½/3 = ½
        SequentialShareTest after = test.after(true).after(false).after(true);
        assertEquals(Math.log(2 * (0.25 / 0.75) * 2), after.logCapital(), 8 * 0x1p-53);
        assertEquals(Math.log(2), after.largestLogCapital(), 0x1p-53);
        assertEquals(0.5, after.pValue(), 0x1p-53);
        assertEquals(3, after.trials());
        assertEquals(2, after.violations());
    }

    @Test
    void withoutViolationsNothingIsLostForEver() {
        SequentialShareTest test = SequentialShareTest.of(0.01);
        for (int trial = 0; trial < 1000; trial++) {
            test = test.after(false);
        }
        assertEquals(1, test.pValue());
        for (int trial = 0; trial < 200; trial++) {
            test = test.after(true);
        }
        assertTrue(test.pValue() < 1e-100);
    }

    @Test
    void badArgumentsAreRefused() {
        for (double bad : new double[] {0, 1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> SequentialShareTest.of(bad));
        }
        assertThrows(IllegalArgumentException.class, () -> new SequentialShareTest(0.5, 1, 2, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new SequentialShareTest(0.5, 2, 1, Double.NaN, 0));
        assertThrows(IllegalArgumentException.class, () -> new SequentialShareTest(0.5, 2, 1, 2, 1));
        assertThrows(IllegalArgumentException.class, () -> new SequentialShareTest(0.5, 2, -1, 0, 0));
        double infinite = Double.POSITIVE_INFINITY;
        assertThrows(IllegalArgumentException.class, () -> new SequentialShareTest(0.5, 2, 1, 0, infinite));
    }

    /** Probability, at violation probability p, that the p-value falls to the level within some trials: all paths. */
    private static double everRejected(SequentialShareTest test, double p, double level, int trials) {
        if (test.pValue() <= level) {
            return 1;
        }
        return trials == 0
                ? 0
                : p * everRejected(test.after(true), p, level, trials - 1)
                        + (1 - p) * everRejected(test.after(false), p, level, trials - 1);
    }

    /** Looking after every trial, and stopping at will, keeps the level for every violation probability up to δ. */
    @Test
    void noLevelIsExceededAtAnyTime() {
        for (double share : new double[] {0.05, 0.2, 0.5}) {
            for (double level : new double[] {0.01, 0.05, 0.3}) {
                for (double p : new double[] {share, 0.7 * share, 0.1 * share}) {
                    double probability = everRejected(SequentialShareTest.of(share), p, level, 15);
                    assertTrue(probability <= level, share + " " + level + " " + p + ": " + probability);
                }
                assertTrue(everRejected(SequentialShareTest.of(share), share, level, 15) > level / 20);
            }
        }
    }
}
