package org.idem.theory;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Fcn;
import org.idem.network.Loss;
import org.idem.network.Optimizer;
import org.idem.network.TrainingProblem;
import org.junit.jupiter.api.Test;

class RidgeOfNothingTest {
    @Test
    void aBlankExampleLeavesAFiniteBudget() {
        Array blank = Array.zeros(1, 2);
        Array weights = Array.of(new double[] {1, -0.5, 0.25, 2}, 2, 2);
        TrainingProblem problem = new TrainingProblem(new Fcn(2, 2, false), blank, blank, weights, null, Loss.HALF_SUM);
        Optimizer decaying = new Optimizer(4, 0, false, 0.25);
        Array tests = Array.of(new double[] {0, 0, 1, 0.5}, 2, 2);
        for (double budget : new ClosedForm(problem)
                .limitBudget(decaying, 1, Precision.FLOAT64, tests)
                .values()) {
            assertTrue(budget >= 0 && budget < 1e-13, "got " + budget);
        }
    }
}
