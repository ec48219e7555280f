package org.idem.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DecadesTest {
    private static Decades of(Double... numbers) {
        return Decades.of(Stream.of(numbers), number -> number);
    }

    @Test
    void holdsEveryPositiveNumberAboveItsLowerEdge() {
        Decades axis = of(0.02, 3.0, 0.0, Double.NaN, Double.POSITIVE_INFINITY);
        assertEquals(new Decades(-3, 1), axis);
        assertEquals(0.02, axis.place(0.02));
        assertEquals(axis.lower(), axis.place(0));
        assertEquals(axis.upper(), axis.place(Double.NaN));
        assertEquals(axis.upper(), axis.place(Double.POSITIVE_INFINITY));
    }

    @Test
    void isNeverEmptyOrEndless() {
        assertTrue(of().lower() < of().upper());
        assertTrue(of(1.0).lower() < of(1.0).upper());
        Decades wide = of(Double.MIN_VALUE, 1.0);
        assertTrue(wide.lower() > 0 && wide.labels().size() < 12);
        assertEquals(wide.lower(), wide.labels().get(0));
    }
}
