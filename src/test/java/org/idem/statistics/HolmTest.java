package org.idem.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HolmTest {
    @Test
    void stepsDown() {
        // in order 0.01, 0.0175, 0.02, 0.5: 4·0.01; 3·0.0175; 2·0.02 raised to the one before; 1·0.5
        assertArrayEquals(new double[] {0.5, 4 * 0.01, 3 * 0.0175, 3 * 0.0175}, Holm.adjust(0.5, 0.01, 0.02, 0.0175));
    }

    @Test
    void oneIsTheLargest() {
        assertArrayEquals(new double[] {1, 1, 0}, Holm.adjust(0.6, 1, 0));
        assertArrayEquals(new double[] {0.3}, Holm.adjust(0.3));
        assertEquals(0, Holm.adjust().length);
    }

    @Test
    void equalValuesStayEqual() {
        assertArrayEquals(new double[] {0.75, 0.75, 0.75}, Holm.adjust(0.25, 0.25, 0.25));
    }

    @Test
    void argumentIsKept() {
        double[] values = {0.25, 0.125};
        Holm.adjust(values);
        assertArrayEquals(new double[] {0.25, 0.125}, values);
    }

    @Test
    void badValuesAreRefused() {
        for (double bad : new double[] {Double.NaN, -0.1, 1.1}) {
            assertThrows(IllegalArgumentException.class, () -> Holm.adjust(0.5, bad));
        }
    }

    /** Three independent p-values, uniform on a grid of 1/40: the share with a rejection is at most the level. */
    @Test
    void familyWiseLevel() {
        int cells = 40;
        for (int level = 1; level < 20; level++) {
            int rejected = 0;
            for (int i = 1; i <= cells; i++) {
                for (int j = 1; j <= cells; j++) {
                    for (int k = 1; k <= cells; k++) {
                        double[] adjusted = Holm.adjust((double) i / cells, (double) j / cells, (double) k / cells);
                        double smallest = Math.min(adjusted[0], Math.min(adjusted[1], adjusted[2]));
                        rejected += smallest <= (double) level / cells ? 1 : 0;
                    }
                }
            }
            assertTrue(rejected <= level * cells * cells, "level " + level);
        }
    }
}
