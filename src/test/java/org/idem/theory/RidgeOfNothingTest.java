package org.idem.theory;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.junit.jupiter.api.Test;

class RidgeOfNothingTest {
    private static final double RATE = 4;

    private static final double DECAY = 0.25;

    private static final Array TESTS = Array.of(new double[] {0, 0, 1, 0.5}, 2, 2);

    private static final LinearProblem PROBLEM = new LinearProblem(
            new Fcn(2, 2, false),
            Array.zeros(1, 2),
            Array.zeros(1, 2),
            Array.of(new double[] {1, -0.5, 0.25, 2}, 2, 2),
            null,
            Loss.HALF_SUM);

    private static double ratioAfterOneStep(double decay) {
        LinearMethod claimed = new LinearMethod(RATE, 0, false, DECAY);
        ClosedForm form = new ClosedForm(PROBLEM);
        Array limit = form.outputs(form.parameters(claimed, new Horizon.Limit()), TESTS);
        Array budget = form.limitBudget(claimed, 1, Precision.FLOAT64, TESTS);
        Array trained = new DrawnProblem(PROBLEM, TESTS, Precision.FLOAT64)
                .trained(new LinearMethod(RATE, 0, false, decay), 1, false);
        return DrawnProblem.ratio(trained, limit, budget);
    }

    /** Rate times decay is 1, so one step reaches the limit, zero, and all that is left is rounding. */
    @Test
    void aBlankExampleLeavesABudgetThatNoticesTheLastBits() {
        assertTrue(ratioAfterOneStep(DECAY) <= 1);
        // weights end at −2⁻⁴⁶ of their start, 128 roundings away from zero
        double off = ratioAfterOneStep(DECAY * (1 + 0x1p-46));
        assertTrue(off > 1 && off < Double.POSITIVE_INFINITY, "ratio " + off);
    }
}
