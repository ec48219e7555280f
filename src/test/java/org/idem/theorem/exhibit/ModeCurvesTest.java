package org.idem.theorem.exhibit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.List;
import org.idem.image.ImagePool;
import org.junit.jupiter.api.Test;

class ModeCurvesTest {
    /** Each of 300 steps rounds sums of some hundred products, in three layers; no path enlarges errors as much. */
    private static final double ROUNDING = 300 * 3 * 100 * 0x1p-53;

    private final long seed = new SecureRandom().nextLong();

    /** Each mode by its own recursion, written out; the first learns, that of no image stays. */
    @Test
    void modesFollowTheirOwnRecursion() {
        List<StrengthCurve> curves = new ModeCurves(ImagePool.DRAWN, seed).modes();
        assertEquals(5, curves.size());
        for (StrengthCurve curve : curves) {
            assertTrue(curve.largestDifference() < ROUNDING, "seed " + seed + ", " + curve.series());
            assertNotEquals(curve.predicted(), curve.trained(), "trained values are measured");
        }
        double each = Math.cbrt(0.02);
        StrengthCurve first = curves.get(0);
        for (double predicted : first.predicted()) {
            double product = each * each * each;
            assertEquals(product, predicted, ROUNDING);
            each -= 0.25 * (product - 1) * each * each;
        }
        StrengthCurve unseen = curves.get(4);
        assertEquals(unseen.predicted().get(0), unseen.predicted().get(300));
        assertTrue(first.trained().get(300) > 0.99);
    }

    /** Short steps stay near the flow, and yet a step's length away from it. */
    @Test
    void descentNearsTheFlow() {
        for (StrengthCurve curve : new StrengthCurves(ImagePool.DRAWN, seed).flowing()) {
            double length = 0.02 / 4;
            double off = curve.largestDifference();
            assertTrue(off < 4 * length && off > length / 100, curve.series() + " is off by " + off);
        }
    }
}
