package org.idem.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Fcn;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.theory.arithmetic.LongTail;
import org.idem.theory.rounding.ModeRun;
import org.idem.theory.rounding.ResponseSums;
import org.idem.theory.rounding.RoundingBudget;
import org.junit.jupiter.api.Test;

/** Budgets of more steps than are followed one by one. */
class LongRunTest {
    private static final LinearMethod[] METHODS = {
        new LinearMethod(1, 0, false, 0),
        new LinearMethod(1, 0.5, false, 0),
        new LinearMethod(1, 0.9375, true, 0),
        new LinearMethod(1, 0, false, 0.125),
        new LinearMethod(1, 0.875, false, 0.125),
        new LinearMethod(1, 0.5, true, 0.125),
        new LinearMethod(1, 0.99, false, 0),
        new LinearMethod(1, 0.999, true, 0)
    };

    /** Whatever a mode does in 3000 steps stays below what was said of all of them. */
    @Test
    void noModeOutgrowsItsTail() {
        int steps = 3000;
        double[] none = new double[steps];
        SplittableRandom random = new SplittableRandom(7);
        for (int trial = 0; trial < 300; trial++) {
            LinearMethod method = METHODS[trial % METHODS.length];
            double curvature =
                    random.nextInt(5) == 0 ? 0 : method.stableProduct() * Math.exp(-12 * random.nextDouble()) * 0.98;
            LongTail tail = new LongTail(method, steps);
            double place = 2 * random.nextDouble() - 1;
            double velocity = method.momentum() == 0 ? 0 : 2 * random.nextDouble() - 1;
            ModeRun run = new ModeRun(method, curvature, place, velocity, steps);
            run.advance(none, steps);
            double bound = tail.largest(curvature, place, velocity) * (1 + 0x1p-30);
            assertTrue(bound < Double.POSITIVE_INFINITY, method + " " + curvature);
            for (int step = 0; step <= steps; step++) {
                double size = method.momentum() == 0
                        ? Math.abs(run.places()[step])
                        : Math.hypot(run.places()[step], run.velocities()[step]);
                assertTrue(size <= bound, method + " " + curvature + ": " + size + " > " + bound);
            }
        }
    }

    /** Without momentum nothing grows, and a mode without curvature keeps what it has. */
    @Test
    void growthOfSimpleModes() {
        assertEquals(1, new LongTail(METHODS[0], 9).growth(0));
        assertEquals(1, new LongTail(METHODS[0], 9).growth(2));
        assertEquals(Double.POSITIVE_INFINITY, new LongTail(METHODS[0], 9).growth(Math.nextUp(2.0)));
        // place − velocity·β/(1 − β) is kept; β = ½: at most 1 + 1 places for each unit of it
        assertEquals(2, new LongTail(METHODS[1], 9).growth(0));
        assertEquals(Math.hypot(3 - 2, 2), new LongTail(METHODS[1], 9).size(3, 2));
    }

    private static DrawnProblem problem(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Precision precision = Precision.values()[(int) (seed % 2)];
        int examples = 1 + (int) (seed % 5);
        Fcn network = new Fcn(3, 3, seed % 3 == 0);
        Array inputs = DrawnProblem.uniform(random, examples, 3);
        LinearProblem problem = new LinearProblem(
                        network,
                        inputs,
                        DrawnProblem.uniform(random, examples, 3),
                        DrawnProblem.uniform(random, 3, 3),
                        network.bias() ? DrawnProblem.uniform(random, 3) : null,
                        Loss.HALF_SUM)
                .rounded(precision);
        return new DrawnProblem(problem, DrawnProblem.uniform(random, 2, 3).rounded(precision), precision);
    }

    @Test
    void longRunsStayWithinTheirBudget() {
        int steps = ResponseSums.EXACT + 5000;
        int finite = 0;
        for (long seed = 1; seed <= 18; seed++) {
            DrawnProblem drawn = problem(seed);
            ClosedForm form = new ClosedForm(drawn.problem());
            LinearMethod method = METHODS[(int) (seed % METHODS.length)];
            LinearMethod optimizer = method.withLearningRate(
                    drawn.precision().round(1 / (form.largestCurvature() + method.weightDecay())));
            BoundedOutputs predicted = form.afterSteps(optimizer, steps, drawn.precision(), drawn.tests());
            Array observed = drawn.trained(optimizer, steps, false);
            DrawnProblem.assertWithin("seed " + seed, observed, predicted.values(), predicted.budget());
            BoundedOutputs limit = form.inTheLimit(optimizer, steps, drawn.precision(), drawn.tests());
            DrawnProblem.assertWithin("limit, seed " + seed, observed, limit.values(), limit.budget());
            double largest = Arrays.stream(predicted.budget().values()).max().orElseThrow();
            if (drawn.precision() == Precision.FLOAT64) {
                finite += largest < 1e-6 ? 1 : 0;
            }
            for (int row = 0; row < 3; row++) {
                double shorter = new RoundingBudget(form.data(), optimizer, ResponseSums.EXACT, drawn.precision(), true)
                        .stray(row);
                double longer = new RoundingBudget(form.data(), optimizer, steps, drawn.precision(), true).stray(row);
                assertTrue(longer >= shorter, "seed " + seed + ": " + longer + " < " + shorter);
            }
        }
        assertEquals(9, finite);
    }

    /**
     * An ordinary run: a momentum of 0.99 or 0.999, more steps than are always followed, of few and of many outputs.
     */
    @Test
    void longMemoriesHaveBudgetsWorthSomething() {
        for (double momentum : new double[] {0.99, 0.999}) {
            for (int examples : new int[] {2, 7}) {
                SplittableRandom random = new SplittableRandom(examples);
                Array inputs = DrawnProblem.uniform(random, examples, 5);
                Array tests = DrawnProblem.uniform(random, 2, 5);
                for (int outputs : new int[] {2, 1500}) {
                    LinearProblem problem = new LinearProblem(
                            new Fcn(5, outputs, false),
                            inputs,
                            DrawnProblem.uniform(random, examples, outputs),
                            DrawnProblem.uniform(random, outputs, 5),
                            null,
                            Loss.HALF_SUM);
                    ClosedForm form = new ClosedForm(problem);
                    LinearMethod optimizer = new LinearMethod(1 / form.largestCurvature(), momentum, false, 0);
                    Array predicted = form.afterSteps(optimizer, 20_000, Precision.FLOAT64, tests)
                            .budget();
                    double largest = Arrays.stream(predicted.values()).max().orElseThrow();
                    // 20,000 roundings of parameters that a memory of 1/(1 − β) steps carries on, in norm the root of 5
                    double roundings = 20_000 * 0x1p-53 / (1 - momentum) * 100;
                    // where paths are not walked, the largest state stands for all, with another such memory
                    double most = outputs == 2 ? roundings : roundings / ((1 - momentum) * (1 - momentum));
                    assertTrue(largest < most, momentum + ", " + examples + " of " + outputs + ": " + largest);
                }
            }
        }
    }

    /**
     * As many steps as an int holds: no step is taken for each, and the bound is worth something in double precision.
     */
    @Test
    void theGreatestNumberOfSteps() {
        DrawnProblem drawn = problem(3);
        ClosedForm form = new ClosedForm(drawn.problem());
        for (LinearMethod method : METHODS) {
            LinearMethod optimizer = method.withLearningRate(1 / (form.largestCurvature() + method.weightDecay()));
            for (int steps : new int[] {1_000_000, 100_000_000, Integer.MAX_VALUE}) {
                BoundedOutputs outputs = form.afterSteps(optimizer, steps, drawn.precision(), drawn.tests());
                for (double budget : outputs.budget().values()) {
                    assertTrue(budget > 0 && budget < 1e-2, method + " " + steps + ": " + budget);
                }
            }
        }
    }
}
