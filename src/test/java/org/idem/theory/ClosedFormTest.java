package org.idem.theory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.theory.path.Coefficients;
import org.junit.jupiter.api.Test;

class ClosedFormTest {
    private static LinearProblem problem(int size, double[] inputs, double[] targets, double[] weights) {
        return new LinearProblem(
                new Fcn(size, 1, false),
                Array.of(inputs, targets.length, size),
                Array.of(targets, targets.length, 1),
                Array.of(weights, 1, size),
                null,
                Loss.HALF_SUM);
    }

    /** λ = 4 and η = ⅛ halve the error in every step; the numbers of steps tried are 1, 2, 3, 5, 8, 12, … */
    @Test
    void stepsUntilTheErrorIsSmallEnough() {
        ClosedForm form = new ClosedForm(problem(2, new double[] {2, 0}, new double[] {1}, new double[] {0, 1}));
        LinearMethod optimizer = LinearMethod.gradientDescent(0.125);
        assertEquals(1, form.stepsTo(0.5, optimizer, 100));
        assertEquals(3, form.stepsTo(0.125, optimizer, 100));
        assertEquals(5, form.stepsTo(0.124, optimizer, 100));
        assertEquals(12, form.stepsTo(0x1p-9, optimizer, 100));
        assertEquals(8, form.stepsTo(0x1p-9, optimizer, 5));
        assertEquals(3, form.stepsTo(0x1p-9, optimizer, 2));
        // with decay ½ the null mode is the slowest: 15/16 in each step
        LinearMethod decaying = new LinearMethod(0.125, 0, false, 0.5);
        int steps = form.stepsTo(0.5, decaying, 100);
        assertTrue(steps >= 11 && steps < 18, "steps " + steps);
        assertEquals(4, form.largestCurvature());
    }

    /** λ = 4 and η = ¼: the heavy ball is at the limit after one step, and flies on by √½ in each. */
    @Test
    void aModeThatSwingsThroughItsLimitHasNotArrived() {
        ClosedForm form = new ClosedForm(problem(2, new double[] {2, 0}, new double[] {1}, new double[] {0, 1}));
        LinearMethod heavyBall = new LinearMethod(0.25, 0.5, false, 0);
        assertEquals(1, form.stepsTo(0x1p-20, heavyBall, 1000));
        int steps = form.stepsToStay(0x1p-20, heavyBall, 1000);
        assertTrue(steps >= 36 && steps < 90, "steps " + steps);
        assertEquals(1, form.stepsToStay(0x1p-20, LinearMethod.gradientDescent(0.25), 1000));
    }

    /** η = ⅛ on the design (2): θ_t = 3 − 2·2⁻ᵗ; with decay 1 the fixed point is 12/5, the factor 3/8. */
    @Test
    void oneWeight() {
        ClosedForm form = new ClosedForm(problem(1, new double[] {2}, new double[] {6}, new double[] {1}));
        LinearMethod optimizer = LinearMethod.gradientDescent(0.125);
        LinearMethod decaying = new LinearMethod(0.125, 0, false, 1);
        for (int steps = 0; steps < 5; steps++) {
            Horizon horizon = new Horizon.Steps(steps);
            assertEquals(
                    3 - 2 * Math.pow(2, -steps),
                    form.parameters(optimizer, horizon).get(0),
                    0x1p-50);
            double expected = 2.4 - 1.4 * Math.pow(0.375, steps);
            assertEquals(expected, form.parameters(decaying, horizon).get(0), 0x1p-50);
        }
        assertEquals(3, form.parameters(optimizer, new Horizon.Limit()).get(0), 0x1p-50);
        assertEquals(2.4, form.parameters(decaying, new Horizon.Limit()).get(0), 0x1p-50);
    }

    /** x = (3, 4), y = 11, θ_0 = (1, −2): only along x does anything move, until θ·x = 11. */
    @Test
    void oneExample() {
        ClosedForm form = new ClosedForm(problem(2, new double[] {3, 4}, new double[] {11}, new double[] {1, -2}));
        LinearMethod optimizer = LinearMethod.gradientDescent(0.02);
        // (11 + 5)/25 of x in the limit, half of it after one step
        assertParameters(1 + 0.64 * 3, -2 + 0.64 * 4, form.parameters(optimizer, new Horizon.Limit()));
        assertParameters(1 + 0.32 * 3, -2 + 0.32 * 4, form.parameters(optimizer, new Horizon.Steps(1)));
        // decay 1: one step (1 − η)θ_0 − η(−16)x, and ridge regression 11/26·x
        LinearMethod decaying = new LinearMethod(0.02, 0, false, 1);
        assertParameters(0.98 + 0.32 * 3, -1.96 + 0.32 * 4, form.parameters(decaying, new Horizon.Steps(1)));
        assertParameters(33 / 26.0, 44 / 26.0, form.parameters(decaying, new Horizon.Limit()));
    }

    private static void assertParameters(double first, double second, DMatrixRMaj parameters) {
        assertEquals(first, parameters.get(0, 0), 0x1p-48);
        assertEquals(second, parameters.get(0, 1), 0x1p-48);
    }

    /** 1030 inputs of 4096 numbers are worked on in two parts, and each part finds its place. */
    @Test
    void manyInputsAreWorkedOnInParts() {
        int size = 4096;
        double[] input = new double[size];
        double[] weights = new double[size];
        for (int i = 0; i < size; i++) {
            input[i] = i % 3 == 0 ? 0x1p-6 : 0;
            weights[i] = i % 5;
        }
        ClosedForm form = new ClosedForm(problem(size, input, new double[] {1}, weights));
        LinearMethod optimizer = LinearMethod.gradientDescent(1);
        DMatrixRMaj parameters = form.parameters(optimizer, new Horizon.Steps(2));
        Array tests = Array.zeros(1030, size);
        for (int test = 0; test < 1030; test++) {
            tests.values()[test * size + test] = 1;
            tests.values()[test * size + 3] = test;
        }
        double[] together = form.outputs(parameters, tests).values();
        double[] budgets = form.budget(optimizer, 2, Precision.FLOAT32, tests).values();
        for (int test : new int[] {0, 3, 1023, 1024, 1029}) {
            assertEquals(parameters.get(test) * (test == 3 ? 0 : 1) + parameters.get(3) * test, together[test], 1e-12);
            Array alone = tests.slices(test, test + 1);
            assertArrayEquals(
                    new double[] {together[test]},
                    form.outputs(parameters, alone).values());
            // a bound for one input is sharper than one shared by all
            double own = form.budget(optimizer, 2, Precision.FLOAT32, alone).values()[0];
            assertTrue(own <= budgets[test] * (1 + 0x1p-20) && budgets[test] < 3 * own, own + " " + budgets[test]);
        }
    }

    /** The flow from 1 to 3 along λ = 4, extrapolated from one run: its truncation is nearly all of the budget. */
    @Test
    void gradientFlowOfOneWeight() {
        FlowForm flow = new FlowForm(problem(1, new double[] {2}, new double[] {6}, new double[] {1}));
        Array tests = Array.of(new double[] {5, 0}, 2, 1);
        double expected = 5 * (3 - 2 * Math.exp(-4 * 0.125));
        assertEquals(expected, flow.outputs(0.125, tests).values()[0], 0x1p-48);
        assertEquals(0, flow.outputs(0.125, tests).values()[1]);
        for (int runs = 1; runs <= 3; runs++) {
            double truncation = 10 * Extrapolation.truncation(0.5, 4, runs);
            Array budget = flow.budget(0.125, 4, runs, Precision.FLOAT64, tests);
            // budgets are widened by 2⁻²⁰ for their own rounding
            assertEquals(truncation * (1 + 0x1p-20), budget.values()[0], 0x1p-38);
        }
        // x = (3, 4): the error −16 falls by exp(−25τ)
        FlowForm example = new FlowForm(problem(2, new double[] {3, 4}, new double[] {11}, new double[] {1, -2}));
        Array input = Array.of(new double[] {3, 4, 4, -3}, 2, 2);
        assertEquals(11 - 16 * Math.exp(-1), example.outputs(0.04, input).values()[0], 0x1p-46);
        assertEquals(10, example.outputs(0.04, input).values()[1], 0x1p-46);
        assertEquals(-7, Coefficients.flowFactor(7, 0));
        double truncation = 16 * Extrapolation.truncation(1, 4, 2) * (1 + 0x1p-20);
        assertEquals(
                truncation, example.budget(0.04, 4, 2, Precision.FLOAT64, input).values()[0], 0x1p-36);
    }
}
