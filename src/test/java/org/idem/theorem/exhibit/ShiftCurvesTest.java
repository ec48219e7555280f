package org.idem.theorem.exhibit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.idem.array.Array;
import org.idem.image.GivenImages;
import org.idem.image.Image;
import org.idem.image.ImagePool;
import org.junit.jupiter.api.Test;

class ShiftCurvesTest {
    /** Of outputs of at most eight layers with 72 terms in a sum, and of sums over 36 shifts of 36 pixels. */
    private static final double ROUNDING = 1e-11;

    @Test
    void circularNetworksKeepTheBound() {
        ShiftCurves curves = new ShiftCurves(ImagePool.DRAWN, 1);
        for (List<ShiftCurve> task : List.of(curves.returning(), curves.memorising())) {
            for (ShiftCurve curve : task) {
                boolean free = curve.network().endsWith("zero padding");
                for (ShiftCurve.Row row : curve.rows()) {
                    assertEquals(free, Double.isNaN(row.predicted()));
                    if (!free) {
                        assertEquals(row.predicted(), row.measured(), ROUNDING * row.predicted(), curve.network());
                        assertTrue(row.measured() >= 1 - ROUNDING, curve.network());
                    }
                }
            }
        }
    }

    /** Who returns the image answers the shifts with themselves: ‖y − ȳ‖² twice. Who memorises answers grey. */
    @Test
    void trainingLeadsWhereTheTaskSays() {
        ShiftCurves curves = new ShiftCurves(ImagePool.DRAWN, 1);
        assertEquals(2, last(curves.returning().get(1)), 0.05);
        List<ShiftCurve> memorising = curves.memorising();
        assertEquals(1, last(memorising.get(0)), 0.02);
        ShiftCurve zeros = memorising.get(2);
        assertEquals("4 layers, zero padding", zeros.network());
        assertTrue(last(zeros) < 0.95, "the bound is that of circular padding: " + last(zeros));
    }

    private static double last(ShiftCurve curve) {
        return curve.rows().get(curve.rows().size() - 1).measured();
    }

    @Test
    void aFlatImageHasNoBound() {
        ImagePool flat = new GivenImages("flat", List.of(new Image("flat", Array.of(new double[36], 1, 6, 6))));
        assertThrows(IllegalArgumentException.class, () -> new ShiftCurves(flat, 1).memorising());
    }
}
