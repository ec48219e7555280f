package org.idem.theory.rounding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.theory.ClosedForm;
import org.idem.theory.DrawnProblem;
import org.junit.jupiter.api.Test;

class RoundingBudgetTest {
    private static final int TRIALS = 400;

    /** Of the first trial; the others follow it. */
    private final long first = new SplittableRandom().nextLong();

    private static LinearMethod optimizer(SplittableRandom random, Precision precision, ClosedForm form) {
        double momentum = precision.round(random.nextInt(3) == 0 ? 0 : 0.99 * random.nextDouble());
        double decay = random.nextBoolean() ? 0 : precision.round(random.nextDouble() / 4);
        LinearMethod method = new LinearMethod(1, momentum, momentum > 0 && random.nextBoolean(), decay);
        double curvature = form.largestCurvature() + decay;
        double share = random.nextInt(4) == 0 ? 1 / method.stableProduct() : 0.05 + 0.94 * random.nextDouble();
        return method.withLearningRate(
                precision.round(curvature > 0 ? share * method.stableProduct() / curvature : 0.5));
    }

    @Test
    void noTrainingLeavesItsBudget() {
        for (long seed = first; seed < first + TRIALS; seed++) {
            DrawnProblem drawn = DrawnProblem.of(seed, seed % 2 == 0);
            SplittableRandom random = new SplittableRandom(~seed);
            ClosedForm form = new ClosedForm(drawn.problem());
            LinearMethod optimizer = optimizer(random, drawn.precision(), form);
            int steps = (int) Math.exp(random.nextDouble() * Math.log(3000)) - 1;
            drawn.assertStaysWithinBudgets("seed " + seed, form, optimizer, steps, false);
        }
    }

    /**
     * One weight, one example, one step, and real roundings; of chosen ones {@link WorstRoundingsTest} tells. Of 20,000
     * trials 8.2 % used more than 0.3 of the budget, so at least 7.3 % do with confidence 1 − 10⁻⁵ (Clopper and
     * Pearson), and 400 trials without any have a probability below 10⁻¹³.
     */
    @Test
    void theBudgetIsNearlyReached() {
        double worst = 0;
        for (long seed = first; seed < first + TRIALS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Precision precision = Precision.values()[(int) (seed & 1)];
            Array input = DrawnProblem.uniform(random, 1, 1).rounded(precision);
            LinearProblem problem = new LinearProblem(
                            new Fcn(1, 1, false), input, input, DrawnProblem.uniform(random, 1, 1), null, Loss.HALF_SUM)
                    .rounded(precision);
            DrawnProblem drawn = new DrawnProblem(problem, input, precision);
            ClosedForm form = new ClosedForm(problem);
            LinearMethod optimizer =
                    LinearMethod.gradientDescent(precision.round(random.nextDouble() / form.largestCurvature()));
            Array observed = drawn.trained(optimizer, 1, false);
            Array predicted = form.outputs(form.parameters(optimizer, new Horizon.Steps(1)), input);
            worst = Math.max(
                    worst, DrawnProblem.ratio(observed, predicted, form.budget(optimizer, 1, precision, input)));
        }
        assertTrue(worst > 0.3 && worst <= 1, "largest ratio " + worst + ", first seed " + first);
    }

    @Test
    void aLearningRateWrongInItsLastBitsIsSeen() {
        DrawnProblem drawn = DrawnProblem.of(3, true);
        LinearProblem problem = drawn.problem();
        DrawnProblem exact = new DrawnProblem(problem, drawn.tests(), Precision.FLOAT64);
        ClosedForm form = new ClosedForm(problem);
        LinearMethod optimizer = LinearMethod.gradientDescent(0.5 / form.largestCurvature());
        LinearMethod wrong = optimizer.withLearningRate(optimizer.learningRate() * (1 + 0x1p-40));
        Array predicted = form.outputs(form.parameters(wrong, new Horizon.Steps(3)), drawn.tests());
        Array budget = form.budget(wrong, 3, Precision.FLOAT64, drawn.tests());
        assertTrue(DrawnProblem.ratio(exact.trained(optimizer, 3, false), predicted, budget) > 1);
    }

    /** 64 examples and 2²⁰ steps in float32: the roundings of the gradients alone could double the parameters. */
    @Test
    void wherePerturbationsCouldGrowTheBudgetIsInfinite() {
        SplittableRandom random = new SplittableRandom(1);
        Array inputs = DrawnProblem.uniform(random, 64, 2).rounded(Precision.FLOAT32);
        LinearProblem problem = new LinearProblem(
                new Fcn(2, 1, false),
                inputs,
                DrawnProblem.uniform(random, 64, 1).rounded(Precision.FLOAT32),
                Array.zeros(1, 2),
                null,
                Loss.HALF_SUM);
        ClosedForm form = new ClosedForm(problem);
        LinearMethod optimizer = LinearMethod.gradientDescent((float) (1 / form.largestCurvature()));
        Array single = form.budget(optimizer, 1 << 20, Precision.FLOAT32, inputs);
        assertTrue(Arrays.stream(single.values()).allMatch(Double::isFinite), "both modes contract");
        // with a useless third weight a null mode keeps every rounding
        Array padded = Array.zeros(64, 3);
        for (int i = 0; i < 128; i++) {
            padded.values()[i / 2 * 3 + i % 2] = inputs.values()[i];
            padded.values()[i / 2 * 3 + 2] = inputs.values()[i / 2 * 2];
        }
        LinearProblem wider = new LinearProblem(
                new Fcn(3, 1, false), padded, problem.targets(), Array.zeros(1, 3), null, Loss.HALF_SUM);
        Array unbounded = new ClosedForm(wider).budget(optimizer, 1 << 20, Precision.FLOAT32, padded);
        assertTrue(Arrays.stream(unbounded.values()).allMatch(bound -> bound == Double.POSITIVE_INFINITY));
    }

    @Test
    void anUnstableLearningRateHasNoBudget() {
        DrawnProblem drawn = DrawnProblem.of(5, true);
        ClosedForm form = new ClosedForm(drawn.problem());
        LinearMethod optimizer = LinearMethod.gradientDescent(4 / form.largestCurvature());
        Array budget = form.budget(optimizer, 5000, drawn.precision(), drawn.tests());
        assertTrue(Arrays.stream(budget.values()).allMatch(bound -> bound == Double.POSITIVE_INFINITY));
    }

    @Test
    void nothingToTrainLeavesTheForwardPass() {
        Array zero = Array.zeros(2, 3);
        Array weights = DrawnProblem.uniform(new SplittableRandom(1), 2, 3);
        LinearProblem problem =
                new LinearProblem(new Fcn(3, 2, false), zero, Array.zeros(2, 2), weights, null, Loss.MEAN);
        Array test = Array.of(new double[] {1, 0, 2}, 1, 3);
        Array budget = new ClosedForm(problem).budget(LinearMethod.gradientDescent(1), 100, Precision.FLOAT64, test);
        for (int row = 0; row < 2; row++) {
            double size = weights.values()[3 * row] + 2 * weights.values()[3 * row + 2];
            // two terms each in the training and in the prediction; a bit of outward rounding
            assertEquals(4 * 0x1p-53 * size, budget.values()[row], 0x1p-70 * size);
        }
    }
}
