package org.idem.theory.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrengthFlowTest {
    /**
     * Made with mpmath 1.3.0 at 40 digits: {@code quad(lambda x: 1/(x**(L-1)*(1-x**L)), [start, q])} is the time, and q
     * was found by bisection of log|1 − q|; rate 1.
     */
    @ParameterizedTest
    @CsvSource({
        "1, 0.5, 0.75, 0.76381672362949264643",
        "2, 0.25, 1.5, 0.75661972537991544783",
        "2, 1.25, 0.5, 1.0736170222934476003",
        "3, 0.5, 1.0, 0.78802347593091235947",
        "3, 1.375, 0.125, 1.1755152247812405481",
        "4, 0.625, 0.75, 0.82371828892823280716",
        "4, 1.25, 0.125, 1.0947089332597324926",
        "5, 0.75, 0.5, 0.88769728497601092504",
        "7, 0.75, 0.25, 0.79405634331067846446",
        "10, 0.875, 0.25, 0.93819930428070581405",
        "20, 0.9375, 0.0625, 0.95185295302475758677",
        "20, 1.0625, 0.03125, 1.0142413286608321306",
        "3, 0.0625, 2.0, 0.071425521259572367358",
        "6, 0.5, 3.0, 0.68771560117632137703",
        "4, 0.5, 3.0, 0.99852262242409710742"
    })
    void agreesWithAQuadratureOfFortyDigits(int depth, double start, double time, double expected) {
        double seen = new StrengthFlow(depth, 1).after(start, time);
        assertEquals(expected, seen, StrengthFlow.RELATIVE_ERROR * expected);
    }

    @Test
    void theClosedFormOfFourLayersIsTheQuadrature() {
        // the time of L = 4 from its formula against the sum of times over short ways, which only quadrature knows
        StrengthFlow flow = new StrengthFlow(4, 2);
        assertEquals(flow.duration(0.6, 0.9), flow.duration(0.6, 0.75) + flow.duration(0.75, 0.9), 0x1p-48);
        assertEquals(0, flow.duration(0.6, 0.6));
    }

    @Test
    void atTheTargetNothingMoves() {
        assertEquals(1, new StrengthFlow(3, 1).after(1, 5));
        assertEquals(0.5, new StrengthFlow(3, 1).after(0.5, 0));
        assertEquals(1, new StrengthFlow(3, 1).after(0.5, 1e6));
        // q̇ = q¹⁸(1 − q¹⁹): within 0.07 units of time q moves by 2e-17
        assertEquals(0.135, new StrengthFlow(19, 1).after(0.135, 0.07), Math.ulp(0.135));
        assertEquals(1, new StrengthFlow(7, 1).after(1.25, 1e6));
        assertTrue(new StrengthFlow(2, 1).after(1.25, 1) > 1);
    }

    /** Next to 1 a distance has few digits, and times between those of two neighbours have no double of their own. */
    @ParameterizedTest
    @CsvSource({"3, 0.99", "3, 1.001", "4, 0.98908", "4, 0.9999", "4, 1.0625", "7, 0.999", "20, 0.99", "20, 1.0005"})
    void strengthsNextToTheTargetAreFound(int depth, double start) {
        StrengthFlow flow = new StrengthFlow(depth, 1);
        double side = Math.signum(1 - start);
        for (int steps = 3; steps <= 256; steps++) {
            double end = 1 - side * steps * 0x1p-53;
            double time = flow.duration(start, end);
            double longer = flow.duration(start, end + side * 0x1p-53) - time;
            for (double share = 0; share < 1; share += 0x1p-3) {
                assertEquals(end, flow.after(start, time + share * longer), StrengthFlow.RELATIVE_ERROR);
            }
        }
    }

    @Test
    void whatIsNoFlowIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new StrengthFlow(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new StrengthFlow(2, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new StrengthFlow(2, 1).after(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new StrengthFlow(2, 1).after(0.5, -1));
    }
}
