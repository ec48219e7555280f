package org.idem.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.training.layer.LayerTrainer;
import org.idem.training.run.Outcome;
import org.idem.training.run.Standstill;
import org.junit.jupiter.api.Test;

/** Steps that would only repeat others are left out, and nobody can tell. */
class StandstillTest {
    private static Array uniform(SplittableRandom random, int... shape) {
        Array array = Array.zeros(shape);
        for (int i = 0; i < array.length(); i++) {
            array.values()[i] = 2 * random.nextDouble() - 1;
        }
        return array;
    }

    private static LinearProblem problem(long seed, int examples) {
        SplittableRandom random = new SplittableRandom(seed);
        return new LinearProblem(
                new Fcn(4, 2, false),
                uniform(random, examples, 4),
                uniform(random, examples, 2),
                uniform(random, 2, 4),
                null,
                Loss.HALF_SUM);
    }

    /** A listener hears of every step, so that none is left out. */
    @Test
    void theBitsAreThoseOfEveryStepTaken() {
        SplittableRandom seeds = new SplittableRandom();
        int shortened = 0;
        for (int trial = 0; trial < 24; trial++) {
            long seed = seeds.nextLong();
            LinearProblem problem = problem(seed, 1 + trial % 6);
            Precision precision = Precision.values()[trial / 6 % 2];
            LinearMethod optimizer = new LinearMethod(precision.round(0.1), trial < 12 ? 0 : 0.5, false, 0);
            Horizon horizon = new Horizon.Steps(30_000 + trial);
            AtomicInteger calls = new AtomicInteger();
            Outcome.Trained fast = (Outcome.Trained) new LayerTrainer(problem, precision, false)
                    .onProgress(step -> calls.incrementAndGet())
                    .train(optimizer, horizon, problem.inputs());
            Outcome.Trained slow = (Outcome.Trained) new LayerTrainer(problem, precision, false)
                    .onLoss((step, loss) -> {})
                    .train(optimizer, horizon, problem.inputs());
            String what = "seed " + seed + ", trial " + trial;
            assertEquals(slow.steps(), fast.steps(), what);
            assertEquals(slow.loss(), fast.loss(), what);
            assertArrayEquals(slow.weights().values(), fast.weights().values(), what);
            shortened += calls.get() < 30_000 / 16 - 1 ? 1 : 0;
        }
        assertTrue(shortened > 0, "no run came to rest");
    }

    /** One step from the exact solution of W·2 = 1 changes nothing: as many as an int holds take no time. */
    @Test
    void whatIsStillIsNotTrainedForHours() {
        LinearProblem problem = new LinearProblem(
                new Fcn(1, 1, false),
                Array.of(new double[] {2}, 1, 1),
                Array.of(new double[] {1}, 1, 1),
                Array.of(new double[] {0.25}, 1, 1),
                null,
                Loss.HALF_SUM);
        for (double momentum : new double[] {0, 0.5}) {
            Outcome.Trained trained = (Outcome.Trained) new LayerTrainer(problem, Precision.FLOAT64, false)
                    .train(
                            new LinearMethod(0.25, momentum, false, 0),
                            new Horizon.Steps(Integer.MAX_VALUE),
                            problem.inputs());
            assertEquals(Integer.MAX_VALUE, trained.steps());
            assertEquals(1, trained.outputs().values()[0], 0x1p-50);
        }
    }

    @Test
    void periodsAreSeenAndOthersAreNot() {
        Standstill standstill = new Standstill(1);
        for (int step = 1; step < 1 << 18; step += 16) {
            double state = step;
            assertEquals(0, standstill.period(step, () -> new double[][] {{state}}));
        }
        Standstill turning = new Standstill(1);
        int seen = 0;
        for (int step = 1; step < 1 << 18 && seen == 0; step += 16) {
            // rounds of three states after a while
            double state = step < 5000 ? step : -(step / 16 % 3);
            seen = turning.period(step, () -> new double[][] {{state}});
        }
        assertEquals(16 * 2520, seen);
        Standstill large = new Standstill(Long.MAX_VALUE);
        assertEquals(0, large.period(4096, () -> new double[][] {{0}}));
        assertEquals(0, large.period(4097, () -> new double[][] {{0}}));
    }
}
