package org.idem.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.DeepProblem;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.Loss;
import org.idem.network.Optimizer;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.training.witness.Witness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The engines that were written here against the one that was not. */
class WitnessTest {
    private static final int DEEP = 40;
    private static final int ONE_LAYER = 40;
    private static final int DIVERGING = 40;

    private final long seed = new SplittableRandom().nextLong();
    private final SplittableRandom random = new SplittableRandom(seed);

    /** Both gradients lie within the budget of the true one. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void gradientsOfAnyDepthAgree(Precision precision) {
        double largest = 0;
        int compared = 0;
        for (int i = 0; i < DEEP; i++) {
            DeepProblem problem = DrawnNetwork.problem(random, random.nextBoolean(), precision);
            GradientBudget budget = new GradientBudget(problem, precision.unitRoundoff());
            if (budget.atKink) {
                continue;
            }
            Optimizer rule = Optimizer.gradientDescent(1);
            DeepTrainer fast = new DeepTrainer(problem, rule, precision, 1, problem.examples());
            try (Witness witness = new Witness(problem, rule, precision, problem.examples())) {
                List<StageParameters> expected = witness.gradient();
                List<StageParameters> observed = fast.gradient();
                String where = "seed " + seed + ", network " + i + ", " + problem.network() + ", " + problem.loss();
                for (int stage = 0; stage < expected.size(); stage++) {
                    largest = Math.max(
                            largest,
                            ratio(
                                    where,
                                    expected.get(stage).weights(),
                                    observed.get(stage).weights(),
                                    budget.weights.get(stage)));
                    Array bias = expected.get(stage).bias();
                    if (bias != null) {
                        ratio(where, bias, observed.get(stage).bias(), budget.biases.get(stage));
                    }
                }
                compared++;
            }
        }
        assertTrue(compared > DEEP / 2, "too few networks away from kinks, seed " + seed);
        // a budget that is never used to a hundredth would not notice much
        assertTrue(largest > 0.01, "budget too loose, largest share used " + largest + ", seed " + seed);
    }

    /** Largest share of a budget for two; below the smallest normal numbers rounding is absolute. */
    private static double ratio(String where, Array expected, Array observed, double[] budget) {
        double largest = 0;
        for (int i = 0; i < budget.length; i++) {
            double allowed = 2 * (budget[i] + Float.MIN_NORMAL);
            double difference = Math.abs(expected.values()[i] - observed.values()[i]);
            assertTrue(difference <= allowed, where + ": " + observed.values()[i] + " for " + expected.values()[i]);
            largest = Math.max(largest, difference / allowed);
        }
        return largest;
    }

    /** All three lie within the budget of what exact arithmetic gives. */
    @Test
    void networksOfOneLayerEndAtTheSamePlace() {
        for (int i = 0; i < ONE_LAYER; i++) {
            Run run = SmallNetworksTest.run(random);
            Outcome.Trained expected = assertInstanceOf(Outcome.Trained.class, Witness.train(run));
            boolean plain = run.optimizer().momentum() == 0 && run.optimizer().weightDecay() == 0;
            if (run.oneAtATime() && !plain) {
                continue;
            }
            double[] budget = SmallNetworksTest.predicted(run).budget().values();
            String where = "seed " + seed + ", run " + i + ", " + run.problem().network();
            for (Outcome.Trained fast : List.of(SmallNetworksTest.small(run), SmallNetworksTest.large(run))) {
                assertEquals(expected.steps(), fast.steps());
                for (int k = 0; k < budget.length; k++) {
                    assertEquals(expected.outputs().values()[k], fast.outputs().values()[k], 2 * budget[k], where);
                }
            }
        }
    }

    /**
     * Errors grow 79-fold in each step, losses 6241-fold; no rounding decides when they pass 2²⁴ and 2⁵³. A norm of two
     * numbers takes at most three roundings, so its square is off by at most seven.
     */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void divergenceIsSeenByAllAtTheSameStep(Precision precision) {
        TrainingProblem problem = new TrainingProblem(
                new Fcn(1, 1, false),
                Array.of(new double[] {1, 2}, 2, 1),
                Array.of(new double[] {0, 4}, 2, 1),
                Array.of(new double[] {1}, 1, 1),
                null,
                Loss.HALF_SUM);
        for (boolean oneAtATime : new boolean[] {false, true}) {
            Run run = new Run(problem, Optimizer.gradientDescent(16), 1000, oneAtATime, precision, problem.inputs());
            Outcome.Diverged expected = assertInstanceOf(Outcome.Diverged.class, Witness.train(run));
            assertTrue(expected.step() > 0);
            for (Outcome outcome : byTheFastEngines(run)) {
                Outcome.Diverged fast = assertInstanceOf(Outcome.Diverged.class, outcome);
                assertEquals(expected.step(), fast.step());
                assertEquals(expected.loss(), fast.loss(), 8 * precision.unitRoundoff() * expected.loss());
            }
        }
    }

    private static List<Outcome> byTheFastEngines(Run run) {
        return List.of(
                SmallNetworks.train(run),
                new Trainer(run.problem(), run.precision(), run.oneAtATime())
                        .train(run.optimizer(), new Horizon.Steps(run.steps()), run.probes()));
    }

    /**
     * Networks of several outputs, with momentum and decay, whose losses grow at least twofold in each step: engines
     * disagree only if a loss comes as near to the bound as rounding goes, in a run of this test with probability below
     * 1e-8.
     */
    @Test
    void divergenceOfAnyNetworkIsSeenAtTheSameStep() {
        int seen = 0;
        for (int i = 0; i < DIVERGING; i++) {
            Run drawn = SmallNetworksTest.run(random);
            Optimizer wild =
                    drawn.optimizer().withLearningRate(drawn.optimizer().learningRate() * 0x1p14);
            Run run = new Run(drawn.problem(), wild, 60, drawn.oneAtATime(), Precision.FLOAT64, drawn.probes());
            int expected = stepOfDivergence(Witness.train(run));
            seen += expected > 0 ? 1 : 0;
            for (Outcome fast : byTheFastEngines(run)) {
                assertEquals(expected, stepOfDivergence(fast), "seed " + seed + ", run " + i);
            }
        }
        assertTrue(seen > DIVERGING / 2, "too few diverged, seed " + seed);
    }

    private static int stepOfDivergence(Outcome outcome) {
        return outcome instanceof Outcome.Diverged diverged ? diverged.step() : -1;
    }

    /** Residuals of 1, three of them: the gradient by the bias is 2/3, rounded once, as budgets assume. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void aMeanIsRoundedOnce(Precision precision) {
        TrainingProblem problem = new TrainingProblem(
                new Fcn(1, 3, true),
                Array.zeros(1, 1),
                Array.zeros(1, 3),
                Array.zeros(3, 1),
                Array.of(new double[] {1, 1, 1}, 3),
                Loss.MEAN);
        try (Witness witness = new Witness(DeepProblem.of(problem), Optimizer.gradientDescent(1), precision, 1)) {
            Array bias = witness.gradient().get(0).bias();
            assertEquals(precision.round(2.0 / 3), bias.values()[0]);
        }
    }

    @Test
    void refusesWhatCannotRun() {
        DeepProblem problem = DrawnNetwork.problem(random, false, Precision.FLOAT64);
        Optimizer rule = Optimizer.gradientDescent(0.1);
        assertThrows(IllegalArgumentException.class, () -> new Witness(problem, rule, Precision.FLOAT64, 0));
    }
}
