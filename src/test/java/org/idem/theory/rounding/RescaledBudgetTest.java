package org.idem.theory.rounding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Fcn;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.theory.BoundedOutputs;
import org.idem.theory.ClosedForm;
import org.idem.theory.DrawnProblem;
import org.junit.jupiter.api.Test;

/**
 * Inputs and targets times 2ᵏ with the learning rate times 4⁻ᵏ are the same training, to the bit: so are its budgets,
 * over the whole range of numbers that the program takes.
 */
class RescaledBudgetTest {
    private static final int[] EXPONENTS = {-199, -100, 60, 120, 200, 237};

    private static final LinearMethod[] METHODS = {
        LinearMethod.gradientDescent(1), new LinearMethod(1, 0.9, false, 0), new LinearMethod(1, 0.9, true, 0)
    };

    private static Array scaled(Array array, int exponent) {
        return Array.of(
                Arrays.stream(array.values())
                        .map(value -> Math.scalb(value, exponent))
                        .toArray(),
                array.shape());
    }

    private static LinearProblem problem(int examples, int exponent) {
        SplittableRandom random = new SplittableRandom(examples);
        Array inputs = DrawnProblem.uniform(random, examples, 5);
        return new LinearProblem(
                new Fcn(5, 3, false),
                scaled(inputs, exponent),
                scaled(DrawnProblem.uniform(random, examples, 3), exponent),
                DrawnProblem.uniform(random, 3, 5),
                null,
                Loss.HALF_SUM);
    }

    @Test
    void budgetsDoNotKnowTheUnitOfPixels() {
        Array tests = DrawnProblem.uniform(new SplittableRandom(5), 2, 5);
        for (int examples : new int[] {3, 9}) {
            ClosedForm plain = new ClosedForm(problem(examples, 0));
            for (int exponent : EXPONENTS) {
                ClosedForm form = new ClosedForm(problem(examples, exponent));
                for (LinearMethod method : METHODS) {
                    double rate = 1 / plain.largestCurvature();
                    LinearMethod optimizer = method.withLearningRate(rate);
                    LinearMethod rescaled = method.withLearningRate(Math.scalb(rate, -2 * exponent));
                    for (int steps : new int[] {1, 100}) {
                        BoundedOutputs expected = plain.afterSteps(optimizer, steps, Precision.FLOAT64, tests);
                        BoundedOutputs outputs = form.afterSteps(rescaled, steps, Precision.FLOAT64, tests);
                        assertEqual(expected, outputs, method + " 2^" + exponent);
                    }
                    BoundedOutputs expected = plain.inTheLimit(optimizer, 4096, Precision.FLOAT64, tests);
                    BoundedOutputs outputs = form.inTheLimit(rescaled, 4096, Precision.FLOAT64, tests);
                    assertEqual(expected, outputs, method + " 2^" + exponent + " in the limit");
                }
            }
        }
    }

    private static void assertEqual(BoundedOutputs expected, BoundedOutputs outputs, String what) {
        assertArrayEquals(expected.values().values(), outputs.values().values(), what);
        assertArrayEquals(expected.budget().values(), outputs.budget().values(), what);
        assertTrue(Arrays.stream(outputs.budget().values()).allMatch(Double::isFinite), what);
    }
}
