package org.idem.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.junit.jupiter.api.Test;

class CyclicFormTest {
    private static LinearMethod optimizer(SplittableRandom random, CyclicForm form, Precision precision) {
        double curvature = Math.max(form.largestCurvature(), 0x1p-10);
        return LinearMethod.gradientDescent(precision.round((0.1 + 1.8 * random.nextDouble()) / curvature));
    }

    @Test
    void noTrainingLeavesItsBudget() {
        for (long seed = 1; seed <= 400; seed++) {
            DrawnProblem drawn = DrawnProblem.of(seed, seed % 2 == 0);
            SplittableRandom random = new SplittableRandom(~seed);
            CyclicForm form = new CyclicForm(drawn.problem());
            LinearMethod optimizer = optimizer(random, form, drawn.precision());
            int steps = (int) Math.exp(random.nextDouble() * Math.log(2000)) - 1;
            drawn.assertStaysWithinBudgets("seed " + seed, form, optimizer, steps, true);
        }
    }

    /** Two examples (2, 0) and (1, 1), η = ¼, from zero: every number is a dyadic fraction, so nothing is rounded. */
    @Test
    void twoExamplesByHand() {
        Array inputs = Array.of(new double[] {2, 0, 1, 1}, 2, 2);
        Array targets = Array.of(new double[] {2, 4}, 2, 1);
        LinearProblem problem =
                new LinearProblem(new Fcn(2, 1, false), inputs, targets, Array.zeros(1, 2), null, Loss.HALF_SUM);
        CyclicForm form = new CyclicForm(problem);
        // (0,0) → (1,0) → (1.75,0.75) → (1,0.75) → (1.5625,1.3125)
        double[][] expected = {{0, 0}, {1, 0}, {1.75, 0.75}, {1, 0.75}, {1.5625, 1.3125}};
        for (int steps = 0; steps < expected.length; steps++) {
            DMatrixRMaj parameters = form.parameters(LinearMethod.gradientDescent(0.25), new Horizon.Steps(steps));
            // the span's basis is rounded: a few units in the last place of numbers below 2
            assertEquals(expected[steps][0], parameters.get(0, 0), 16 * 0x1p-52);
            assertEquals(expected[steps][1], parameters.get(0, 1), 16 * 0x1p-52);
        }
        DMatrixRMaj limit = form.parameters(LinearMethod.gradientDescent(0.25), new Horizon.Limit());
        assertEquals(1, limit.get(0, 0), 16 * 0x1p-52);
        assertEquals(3, limit.get(0, 1), 16 * 0x1p-52);
    }

    @Test
    void theLossScaleIsThatOfOneExample() {
        SplittableRandom random = new SplittableRandom(1);
        Array inputs = DrawnProblem.uniform(random, 3, 4);
        LinearProblem problem = new LinearProblem(
                new Fcn(4, 4, false), inputs, inputs, DrawnProblem.uniform(random, 4, 4), null, Loss.MEAN);
        double largest = 0;
        for (int i = 0; i < 3; i++) {
            largest = Math.max(largest, new ClosedForm(problem.onlyExample(i)).largestCurvature());
        }
        double found = new CyclicForm(problem).largestCurvature();
        // rounded upwards, by the measured misfit of a basis
        assertTrue(found >= largest && found <= (1 + 0x1p-40) * largest, "found " + found + " for " + largest);
    }

    @Test
    void inconsistentTargetsHaveNoLimit() {
        Array inputs = Array.of(new double[] {1, 1, 2, 2}, 2, 2);
        LinearProblem problem = new LinearProblem(
                new Fcn(2, 1, false), inputs, Array.of(new double[] {1, 3}, 2, 1), Array.zeros(1, 2), null, Loss.MEAN);
        CyclicForm form = new CyclicForm(problem);
        assertFalse(form.targetsAreConsistent());
        Array bound = form.truncation(LinearMethod.gradientDescent(0x1p-4), 1000, inputs);
        assertTrue(Arrays.stream(bound.values()).allMatch(value -> value == Double.POSITIVE_INFINITY));
        assertTrue(new CyclicForm(DrawnProblem.of(1, true).problem()).targetsAreConsistent());
    }

    @Test
    void orderAndFullBatchAreToldApart() {
        SplittableRandom random = new SplittableRandom(4);
        Array inputs = DrawnProblem.uniform(random, 2, 3);
        LinearProblem problem = new LinearProblem(
                new Fcn(3, 3, false), inputs, inputs, DrawnProblem.uniform(random, 3, 3), null, Loss.HALF_SUM);
        DrawnProblem drawn = new DrawnProblem(problem, inputs, Precision.FLOAT64);
        CyclicForm form = new CyclicForm(problem);
        LinearMethod optimizer = LinearMethod.gradientDescent(1 / form.largestCurvature());
        Array observed = drawn.trained(optimizer, 5, true);
        Array budget = form.budget(optimizer, 5, Precision.FLOAT64, inputs);
        Array late = form.outputs(form.parameters(optimizer, new Horizon.Steps(6)), inputs);
        ClosedForm full = new ClosedForm(problem);
        Array together = full.outputs(full.parameters(optimizer, new Horizon.Steps(5)), inputs);
        assertTrue(DrawnProblem.ratio(observed, late, budget) > 1);
        assertTrue(DrawnProblem.ratio(observed, together, budget) > 1);
    }

    @Test
    void momentumAndStepsThatExpandAreRefused() {
        CyclicForm form = new CyclicForm(DrawnProblem.of(1, true).problem());
        LinearMethod momentum = new LinearMethod(0.1, 0.5, false, 0);
        assertThrows(IllegalArgumentException.class, () -> form.parameters(momentum, new Horizon.Steps(1)));
        LinearMethod tooLong = LinearMethod.gradientDescent(2.5 / form.largestCurvature());
        Array tests = DrawnProblem.of(1, true).tests();
        Array budget = form.budget(tooLong, 2, Precision.FLOAT64, tests);
        assertTrue(Arrays.stream(budget.values()).allMatch(bound -> bound == Double.POSITIVE_INFINITY));
    }
}
