package org.idem.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MinimumTest {
    @Test
    void theDeepestOfSeveralValleysIsFound() {
        // valleys at every multiple of 2π, the deepest at 0
        double found = Minimum.of(x -> x * x / 100 - Math.cos(x), -20, 30, 400, 0);
        // values differ by less than their rounding within the root of the unit roundoff over the curvature
        assertEquals(0, found, 2 * Math.sqrt(0x1p-52 / 1.02));
    }

    @Test
    void wholeNumbersNearAndFar() {
        assertEquals(123, Minimum.ofWhole(n -> Math.abs(n - 123), 100, 100_000, 50));
        assertEquals(77_001, Minimum.ofWhole(n -> Math.abs(n - 77_001), 100, 100_000, 50));
        assertEquals(0, Minimum.ofWhole(n -> n, 10, 1000, 20));
    }

    @Test
    void residualsThatVanishArePolishedToTheLastDigits() {
        double[] found = Minimum.polished(
                x -> new double[] {Math.exp(x[0]) - 2, 3 * (x[0] * x[1] - Math.log(2) / 2), 1e-3 * (x[1] - 0.5)},
                new double[] {0.5, 0.6});
        // the last residual is the least steep: off by 1e-3 of an error, seen down to a few roundings of the others
        assertEquals(Math.log(2), found[0], 8 * 0x1p-53);
        assertEquals(0.5, found[1], 8 * 0x1p-53);
    }

    /** Training that diverges beside the point: a step that is no number is not taken. */
    @Test
    void whatOverflowsIsLeftWhereItIs() {
        double[] start = {3};
        assertArrayEquals(start, Minimum.polished(x -> new double[] {Double.POSITIVE_INFINITY}, start));
        assertArrayEquals(
                start, Minimum.polished(x -> new double[] {x[0] > 3 ? Double.POSITIVE_INFINITY : x[0]}, start));
    }

    @Test
    void numbersAreBrief() {
        assertEquals("0.9", Knob.number(0.9f));
        assertEquals("0.1", Knob.number(0.1));
        assertEquals("0.0001", Knob.number(1e-4));
        assertEquals("2", Knob.number(2));
    }
}
