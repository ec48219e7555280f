package org.idem.wording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0",
        "-0.0, 0, 0, 0",
        "5.0E-4, 0.0005, 0.0005, 0.0005",
        "0.28750442792249575, 0.2875, 0.2876, 0.28750442792249575",
        "254.62458240392564, 254.6, 254.7, 254.62458240392564",
        "12345.6, 12346, 12346, 12345.6",
        "8.07807565009449E-12, 8.078e-12, 8.079e-12, 8.07807565009449e-12",
        "1.0E-12, 1e-12, 1e-12, 1e-12",
        "9999999.5, 1e7, 1e7, 9999999.5",
        "1.0E300, 1e300, 1e300, 1e300",
        "-0.125, -0.125, -0.125, -0.125",
        "Infinity, Infinity, Infinity, Infinity",
        "NaN, NaN, NaN, NaN"
    })
    void fewDigits(double number, String brief, String atMost, String full) {
        assertEquals(brief, Decimals.brief(number));
        assertEquals(atMost, Decimals.atMost(number));
        assertEquals(full, Decimals.full(number));
    }

    @Test
    void boundsStayBoundsAndFullNumbersStayThemselves() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 10_000; i++) {
            double number = Math.abs(Double.longBitsToDouble(random.nextLong()));
            if (Double.isFinite(number)) {
                assertTrue(Double.parseDouble(Decimals.atMost(number)) >= number);
                assertEquals(number, Double.parseDouble(Decimals.full(number)));
            }
        }
    }

    @Test
    void settingsCanBeGivenAgain() {
        assertEquals("0.01", Decimals.setting(BigDecimal.valueOf(0.01)));
        assertEquals("0.015625", Decimals.setting(BigDecimal.valueOf(0.015625)));
        assertEquals(
                "4.903e-5 (in full 4.902736249165803e-5)", Decimals.setting(BigDecimal.valueOf(4.902736249165803E-5)));
    }
}
