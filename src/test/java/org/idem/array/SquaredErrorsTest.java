package org.idem.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SquaredErrorsTest {

    @Test
    void sumsAreWithinTheirStatedError() {
        SplittableRandom random = new SplittableRandom();
        double[] values = random.doubles(300, -2, 2).toArray();
        double[] wanted = random.doubles(300, -2, 2).toArray();
        BigDecimal exact = BigDecimal.ZERO;
        for (int i = 0; i < 200; i++) {
            BigDecimal difference = new BigDecimal(values[7 + i]).subtract(new BigDecimal(wanted[50 + i]));
            exact = exact.add(difference.multiply(difference));
        }
        double sum = SquaredErrors.sum(values, 7, wanted, 50, 200);
        // 202 roundings, and as many of second order as the last unit holds
        BigDecimal allowed = exact.multiply(new BigDecimal(203 * 0x1p-53));
        assertTrue(new BigDecimal(sum).subtract(exact).abs().compareTo(allowed) <= 0);
    }

    @Test
    void meansDivideByAllNumbers() {
        Array values = Array.of(new double[] {1, 2, 3, 4}, 1, 4);
        Array wanted = Array.of(new double[] {1, 4, 3, 0}, 1, 1, 2, 2);
        assertEquals(5, SquaredErrors.mean(values, wanted));
        assertEquals(0, SquaredErrors.mean(values, values));
    }

    @Test
    void noNumbersSumToZeroAndHaveNoMean() {
        assertEquals(0, SquaredErrors.sum(new double[0], 0, new double[0], 0, 0));
        assertTrue(Double.isNaN(SquaredErrors.mean(Array.zeros(0, 3), Array.zeros(0, 3))));
    }

    @Test
    void arraysOfOtherLengthsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> SquaredErrors.mean(Array.zeros(1, 3), Array.zeros(1, 4)));
    }

    @Test
    void numbersThatAreNoneShow() {
        assertTrue(Double.isNaN(SquaredErrors.sum(new double[] {Double.NaN}, 0, new double[] {0}, 0, 1)));
        assertEquals(
                Double.POSITIVE_INFINITY,
                SquaredErrors.sum(new double[] {Double.NEGATIVE_INFINITY}, 0, new double[] {0}, 0, 1));
    }
}
