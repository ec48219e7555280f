package org.idem.theory.path;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.idem.theory.TinyProblem;
import org.junit.jupiter.api.Test;

/** Steps φ → φ − ⅛(2φ − 6)·2 = φ/2 + 3/2 of one number, and their errors by proofs/rounding.md, §8. */
class AffinePowerTest {
    private static final double UNIT = 0x1p-53;
    private static final double PULL = gamma(10) * 0.125 * 2;

    private static double gamma(int operations) {
        return operations * UNIT / (1 - operations * UNIT);
    }

    private static AffinePower steps(int count) {
        AffinePower map = AffinePower.identity(1, 1);
        for (int i = 0; i < count; i++) {
            map.step(0.125, TinyProblem.matrix(2), TinyProblem.matrix(6));
        }
        return map;
    }

    private static void assertError(
            double linear, double shift, double linearError, double shiftError, AffinePower map) {
        assertEquals(linear + linearError, map.largestNorm(), 0x1p-53);
        double expected =
                0.5 * (linear + linearError) + 7.5 * linearError + shiftError + gamma(2) * (7 * linear + shift);
        assertEquals(expected, map.error(0, 7, 0.5), 0x1p-53 * expected);
        double exact = 7 * linearError + shiftError + gamma(2) * (7 * linear + shift);
        assertEquals(exact, map.error(0, 7, 0), 0x1p-48 * exact);
    }

    @Test
    void everyStepAddsItsRounding() {
        double first = PULL * 2 + UNIT;
        double ofShift = PULL * (6 + 6);
        assertError(0.5, 1.5, first, ofShift, steps(1));
        double second = first + PULL * 2 * 0.5 + UNIT * 0.5;
        assertError(0.25, 2.25, second, ofShift + PULL * (2 * 1.5 + 6 + 3) + 2 * UNIT * 1.5, steps(2));
    }

    @Test
    void compositionsPassErrorsOn() {
        double linear = PULL * 2 + UNIT;
        double shift = PULL * (6 + 6);
        double size = 0.5 + linear;
        assertError(
                0.25,
                2.25,
                linear * (size + linear) + size * linear + gamma(2) * 0.25,
                shift * size + (1.5 + shift) * linear + shift + gamma(2) * (1.5 * 0.5 + 1.5),
                steps(1).then(steps(1)));
    }

    /** From 1 the distance to 3 is halved by every step. */
    @Test
    void powersAreThatManySteps() {
        for (int count = 0; count < 12; count++) {
            double expected = 3 - 2 * Math.pow(2, -count);
            assertEquals(
                    expected, steps(1).power(count).of(TinyProblem.matrix(1)).get(0));
            assertEquals(expected, steps(count).of(TinyProblem.matrix(1)).get(0));
        }
        assertEquals(1, AffinePower.identity(1, 1).largestNorm());
    }
}
