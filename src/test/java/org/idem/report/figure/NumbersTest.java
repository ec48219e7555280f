package org.idem.report.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1, 1",
        "12.345, 12.3",
        "0.0123, 0.0123",
        "-0.25, −0.25",
        "4567.4, '4,567'",
        "99999.9, '100,000'",
        "123456, 1.23×10⁵",
        "1e-7, 10⁻⁷",
        "0.99999, 1",
        "-1.5e-15, −1.5×10⁻¹⁵",
        "4.9e-324, 4.94×10⁻³²⁴",
        "NaN, not a number",
        "Infinity, ∞",
        "-Infinity, −∞"
    })
    void readsWell(double number, String words) {
        assertEquals(words, Numbers.brief(number));
    }
}
