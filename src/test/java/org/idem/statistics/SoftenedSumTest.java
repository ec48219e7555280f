package org.idem.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SoftenedSumTest {
    /** mpmath 1.3.0: log(1 + t + t²/2). */
    @Test
    void influences() {
        assertEquals(0, SoftenedSum.influence(0));
        assertEquals(0.91629073187415507, SoftenedSum.influence(1), 0x1p-52);
        assertEquals(-0.91629073187415507, SoftenedSum.influence(-1), 0x1p-52);
        assertEquals(3.9219733362813141, SoftenedSum.influence(9), 0x1p-50);
        // twice a logarithm that is right to 2⁻⁴⁴, and a rounding of 2⁻⁴⁴ here and there
        assertEquals(920.3408900170583, SoftenedSum.influence(1e200), 0x1p-42);
        assertEquals(Double.NEGATIVE_INFINITY, SoftenedSum.influence(Double.NEGATIVE_INFINITY));
        assertTrue(Double.isNaN(SoftenedSum.influence(Double.NaN)));
    }

    @Test
    void pValuesAndMarginsBelongTogether() {
        SoftenedSum sum = new SoftenedSum();
        assertEquals(1, sum.pValue());
        for (int i = 0; i < 100; i++) {
            sum.add(0.5, 0.01);
        }
        double p = sum.pValue();
        // the exponent of p is below 64, so a rounding of it is at most 2⁻⁴⁸, as is one of the margin's sum; log(2/p)
        // is
        // right to 2⁻⁴⁷, and p itself and 2/p change it by at most 2⁻⁵⁰
        assertEquals(sum.sum(), sum.margin(p), 0x1p-48 + 0x1p-48 + 0x1p-47 + 0x1p-50);
        // 100 additions below 64, and 100 times the roundings of two logarithms below 1 here and there, 2⁻⁵⁰ together,
        // are in the exponent; the exponential is right to 2⁻⁵² here and there
        double exponents = 100 * 0x1p-48 + 100 * 0x1p-50 + 0x1p-47;
        assertEquals(2 * Math.exp(100 * (Math.log(1.005) - Math.log(1.625))), p, (exponents + 0x1p-51) * p);
        sum.add(Double.POSITIVE_INFINITY, 1);
        assertEquals(0, sum.pValue());
        assertThrows(IllegalArgumentException.class, () -> sum.add(1, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> sum.margin(0));
    }

    @Test
    void chebyshev() {
        assertEquals(0.25, SoftenedSum.single(2, 1));
        assertEquals(1, SoftenedSum.single(0.5, 1));
        assertEquals(1, SoftenedSum.single(0, 0));
        assertEquals(0, SoftenedSum.single(1, 0));
    }

    /**
     * Values of finite variance and no fourth moment: signs times u^(−1/3), of variance 3. In 4,000 runs p-values below
     * 1/100 must not come more often than 1 in 100, up to a chance of 1e-9; wrong means are seen.
     */
    @Test
    void falseAlarmsAreAsRareAsDeclared() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        int alarms = 0;
        int seen = 0;
        for (int run = 0; run < 4000; run++) {
            SoftenedSum right = new SoftenedSum();
            SoftenedSum wrong = new SoftenedSum();
            double weight = Math.sqrt(2 * Math.log(100) / (3 * 200));
            for (int i = 0; i < 200; i++) {
                double size = Math.pow(1 - random.nextDouble(), -1.0 / 3);
                double value = random.nextBoolean() ? size : -size;
                right.add(weight * value, 3 * weight * weight);
                wrong.add(weight * (value - 1), 3 * weight * weight);
            }
            alarms += right.pValue() < 0.01 ? 1 : 0;
            seen += wrong.pValue() < 0.01 ? 1 : 0;
        }
        assertTrue(BinomialTail.atLeast(alarms, 4000, 0.01) > 1e-9, alarms + " alarms, seed " + seed);
        assertTrue(seen > 3600, seen + " of 4000 wrong means seen, seed " + seed);
    }
}
