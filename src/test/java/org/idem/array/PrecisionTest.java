package org.idem.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class PrecisionTest {
    /** From the smallest normal number on, one unit in the last place is at most 2u of a number; half of it, more. */
    @Test
    void theSmallestNormalNumberStillHasAllBits() {
        float single = (float) Precision.FLOAT32.smallestNormal();
        assertEquals(2 * Precision.FLOAT32.unitRoundoff() * single, Math.ulp(single));
        assertNotEquals(2 * Precision.FLOAT32.unitRoundoff() * (single / 2), Math.ulp(single / 2));
        double twice = Precision.FLOAT64.smallestNormal();
        assertEquals(2 * Precision.FLOAT64.unitRoundoff() * twice, Math.ulp(twice));
        assertNotEquals(2 * Precision.FLOAT64.unitRoundoff() * (twice / 2), Math.ulp(twice / 2));
    }
}
