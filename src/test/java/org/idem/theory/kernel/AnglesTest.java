package org.idem.theory.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Arcs against the library's arctangent of half the angle, within the bounds of proofs/kernel.md. */
class AnglesTest {
    private static final int COUNT = 100_001;
    private static final double UNIT = 0x1p-53;
    /** Bound of an arc, in units. */
    private static final double BUDGET = 10;

    /** Multiples of 2⁻⁵⁰ from −1 to 1, denser near both ends. */
    private static double[] cosines() {
        double[] cosines = new double[COUNT];
        for (int i = 0; i < COUNT; i++) {
            cosines[i] = Math.rint(0x1p50 * Math.sin(Math.PI * (i / (COUNT - 1.0) - 0.5))) * 0x1p-50;
        }
        return cosines;
    }

    @Test
    void arcsKeepTheirBound() {
        double[] cosines = cosines();
        double[] arcs = new double[COUNT];
        double[] bends = new double[COUNT];
        Angles.arcs(COUNT, cosines, 1, arcs, bends);
        double worst = 0;
        for (int i = 0; i < COUNT; i++) {
            double t = Math.abs(cosines[i]);
            double sine = Math.sqrt((1 - t) * (1 + t));
            double expected = 2 * StrictMath.atan2(Math.sqrt(1 - t), Math.sqrt(1 + t));
            // the library's arctangent is off by two units in the last place, its arguments by half of one
            double budget = BUDGET * UNIT + 6 * UNIT * expected;
            assertEquals(expected, arcs[i], budget, "arc of " + t);
            assertEquals(sine - t * expected, bends[i], budget + 4 * UNIT, "bend of " + t);
            worst = Math.max(worst, Math.abs(arcs[i] - expected) / budget);
        }
        assertTrue(worst > 0.05, "a budget of " + 1 / worst + " times the error tells nothing");
    }

    @Test
    void arcsinesKeepTheirRelativePrecision() {
        double[] sines = cosines();
        for (int i = 0; i < 300; i++) {
            sines[COUNT / 2 + i] = Math.scalb(0.7, -i);
        }
        double[] results = new double[COUNT];
        for (int i = 0; i < COUNT; i++) {
            results[i] = Math.sqrt((1 - Math.abs(sines[i])) * (1 + Math.abs(sines[i])));
        }
        Angles.others(COUNT, sines, results);
        Angles.arcsines(COUNT, sines, results);
        for (int i = 0; i < COUNT; i++) {
            double r = sines[i];
            double expected = StrictMath.atan2(r, Math.sqrt((1 - r) * (1 + r)));
            assertEquals(expected, results[i], 40 * UNIT * Math.abs(expected), "arcsine of " + r);
        }
    }

    @Test
    void cosinesOfNothingAreZero() {
        double[] cosines = new double[3];
        double[] sizes = new double[3];
        double[] flags = new double[3];
        double[] roots = {0, 0.3, 5};
        Angles.cosines(3, new double[] {0, 0.3 * 0.3, -24.9999}, roots, roots, sizes, cosines, flags, 0x1p-12);
        assertEquals(0, cosines[0]);
        assertEquals(1, cosines[1]);
        assertEquals(-24.9999 / 25, cosines[2], 0x1p-50);
        assertEquals(0, flags[0]);
        assertEquals(1, flags[1]);
        assertEquals(1, flags[2]);
    }
}
