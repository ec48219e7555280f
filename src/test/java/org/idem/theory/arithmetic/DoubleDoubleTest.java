package org.idem.theory.arithmetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.apache.commons.numbers.core.DD;
import org.junit.jupiter.api.Test;

class DoubleDoubleTest {
    private static BigDecimal exact(DoubleDouble number) {
        return new BigDecimal(number.high()).add(new BigDecimal(number.low()));
    }

    private static DoubleDouble drawn(SplittableRandom random) {
        double high = Math.scalb(random.nextDouble() - 0.5, random.nextInt(-40, 40));
        return DoubleDouble.sum(high, Math.ulp(high) * (random.nextDouble() - 0.5));
    }

    @Test
    void sumsAndProductsKeepTheirBound() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 10_000; i++) {
            DoubleDouble a = drawn(random);
            DoubleDouble b = drawn(random);
            BigDecimal sizes = exact(a).abs().add(exact(b).abs());
            BigDecimal sum = exact(a).add(exact(b)).subtract(exact(a.plus(b))).abs();
            assertTrue(sum.compareTo(sizes.multiply(new BigDecimal(0x1p-100))) <= 0, a + " + " + b);
            BigDecimal product = exact(a).multiply(exact(b));
            BigDecimal missing = product.subtract(exact(a.times(b))).abs();
            assertTrue(missing.compareTo(product.abs().multiply(new BigDecimal(0x1p-100))) <= 0, a + " * " + b);
        }
    }

    /** A path that diverges passes through numbers whose splitting overflows; with the library's they would be NaN. */
    @Test
    void largeNumbersStayNumbers() {
        double large = Math.scalb(1.0, 1000);
        DoubleDouble here = DoubleDouble.of(large).times(DoubleDouble.of(3.3));
        assertEquals(0, new BigDecimal(large).multiply(new BigDecimal(3.3)).compareTo(exact(here)));
        assertTrue(Double.isNaN(DD.of(large).multiply(DD.of(3.3)).doubleValue()));
    }
}
