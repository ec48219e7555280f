package org.idem.theory.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.fraction.BigFraction;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.LinearMap;
import org.idem.network.Loss;
import org.idem.network.Padding;
import org.idem.network.exact.RationalArray;
import org.idem.network.exact.RationalOptimizer;
import org.idem.network.exact.RationalParameters;
import org.idem.network.exact.RationalProblem;
import org.idem.network.exact.RationalRun;
import org.idem.training.exact.ExactTrainer;
import org.junit.jupiter.api.Test;

/** The prediction is what exact training ends at, digit by digit, for every kind of network and method. */
class ExactTrainingTest {
    private static final BigFraction TENTH = new BigFraction(1, 10);

    private static RationalArray random(SplittableRandom random, int... shape) {
        int length = IntStream.of(shape).reduce(1, (a, b) -> a * b);
        BigInteger[] values = new BigInteger[length];
        for (int i = 0; i < length; i++) {
            values[i] = BigInteger.valueOf(random.nextInt(-3, 4));
        }
        return RationalArray.over(values, BigInteger.TWO, shape);
    }

    private static RationalProblem problem(SplittableRandom random, LinearMap network, int... inputs) {
        return new RationalProblem(
                network,
                random(random, inputs),
                random(random, network.outputShape(inputs)),
                new RationalParameters(
                        random(random, network.weightShape()),
                        network.bias() ? random(random, network.outputs()) : null),
                Loss.values()[random.nextInt(2)]);
    }

    private static RationalOptimizer optimizer(SplittableRandom random) {
        RationalOptimizer descent = RationalOptimizer.gradientDescent(TENTH);
        return switch (random.nextInt(4)) {
            case 0 -> descent;
            case 1 -> descent.withMomentum(BigFraction.ONE_HALF, false);
            case 2 -> descent.withMomentum(BigFraction.ONE_THIRD, true);
            default -> descent.withMomentum(BigFraction.ONE_THIRD, true).withWeightDecay(BigFraction.ONE_QUARTER);
        };
    }

    private static void check(RationalRun run) {
        assertEquals(ExactTrainer.train(run), ExactClosedForm.predict(run), run.toString());
    }

    @Test
    void fullyConnectedNetworks() {
        SplittableRandom random = new SplittableRandom(8);
        for (int trial = 0; trial < 120; trial++) {
            int inputs = random.nextInt(1, 4);
            LinearMap network = new Fcn(inputs, random.nextInt(1, 4), random.nextBoolean());
            RationalProblem problem = problem(random, network, random.nextInt(1, 4), inputs);
            check(new RationalRun(
                    problem, optimizer(random), new Horizon.Steps(random.nextInt(7)), random.nextBoolean()));
        }
    }

    @Test
    void convolutionsOfSeveralImagesAndChannels() {
        SplittableRandom random = new SplittableRandom(9);
        for (Padding padding : Padding.values()) {
            for (int trial = 0; trial < 4; trial++) {
                LinearMap network = new Cnn(2, 1 + trial, 3, padding, trial % 2 == 0);
                RationalProblem problem = problem(random, network, 1 + trial % 3, 2, 3, 5);
                check(new RationalRun(problem, optimizer(random), new Horizon.Steps(2), trial > 1));
            }
            // a border of two pixels on an image that is smaller than the kernel
            int height = padding == Padding.VALID ? 5 : 3;
            RationalProblem wide = problem(random, new Cnn(1, 1, 5, padding, false), 1, 1, height, height + 1);
            check(new RationalRun(wide, RationalOptimizer.gradientDescent(TENTH), new Horizon.Steps(1), false));
        }
    }

    @Test
    void theLimitIsThatOfTheFullBatch() {
        RationalProblem problem = problem(new SplittableRandom(10), new Fcn(3, 2, true), 2, 3);
        for (BigFraction decay : new BigFraction[] {BigFraction.ZERO, BigFraction.ONE_QUARTER}) {
            RationalOptimizer optimizer =
                    RationalOptimizer.gradientDescent(TENTH).withWeightDecay(decay);
            RationalRun run = new RationalRun(problem, optimizer, new Horizon.Limit(), false);
            RationalParameters limit = ExactClosedForm.predict(run);
            assertEquals(new ExactClosedForm(problem).limit(decay), limit);
            // nothing moves it any more
            check(new RationalRun(problem.startingFrom(limit), optimizer, new Horizon.Steps(3), false));
            assertEquals(
                    limit,
                    ExactTrainer.train(
                            new RationalRun(problem.startingFrom(limit), optimizer, new Horizon.Steps(1), false)));
        }
    }
}
