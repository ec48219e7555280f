package org.idem.report.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {
    @Test
    void whatALogarithmLacksLiesBeyondTheEnds() {
        Axis axis = Axis.logarithmic(new double[] {0.02, 3, 0, Double.NaN, Double.POSITIVE_INFINITY}, 0);
        assertEquals("0", axis.below());
        assertEquals("not finite", axis.above());
        assertEquals(0.02, axis.place(0.02));
        assertEquals(3, axis.place(3));
        assertEquals(axis.lower(), axis.place(0));
        assertEquals(axis.upper(), axis.place(Double.NaN));
        assertEquals(axis.upper(), axis.place(Double.POSITIVE_INFINITY));
        assertTrue(axis.lower() < 0.02 && axis.upper() > 3, axis.toString());
    }

    @Test
    void beyondAnEndWithSmallNumbersStandsNoZero() {
        Axis wide = Axis.logarithmic(new double[] {Double.MIN_VALUE, 0, 1}, 0);
        assertEquals("<10⁻³⁰", wide.below());
        assertEquals(wide.lower(), wide.place(Double.MIN_VALUE));
    }

    @Test
    void strayNumbersDoNotStretchIt() {
        double[] numbers = DoubleStream.concat(
                        DoubleStream.of(1e-20, 1e9),
                        DoubleStream.iterate(1, one -> one * 1.01).limit(400))
                .toArray();
        Axis axis = Axis.logarithmic(numbers, 0.005);
        assertEquals("<1", axis.below());
        assertEquals(">100", axis.above());
        assertEquals(axis.lower(), axis.place(1e-20));
        assertEquals("", Axis.logarithmic(numbers, 0.005, 1e-20).below(), "what must be seen is not stray");
    }

    @Test
    void endsOfAShortAxisHaveShortLabels() {
        double[] numbers = DoubleStream.concat(
                        DoubleStream.of(-9, 9),
                        DoubleStream.iterate(-0.29, one -> one + 0.0058).limit(100))
                .toArray();
        Axis axis = Axis.linear(numbers, 0.05);
        assertEquals("<−0.3", axis.below());
        assertEquals(">0.3", axis.above());
    }

    @ParameterizedTest
    @CsvSource({
        "1e-25, 1e4, true, 10⁻²⁵ 10⁻²⁰ 10⁻¹⁵ 10⁻¹⁰ 10⁻⁵ 1",
        "1e-5, 1, true, 10⁻⁵ 10⁻⁴ 10⁻³ 10⁻² 10⁻¹ 1",
        "0.1, 1e5, true, 10⁻¹ 1 10 10² 10³ 10⁴ 10⁵",
        "0.003, 0.25, true, 0.005 0.01 0.02 0.05 0.1 0.2",
        "5e-5, 7e-4, true, 5×10⁻⁵ 10⁻⁴ 2×10⁻⁴ 5×10⁻⁴",
        "1, 900, true, '1 10 100 1,000'",
        "0, 12000, false, '0 5,000 10,000'",
        "0, 3e-4, false, 0 10⁻⁴ 2×10⁻⁴ 3×10⁻⁴",
        "0, 3e8, false, 0 10⁸ 2×10⁸ 3×10⁸",
        "0.31, 0.9, true, 0.4 0.6 0.8",
        "0.21, 0.85, true, 0.3 0.5 0.7",
        "0.9995, 1.0004, true, 0.9996 0.9998 1 1.0002 1.0004",
        "-3, 52, false, 0 20 40",
        "14.5, 33.2, false, 15 20 25 30"
    })
    void labelsAreTheNumbers(double from, double to, boolean logarithmic, String labels) {
        double[] ends = {from, to};
        Axis axis = logarithmic ? Axis.logarithmic(ends, 0) : Axis.linear(ends, 0);
        assertEquals(labels, String.join(" ", axis.labels()));
    }

    @Test
    void isNeverEmptyOrEndless() {
        for (double[] numbers : List.of(new double[0], new double[] {1}, new double[] {5, 5})) {
            for (Axis axis : List.of(Axis.logarithmic(numbers, 0), Axis.linear(numbers, 0))) {
                assertTrue(axis.lower() < axis.upper() && axis.ticks().size() > 1, axis.toString());
            }
        }
    }
}
