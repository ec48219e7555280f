package org.idem.theorem.exhibit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.List;
import org.idem.image.ImagePool;
import org.junit.jupiter.api.Test;

class StrengthCurvesTest {
    /** Learning rate times curvature of one layer, and the singular value at the start. */
    private static final double RATE = 0.02;

    private static final double START = 0.02;
    /** Each of 300 steps rounds sums of some hundred products, in up to ten layers; no path enlarges errors as much. */
    private static final double ROUNDING = 300 * 10 * 100 * 0x1p-53;

    private final long seed = new SecureRandom().nextLong();
    private final StrengthCurves curves = new StrengthCurves(ImagePool.DRAWN, seed);

    @Test
    void networksFollowTheirRecursion() {
        int[] depths = {1, 2, 3, 5, 10};
        List<StrengthCurve> all = curves.byDepth();
        assertEquals(depths.length, all.size());
        for (int i = 0; i < depths.length; i++) {
            StrengthCurve curve = all.get(i);
            double each = Math.pow(START, 1.0 / depths[i]);
            for (int step = 0; step < curve.predicted().size(); step++) {
                double product = Math.pow(each, depths[i]);
                assertEquals(product, curve.predicted().get(step), ROUNDING, curve.series());
                each -= RATE * (product - 1) * product / each;
            }
            assertTrue(curve.predicted().get(300) > 0.99, curve.series() + " learns");
            assertTrue(curve.largestDifference() < ROUNDING, "seed " + seed + ", " + curve.series());
            assertNotEquals(curve.predicted(), curve.trained(), "trained values are measured");
        }
    }

    /** One layer errs by (1 − p)(1 − r)^t. */
    @Test
    void oneLayerIsAGeometricSeries() {
        StrengthCurve curve = curves.byDepth().get(0);
        for (int step : new int[] {0, 1, 100, 300}) {
            assertEquals(
                    1 - (1 - START) * Math.pow(1 - RATE, step), curve.trained().get(step), ROUNDING);
        }
    }

    /** Steps of a small size nearly keep the differences of squares, and the product tends to 1. */
    @Test
    void layersKeepTheirDifferencesOfSquares() {
        List<StrengthCurve> layers = curves.byLayer();
        double product = 1;
        for (StrengthCurve layer : layers) {
            product *= layer.trained().get(300);
            assertTrue(layer.largestDifference() < ROUNDING, "seed " + seed);
            assertEquals(
                    square(layer.trained().get(0))
                            - square(layers.get(0).trained().get(0)),
                    square(layer.trained().get(300))
                            - square(layers.get(0).trained().get(300)),
                    RATE,
                    layer.series());
        }
        assertEquals(1, product, 1e-2);
    }

    private static double square(double number) {
        return number * number;
    }

    @Test
    void eachPredictionNeedsATraining() {
        assertThrows(
                IllegalArgumentException.class, () -> new StrengthCurve("a", "b", List.of(1.0, 2.0), List.of(1.0)));
    }
}
