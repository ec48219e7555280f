package org.idem.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.Initializer;
import org.idem.network.LinearMap;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.network.Padding;
import org.idem.network.exact.RationalArray;
import org.idem.network.exact.RationalOptimizer;
import org.idem.network.exact.RationalParameters;
import org.idem.network.exact.RationalProblem;
import org.idem.network.exact.RationalRun;
import org.idem.theory.BoundedOutputs;
import org.idem.theory.ClosedForm;
import org.idem.theory.CyclicForm;
import org.idem.training.exact.ExactTrainer;
import org.idem.training.layer.LayerTrainer;
import org.idem.training.run.Outcome;
import org.idem.training.run.Run;
import org.junit.jupiter.api.Test;

class SmallNetworksTest {
    /** Few shapes, so that many runs share one; rates far inside the stable range. */
    static Run run(SplittableRandom random) {
        boolean bias = random.nextBoolean();
        int outputs = random.nextInt(5) == 0 ? random.nextInt(8, 20) : random.nextInt(1, 4);
        LinearMap network = random.nextBoolean()
                ? new Cnn(1, outputs, 3, Padding.values()[random.nextInt(3)], bias)
                : new Fcn(random.nextInt(1, 5), outputs, bias);
        int examples = random.nextInt(1, 3);
        int[] inputShape =
                network instanceof Cnn ? new int[] {examples, 1, 4, 5} : new int[] {examples, network.fanIn()};
        int[] probeShape = inputShape.clone();
        probeShape[0] = random.nextInt(1, 4);
        Array inputs = DrawnNetwork.gaussian(random, inputShape);
        LinearProblem problem = new LinearProblem(
                network,
                inputs,
                DrawnNetwork.gaussian(random, network.outputShape(inputShape)),
                Array.of(
                        Initializer.HE.draw(outputs * network.fanIn(), network.fanIn(), outputs, random),
                        network.weightShape()),
                bias ? DrawnNetwork.gaussian(random, outputs) : null,
                Loss.values()[random.nextInt(3)]);
        double momentum = random.nextInt(3) == 0 ? 0 : 0.75;
        LinearMethod optimizer = new LinearMethod(
                0.002 * random.nextDouble(0.5, 1),
                momentum,
                momentum > 0 && random.nextBoolean(),
                random.nextBoolean() ? 0.01 : 0);
        return new Run(
                problem,
                optimizer,
                random.nextInt(0, 40),
                random.nextBoolean(),
                Precision.values()[random.nextInt(2)],
                DrawnNetwork.gaussian(random, probeShape));
    }

    @Test
    void resultsDependNeitherOnCompanyNorOnThreads() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            runs.add(run(random));
        }
        List<Outcome> together = SmallNetworks.train(runs);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            assertEquals(SmallNetworks.train(runs.get(i)), together.get(i), "seed " + seed + ", run " + i);
            order.add(i);
        }
        Collections.shuffle(order, new Random(seed));
        List<Outcome> shuffled =
                SmallNetworks.train(order.stream().map(runs::get).toList(), 3);
        for (int i = 0; i < order.size(); i++) {
            assertEquals(together.get(order.get(i)), shuffled.get(i), "seed " + seed);
        }
    }

    static Outcome.Trained small(Run run) {
        return assertInstanceOf(Outcome.Trained.class, SmallNetworks.train(run));
    }

    static Outcome.Trained large(Run run) {
        return assertInstanceOf(
                Outcome.Trained.class,
                new LayerTrainer(run.problem(), run.precision(), run.oneAtATime())
                        .train(run.optimizer(), new Horizon.Steps(run.steps()), run.probes()));
    }

    /** What theory predicts, with the bounds of proofs/rounding.md on what rounding makes of it (Theorem 5). */
    static BoundedOutputs predicted(Run run) {
        LinearProblem problem = run.problem().rounded(run.precision());
        Array probes = run.probes().rounded(run.precision());
        if (!run.oneAtATime()) {
            return new ClosedForm(problem).afterSteps(run.optimizer(), run.steps(), run.precision(), probes);
        }
        CyclicForm form = new CyclicForm(problem);
        return new BoundedOutputs(
                form.outputs(form.parameters(run.optimizer(), new Horizon.Steps(run.steps())), probes),
                form.budget(run.optimizer(), run.steps(), run.precision(), probes));
    }

    /** Within the a-priori budget of either, wherever there is one. */
    @Test
    void agreesWithTheTrainerOnNativeMemory() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 300; i++) {
            Run run = run(random);
            Outcome.Trained small = small(run);
            Outcome.Trained large = large(run);
            assertEquals(large.steps(), small.steps());
            boolean plain = run.optimizer().momentum() == 0 && run.optimizer().weightDecay() == 0;
            if (run.oneAtATime() && !plain) {
                continue;
            }
            BoundedOutputs predicted = predicted(run);
            for (int k = 0; k < small.outputs().length(); k++) {
                double value = predicted.values().values()[k];
                double budget = predicted.budget().values()[k];
                String where = "seed " + seed + ", run " + i + ", output " + k;
                assertTrue(Double.isFinite(budget), where);
                assertEquals(value, small.outputs().values()[k], budget, where);
                assertEquals(value, large.outputs().values()[k], budget, where);
            }
        }
    }

    private static Array whole(SplittableRandom random, int largest, int... shape) {
        Array array = Array.zeros(shape);
        for (int i = 0; i < array.length(); i++) {
            array.values()[i] = random.nextInt(-largest, largest + 1);
        }
        return array;
    }

    /**
     * Whole data and scalars that are powers of two: everything fits into 53 bits for three steps, so nothing is
     * rounded and training in fractions gives the same numbers.
     *
     * <p>With at most 10 parameters of a unit, 20 sites of an example, inputs of size 1, c ≤ 2 and parameters of size M
     * ≥ 2, gradients are at most 20 · 2 · (10M + 2) + M/4 &lt; 2⁹M, velocities at most 2¹⁰M, and a step makes M at most
     * 2⁸M. Parameters that are multiples of 2⁻ˢ have gradients and velocities that are multiples of 2⁻ˢ⁻², and become
     * multiples of 2⁻ˢ⁻⁶. So numbers are below 2²⁷ and multiples of 2⁻¹⁸.
     */
    @Test
    void nothingIsLostWhereNothingIsRounded() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 100; i++) {
            Run drawn = run(random);
            LinearProblem problem = drawn.problem();
            LinearMap network = problem.map();
            Array inputs = whole(random, 1, problem.inputs().shape());
            LinearProblem whole = new LinearProblem(
                    network,
                    inputs,
                    whole(random, 2, problem.targets().shape()),
                    whole(random, 2, network.weightShape()),
                    network.bias() ? whole(random, 2, network.outputs()) : null,
                    random.nextBoolean() ? Loss.HALF_SUM : Loss.SUM);
            LinearMethod optimizer = new LinearMethod(
                    0.125,
                    drawn.optimizer().momentum() > 0 ? 0.5 : 0,
                    drawn.optimizer().nesterov(),
                    drawn.optimizer().weightDecay() > 0 ? 0.25 : 0);
            Run run = new Run(whole, optimizer, random.nextInt(4), true, Precision.FLOAT64, inputs);
            RationalParameters exact = ExactTrainer.train(new RationalRun(
                    RationalProblem.of(whole),
                    RationalOptimizer.of(optimizer),
                    new Horizon.Steps(run.steps()),
                    run.oneAtATime()));
            for (Outcome.Trained trained : List.of(small(run), large(run))) {
                String where = "seed " + seed + ", run " + i;
                assertEquals(exact.weights(), RationalArray.of(trained.weights()), where);
                Array bias = trained.bias();
                assertEquals(exact.bias(), bias == null ? null : RationalArray.of(bias), where);
            }
        }
    }

    @Test
    void saysThatTrainingDiverged() {
        Run run = run(new SplittableRandom(5));
        Run wild =
                new Run(run.problem(), LinearMethod.gradientDescent(100), 2000, false, Precision.FLOAT64, run.probes());
        assertInstanceOf(Outcome.Diverged.class, SmallNetworks.train(wild));
    }
}
