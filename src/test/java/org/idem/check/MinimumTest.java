package org.idem.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MinimumTest {
    @Test
    void theDeepestOfSeveralValleysIsFound() {
        // valleys at every multiple of 2π, the deepest at 0
        double found = Minimum.of(x -> x * x / 100 - Math.cos(x), -20, 30, 400);
        assertEquals(0, found, 1e-7);
    }

    @Test
    void wholeNumbersNearAndFar() {
        assertEquals(123, Minimum.ofWhole(n -> Math.abs(n - 123), 100, 100_000, 50));
        assertEquals(77_001, Minimum.ofWhole(n -> Math.abs(n - 77_001), 100, 100_000, 50));
        assertEquals(0, Minimum.ofWhole(n -> n, 10, 1000, 20));
    }

    @Test
    void numbersAreBrief() {
        assertEquals("0.9", SettingSuspects.number(0.9f));
        assertEquals("0.1", SettingSuspects.number(0.1));
        assertEquals("1.0E-4", SettingSuspects.number(1e-4));
        assertEquals("2.0", SettingSuspects.number(2));
    }
}
