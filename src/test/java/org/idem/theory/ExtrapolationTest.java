package org.idem.theory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExtrapolationTest {
    @Test
    void weightsOfOneTwoAndThreeRuns() {
        assertArrayEquals(new double[] {1}, Extrapolation.weights(1));
        assertArrayEquals(new double[] {-1, 2}, Extrapolation.weights(2));
        // 1/3, −2 and 8/3, within three roundings each
        double[] three = Extrapolation.weights(3);
        assertEquals(1.0 / 3, three[0], 3 * Math.ulp(1.0 / 3));
        assertEquals(-2, three[1], 3 * Math.ulp(2.0));
        assertEquals(8.0 / 3, three[2], 3 * Math.ulp(8.0 / 3));
    }

    @Test
    void theBoundHoldsAndIsNearlyAttained() {
        for (double x : new double[] {0.25, 0.5, 1, 2}) {
            for (int runs = 1; runs <= 4; runs++) {
                double[] weights = Extrapolation.weights(runs);
                double sum = -Math.exp(-x);
                for (int run = 0; run < runs; run++) {
                    int steps = 8 << run;
                    sum += weights[run] * Math.exp(steps * Math.log1p(-x / steps));
                }
                double bound = Extrapolation.truncation(x, 8, runs);
                // exp(t·log1p) carries t roundings of the logarithm, at most 64 of them, weighed by at most 8
                double rounding = 8 * 80 * 0x1p-53;
                assertTrue(Math.abs(sum) <= bound + rounding, x + " " + runs);
                assertTrue(bound <= 1.01 * Math.abs(sum) + rounding, x + " " + runs + ": " + bound + " for " + sum);
            }
        }
    }

    @Test
    void withoutCurvatureNothingIsLostAndLongStepsAreRefused() {
        assertEquals(0, Extrapolation.truncation(0, 8, 4));
        assertEquals(Double.POSITIVE_INFINITY, Extrapolation.truncation(8, 8, 4));
        assertEquals(Double.POSITIVE_INFINITY, Extrapolation.truncation(Double.NaN, 8, 4));
        assertTrue(Arrays.stream(Extrapolation.weights(5)).map(Math::abs).sum() < 8.26);
    }
}
