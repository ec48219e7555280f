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
import org.idem.network.Initializer;
import org.idem.network.Loss;
import org.idem.network.Network;
import org.idem.network.Optimizer;
import org.idem.network.Padding;
import org.idem.network.TrainingProblem;
import org.junit.jupiter.api.Test;

class SmallNetworksTest {
    /** Few shapes, so that many runs share one; rates far inside the stable range. */
    private static Run run(SplittableRandom random) {
        boolean bias = random.nextBoolean();
        int outputs = random.nextInt(5) == 0 ? random.nextInt(8, 20) : random.nextInt(1, 4);
        Network network = random.nextBoolean()
                ? new Cnn(1, outputs, 3, Padding.values()[random.nextInt(3)], bias)
                : new Fcn(random.nextInt(1, 5), outputs, bias);
        int examples = random.nextInt(1, 3);
        int[] inputShape =
                network instanceof Cnn ? new int[] {examples, 1, 4, 5} : new int[] {examples, network.fanIn()};
        int[] probeShape = inputShape.clone();
        probeShape[0] = random.nextInt(1, 4);
        Array inputs = DrawnNetwork.gaussian(random, inputShape);
        TrainingProblem problem = new TrainingProblem(
                network,
                inputs,
                DrawnNetwork.gaussian(random, network.outputShape(inputShape)),
                Array.of(
                        Initializer.HE.draw(outputs * network.fanIn(), network.fanIn(), outputs, random),
                        network.weightShape()),
                bias ? DrawnNetwork.gaussian(random, outputs) : null,
                Loss.values()[random.nextInt(3)]);
        double momentum = random.nextInt(3) == 0 ? 0 : 0.75;
        Optimizer optimizer = new Optimizer(
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

    /**
     * Both are off the exact result by roundings of sums of at most a hundred terms in at most 40 contracting steps.
     */
    @Test
    void agreesWithTheTrainerOnNativeMemory() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 300; i++) {
            Run run = run(random);
            Outcome.Trained small = assertInstanceOf(Outcome.Trained.class, SmallNetworks.train(run));
            Outcome.Trained large = assertInstanceOf(
                    Outcome.Trained.class,
                    new Trainer(run.problem(), run.precision(), run.oneAtATime())
                            .train(run.optimizer(), new org.idem.network.Horizon.Steps(run.steps()), run.probes()));
            assertEquals(large.steps(), small.steps());
            double size = 1;
            for (double value : large.outputs().values()) {
                size = Math.max(size, Math.abs(value));
            }
            for (int k = 0; k < small.outputs().length(); k++) {
                double difference =
                        Math.abs(small.outputs().values()[k] - large.outputs().values()[k]);
                assertTrue(
                        difference <= 100 * 40 * run.precision().unitRoundoff() * size,
                        "seed " + seed + ", run " + i + " off by " + difference);
            }
        }
    }

    @Test
    void saysThatTrainingDiverged() {
        Run run = run(new SplittableRandom(5));
        Run wild = new Run(run.problem(), Optimizer.gradientDescent(100), 2000, false, Precision.FLOAT64, run.probes());
        assertInstanceOf(Outcome.Diverged.class, SmallNetworks.train(wild));
    }
}
