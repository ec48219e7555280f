package org.idem.laboratory.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.apache.commons.math3.stat.descriptive.moment.Variance;
import org.junit.jupiter.api.Test;

class LikenessTest {
    private final long seed = Long.getLong("idem.laboratory.seed", new SecureRandom().nextLong());
    private final SplittableRandom random = new SplittableRandom(seed);

    private double[] drawn(int length) {
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextDouble();
        }
        return values;
    }

    /** Sums of n products round by at most n units each, and three of them meet in a quotient. */
    private static double rounding(int length) {
        return 8 * (length + 4) * 0x1p-53;
    }

    /**
     * How much larger a vector is than what its mean leaves of it. A mean of n numbers is off by at most n units of
     * rounding of their average size, which turns what is left by n units times this (Chan, Golub and LeVeque, The
     * American Statistician 37, 1983).
     */
    private static double condition(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Likeness.norm(values)
                / Likeness.norm(Arrays.stream(values).map(value -> value - mean).toArray());
    }

    /** Nothing here fails by chance: numbers that are nearly equal have a larger budget. */
    @Test
    void correlationIsThatOfAnotherLibrary() {
        for (int length : new int[] {2, 3, 50, 784}) {
            double[] one = drawn(length);
            double[] other = drawn(length);
            // PearsonsCorrelation takes the root of 1 − residuals/squares, of which little is left near 0
            double expected = new Covariance().covariance(one, other)
                    / (Math.sqrt(new Variance().evaluate(one)) * Math.sqrt(new Variance().evaluate(other)));
            double budget = rounding(length) * (condition(one) + condition(other));
            assertEquals(expected, Likeness.of(one, other).correlation(), budget, "seed " + seed);
            assertNotEquals(expected, Likeness.of(one, other).cosine(), budget, "a mean that stays, seed " + seed);
        }
    }

    @Test
    void whatIsConstantCorrelatesWithNothing() {
        double[] flat = {0.1, 0.1, 0.1};
        assertEquals(0, Likeness.of(flat, drawn(3)).correlation());
        assertEquals(0, Likeness.of(drawn(3), flat).correlation());
        assertEquals(0, Likeness.of(flat, flat).correlation());
        assertEquals(1, Likeness.of(flat, flat).cosine(), rounding(3));
        assertEquals(0, Likeness.of(new double[3], drawn(3)).cosine());
    }

    @Test
    void signsAndScales() {
        double[] one = {1, 2, 4};
        double[] same = {3, 5, 9};
        double[] opposite = {-3, -5, -9};
        assertEquals(1, Likeness.of(one, same).correlation(), rounding(3));
        assertEquals(-1, Likeness.of(one, opposite).correlation(), rounding(3));
        for (double scale : new double[] {1e-300, 1e-160, 1e150, 1e300}) {
            double[] scaled = {scale, 2 * scale, 4 * scale};
            assertEquals(1, Likeness.of(scaled, same).correlation(), rounding(3), "scale " + scale);
            assertEquals(
                    Likeness.of(one, same).cosine(), Likeness.of(scaled, same).cosine(), rounding(3), "scale " + scale);
        }
    }

    @Test
    void meanSquareAndNorm() {
        assertEquals(2.5, Likeness.of(new double[] {1, 2}, new double[] {2, 4}).meanSquare());
        assertEquals(5, Likeness.norm(new double[] {3, -4}), 5 * 0x1p-52);
        assertEquals(5e200, Likeness.norm(new double[] {3e200, -4e200}), 5e200 * 0x1p-51);
        assertEquals(0, Likeness.norm(new double[2]));
        assertTrue(Double.isInfinite(Likeness.norm(new double[] {1, Double.POSITIVE_INFINITY})));
    }

    @Test
    void differentNumbersOfPixelsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Likeness.of(new double[2], new double[3]));
        assertThrows(IllegalArgumentException.class, () -> Likeness.of(new double[0], new double[0]));
    }
}
