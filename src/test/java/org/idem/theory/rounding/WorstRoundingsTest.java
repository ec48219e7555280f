package org.idem.theory.rounding;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.theory.BoundedOutputs;
import org.idem.theory.ClosedForm;
import org.idem.theory.CyclicForm;
import org.idem.theory.DecimalTraining;
import org.junit.jupiter.api.Test;

/**
 * Budgets hold for any roundings within the unit, so for those that an adversary would choose, too: tiny problems are
 * trained with 60 digits, every operation wrong by the whole unit in the direction that hurts most. Real roundings
 * cancel; these do not, and use most of the budget.
 */
class WorstRoundingsTest {
    private final long seed = new SplittableRandom().nextLong();
    private final SplittableRandom random = new SplittableRandom(seed);

    private Array drawn(Precision precision, int... shape) {
        Array array = Array.zeros(shape);
        for (int i = 0; i < array.length(); i++) {
            array.values()[i] = (random.nextBoolean() ? 1 : -1) * random.nextDouble(0.25, 1);
        }
        return array.rounded(precision);
    }

    private LinearProblem problem(Precision precision, int examples, int inputs, Loss loss) {
        return new LinearProblem(
                new Fcn(inputs, 1, false),
                drawn(precision, examples, inputs),
                drawn(precision, examples, 1),
                drawn(precision, 1, inputs),
                null,
                loss);
    }

    private static double ratio(BigDecimal worst, Array predicted, Array budget) {
        BigDecimal difference = worst.subtract(new BigDecimal(predicted.values()[0]));
        return Math.abs(difference.doubleValue()) / budget.values()[0];
    }

    /**
     * In float32, where the prediction's own rounding is nothing beside that of the training, half of the budget would
     * not do. Each of the twelve kinds of draws was drawn 120 times for each of six methods: the shares of draws that
     * use less than half multiply to 1e-12 at most, so a run takes half for enough with probability below 1e-11.
     */
    private void assertSharp(Precision precision, double largest, String what) {
        if (precision == Precision.FLOAT32) {
            assertTrue(largest > 0.5, what + ", seed " + seed + ": at most " + largest + " of the budget is used");
        }
    }

    private double fullBatch(Precision precision, LinearMethod method, int examples, int inputs, int steps) {
        LinearProblem problem = problem(precision, examples, inputs, Loss.values()[random.nextInt(3)]);
        ClosedForm form = new ClosedForm(problem);
        double share = random.nextDouble(0.1, 0.9) * method.stableProduct();
        LinearMethod optimizer =
                method.withLearningRate(precision.round(share / (form.largestCurvature() + method.weightDecay())));
        Array test = drawn(precision, 1, inputs);
        BoundedOutputs claimed = form.afterSteps(optimizer, steps, precision, test);
        BigDecimal worst =
                new DecimalTraining(problem, optimizer, steps, false, test.values()).worst(precision.unitRoundoff());
        return ratio(worst, claimed.values(), claimed.budget());
    }

    @Test
    void noRoundingsLeaveTheBudgetOfFullBatches() {
        for (Precision precision : Precision.values()) {
            for (double decay : new double[] {0, 0.125}) {
                for (int form = 0; form < 3; form++) {
                    LinearMethod method = new LinearMethod(1, form == 0 ? 0 : 0.625, form == 2, decay);
                    double largest = 0;
                    for (int draw = 0; draw < 12; draw++) {
                        int examples = 1 + draw % 3;
                        int inputs = 1 + draw / 3 % 2;
                        double ratio = fullBatch(precision, method, examples, inputs, 1 + draw % 5);
                        String where = precision + ", " + method + ", draw " + draw + ", seed " + seed;
                        assertTrue(ratio <= 1, where + ": " + ratio);
                        largest = Math.max(largest, ratio);
                    }
                    assertSharp(precision, largest, method.toString());
                }
            }
        }
    }

    @Test
    void noRoundingsLeaveTheBudgetOfSingleExamples() {
        for (Precision precision : Precision.values()) {
            double largest = 0;
            for (int draw = 0; draw < 24; draw++) {
                LinearProblem problem =
                        problem(precision, 1 + draw % 3, 1 + draw / 3 % 2, Loss.values()[random.nextInt(3)]);
                CyclicForm form = new CyclicForm(problem);
                LinearMethod optimizer = LinearMethod.gradientDescent(
                        precision.round(random.nextDouble(0.1, 1.8) / form.largestCurvature()));
                int steps = 1 + draw % 5;
                Array test = drawn(precision, 1, problem.map().fanIn());
                BigDecimal worst = new DecimalTraining(problem, optimizer, steps, true, test.values())
                        .worst(precision.unitRoundoff());
                double ratio = ratio(
                        worst,
                        form.outputs(form.parameters(optimizer, new Horizon.Steps(steps)), test),
                        form.budget(optimizer, steps, precision, test));
                assertTrue(ratio <= 1, precision + ", draw " + draw + ", seed " + seed + ": " + ratio);
                largest = Math.max(largest, ratio);
            }
            assertSharp(precision, largest, "one example at a time");
        }
    }
}
