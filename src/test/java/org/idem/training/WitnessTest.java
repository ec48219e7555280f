package org.idem.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.Pointer;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.LinearMap;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.network.StageParameters;
import org.idem.network.TrainingProblem;
import org.idem.training.deep.DeepTrainer;
import org.idem.training.layer.LayerTrainer;
import org.idem.training.run.Outcome;
import org.idem.training.run.Run;
import org.idem.training.witness.Witness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The engines that were written here against the one that was not. */
class WitnessTest {
    private static final int DEEP = 40;
    private static final int ONE_LAYER = 40;
    private static final int DIVERGING = 40;
    private static final int THREADS = 3;

    private final long seed = new SplittableRandom().nextLong();
    private final SplittableRandom random = new SplittableRandom(seed);

    /** Both gradients lie within the budget of the true one; how tight that is, DeepGradientTest says. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void gradientsOfAnyDepthAgree(Precision precision) {
        int compared = 0;
        for (int i = 0; i < DEEP; i++) {
            TrainingProblem problem = DrawnNetwork.problem(random, random.nextBoolean(), precision);
            GradientBudget budget = new GradientBudget(problem, precision.unitRoundoff());
            if (budget.atKink) {
                continue;
            }
            LinearMethod rule = LinearMethod.gradientDescent(1);
            DeepTrainer fast = new DeepTrainer(problem, rule, precision, 1, problem.examples());
            try (Witness witness = new Witness(problem, rule, precision, problem.examples())) {
                List<StageParameters> expected = witness.gradient();
                List<StageParameters> observed = fast.gradient();
                String where = "seed " + seed + ", network " + i + ", " + problem.network() + ", " + problem.loss();
                for (int stage = 0; stage < expected.size(); stage++) {
                    assertWithin(
                            where,
                            expected.get(stage).weights(),
                            observed.get(stage).weights(),
                            budget.weights.get(stage));
                    Array bias = expected.get(stage).bias();
                    if (bias != null) {
                        assertWithin(where, bias, observed.get(stage).bias(), budget.biases.get(stage));
                    }
                }
                compared++;
            }
        }
        assertTrue(compared > DEEP / 2, "too few networks away from kinks, seed " + seed);
    }

    /** Within the budgets of both; below the smallest normal numbers rounding is absolute. */
    private static void assertWithin(String where, Array expected, Array observed, double[] budget) {
        for (int i = 0; i < budget.length; i++) {
            assertEquals(expected.values()[i], observed.values()[i], 2 * (budget[i] + Float.MIN_NORMAL), where);
        }
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
            String where = "seed " + seed + ", run " + i + ", " + run.problem().map();
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
        LinearProblem problem = new LinearProblem(
                new Fcn(1, 1, false),
                Array.of(new double[] {1, 2}, 2, 1),
                Array.of(new double[] {0, 4}, 2, 1),
                Array.of(new double[] {1}, 1, 1),
                null,
                Loss.HALF_SUM);
        for (boolean oneAtATime : new boolean[] {false, true}) {
            Run run = new Run(problem, LinearMethod.gradientDescent(16), 1000, oneAtATime, precision, problem.inputs());
            Outcome.Diverged expected = assertInstanceOf(Outcome.Diverged.class, Witness.train(run));
            assertTrue(expected.step() > 0);
            for (Outcome outcome : byTheFastEngines(run)) {
                Outcome.Diverged fast = assertInstanceOf(Outcome.Diverged.class, outcome);
                assertEquals(expected.step(), fast.step());
                assertEquals(expected.loss(), fast.loss(), 8 * precision.unitRoundoff() * expected.loss());
            }
        }
    }

    /** A dark example, then one of a loss of 2⁵⁷, which the first loss over the unit roundoff is far below. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void anExampleOfLargerLossIsNoDivergence(Precision precision) {
        LinearProblem problem = new LinearProblem(
                new Fcn(1, 1, false),
                Array.of(new double[] {0x1p-30, 0x1p30}, 2, 1),
                Array.of(new double[] {0x1p-30, 0x1p30}, 2, 1),
                Array.of(new double[] {0.5}, 1, 1),
                null,
                Loss.HALF_SUM);
        Run run = new Run(problem, LinearMethod.gradientDescent(0x1p-61), 4, true, precision, problem.inputs());
        assertInstanceOf(Outcome.Trained.class, Witness.train(run));
        byTheFastEngines(run).forEach(outcome -> assertInstanceOf(Outcome.Trained.class, outcome));
    }

    private static List<Outcome> byTheFastEngines(Run run) {
        return List.of(
                SmallNetworks.train(run),
                new LayerTrainer(run.problem(), run.precision(), run.oneAtATime())
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
            LinearMethod wild =
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
        LinearProblem problem = new LinearProblem(
                new Fcn(1, 3, true),
                Array.zeros(1, 1),
                Array.zeros(1, 3),
                Array.zeros(3, 1),
                Array.of(new double[] {1, 1, 1}, 3),
                Loss.MEAN);
        try (Witness witness =
                new Witness(TrainingProblem.of(problem), LinearMethod.gradientDescent(1), precision, 1)) {
            Array bias = witness.gradient().get(0).bias();
            assertEquals(precision.round(2.0 / 3), bias.values()[0]);
        }
    }

    /** Whatever trains beside it, on whichever thread, and however standard output is written to meanwhile. */
    @Test
    void sideBySideWithTheSameBitsAndInSilence() throws Exception {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < 2 * THREADS; i++) {
            runs.add(SmallNetworksTest.run(random));
        }
        PrintStream before = System.out;
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        System.setOut(new PrintStream(heard, true, StandardCharsets.UTF_8));
        List<Outcome> alone;
        List<Outcome> together = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        int lines = 200;
        try {
            alone = runs.stream().map(Witness::train).toList();
            List<Future<Outcome>> futures = new ArrayList<>();
            for (Run run : runs) {
                futures.add(threads.submit(() -> Witness.train(run)));
            }
            for (int i = 0; i < lines; i++) {
                System.out.println("mine");
                Thread.sleep(1);
            }
            for (Future<Outcome> future : futures) {
                together.add(future.get());
            }
        } finally {
            threads.shutdown();
            System.setOut(before);
        }
        assertEquals(alone, together, "seed " + seed);
        assertEquals(("mine" + System.lineSeparator()).repeat(lines), heard.toString(StandardCharsets.UTF_8));
    }

    /**
     * Weights of 5 MB, of which a step makes three more arrays: left to the garbage collector, which sees none of them,
     * they would be 900 MB.
     */
    @Test
    void givesMemoryBack() {
        LinearMap network = new Fcn(784, 784, false);
        Array inputs = DrawnNetwork.gaussian(random, 1, 784);
        Run run = new Run(
                new LinearProblem(
                        network,
                        inputs,
                        inputs,
                        DrawnNetwork.gaussian(random, network.weightShape()),
                        null,
                        Loss.HALF_SUM),
                LinearMethod.gradientDescent(0x1p-20),
                30,
                false,
                Precision.FLOAT64,
                inputs);
        Witness.train(run);
        System.gc();
        long before = Pointer.physicalBytes();
        Witness.train(run);
        Witness.train(run);
        long grown = Pointer.physicalBytes() - before;
        assertTrue(grown < 300L << 20, "grown by " + grown + " bytes");
    }

    @Test
    void refusesWhatCannotRun() {
        TrainingProblem problem = DrawnNetwork.problem(random, false, Precision.FLOAT64);
        LinearMethod rule = LinearMethod.gradientDescent(0.1);
        assertThrows(IllegalArgumentException.class, () -> new Witness(problem, rule, Precision.FLOAT64, 0));
    }
}
