package org.idem.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.network.Padding;
import org.idem.training.layer.LayerTrainer;
import org.idem.training.run.Outcome;
import org.junit.jupiter.api.Test;

/** Numbers that can be followed by hand: powers of two, so that every step is exact. */
class LayerTrainerTest {
    /** One weight, inputs 1 and 2, targets 0 and 4, starting at 1. */
    private static LinearProblem twoExamples(Loss loss) {
        return new LinearProblem(
                new Fcn(1, 1, false),
                Array.of(new double[] {1, 2}, 2, 1),
                Array.of(new double[] {0, 4}, 2, 1),
                Array.of(new double[] {1}, 1, 1),
                null,
                loss);
    }

    private static double weightAfter(LinearProblem problem, LinearMethod optimizer, int steps, boolean oneAtATime) {
        Outcome outcome = new LayerTrainer(problem, Precision.FLOAT64, oneAtATime)
                .train(optimizer, new Horizon.Steps(steps), problem.inputs());
        return ((Outcome.Trained) outcome).weights().values()[0];
    }

    @Test
    void stepsByHand() {
        LinearMethod plain = LinearMethod.gradientDescent(0.125);
        // residuals 1 and −2, gradient 1·1 − 2·2 = −3
        assertEquals(1.375, weightAfter(twoExamples(Loss.HALF_SUM), plain, 1, false));
        // two residuals: the mean loss has c = 1
        assertEquals(1.375, weightAfter(twoExamples(Loss.MEAN), plain, 1, false));
        // then residuals 1.375 and −1.25, gradient 1.375 − 2.5 = −1.125
        assertEquals(1.515625, weightAfter(twoExamples(Loss.HALF_SUM), plain, 2, false));
    }

    @Test
    void stepsThatAreLostInRoundingAreNoArrival() {
        for (double rate : new double[] {1e-30, 1e-18}) {
            Outcome outcome = new LayerTrainer(twoExamples(Loss.HALF_SUM), Precision.FLOAT64, false)
                    .train(LinearMethod.gradientDescent(rate), new Horizon.Limit(), Array.of(new double[] {1}, 1, 1));
            Outcome.NotConverged lost = assertInstanceOf(Outcome.NotConverged.class, outcome);
            assertEquals(1, lost.last().weights().values()[0]);
        }
    }

    @Test
    void oneExampleAtATimeInCyclicOrder() {
        LinearMethod plain = LinearMethod.gradientDescent(0.125);
        // first example: 1 − 0.125·1·1 = 0.875; second: residual 1.75 − 4 = −2.25, 0.875 + 0.125·2·2.25
        assertEquals(0.875, weightAfter(twoExamples(Loss.HALF_SUM), plain, 1, true));
        assertEquals(1.4375, weightAfter(twoExamples(Loss.HALF_SUM), plain, 2, true));
        // the mean over one example has c = 2
        assertEquals(0.75, weightAfter(twoExamples(Loss.MEAN), plain, 1, true));
    }

    @Test
    void momentumAndDecayByHand() {
        LinearProblem problem = twoExamples(Loss.HALF_SUM);
        LinearMethod heavyBall = new LinearMethod(0.125, 0.5, false, 0);
        // velocities −3, then −1.125 − 1.5 = −2.625
        assertEquals(1.375 + 0.125 * 2.625, weightAfter(problem, heavyBall, 2, false));
        LinearMethod nesterov = new LinearMethod(0.125, 0.5, true, 0);
        // first step: −3 + 0.5·(−3)
        assertEquals(1 + 0.125 * 4.5, weightAfter(problem, nesterov, 1, false));
        LinearMethod decay = new LinearMethod(0.125, 0, false, 1);
        assertEquals(1 + 0.125 * 2, weightAfter(problem, decay, 1, false));
    }

    @Test
    void divergenceIsReportedWithItsStep() {
        Outcome outcome = new LayerTrainer(twoExamples(Loss.HALF_SUM), Precision.FLOAT64, false)
                .train(LinearMethod.gradientDescent(16), new Horizon.Steps(1000), Array.of(new double[] {1}, 1, 1));
        Outcome.Diverged diverged = assertInstanceOf(Outcome.Diverged.class, outcome);
        // errors grow 79-fold in each step, losses 6241-fold; 2⁵³ is passed after five steps
        assertEquals(5, diverged.step());
    }

    @Test
    void aLimitIsReachedOrSaidNotToBe() {
        LinearProblem problem = twoExamples(Loss.HALF_SUM);
        Outcome fast = new LayerTrainer(problem, Precision.FLOAT64, false)
                .train(LinearMethod.gradientDescent(0.125), new Horizon.Limit(), problem.inputs());
        Outcome.Trained trained = assertInstanceOf(Outcome.Trained.class, fast);
        // the least-squares solution 8/5; rounding of a step is below one unit in the last place of the weight
        assertEquals(1.6, trained.weights().values()[0], Math.ulp(1.6));
        LinearProblem crawling = new LinearProblem(
                new Fcn(2, 1, false),
                Array.of(new double[] {1, 0, 0, 0x1p-20}, 2, 2),
                Array.of(new double[] {1, 0x1p-20}, 2, 1),
                Array.of(new double[] {0, 0}, 1, 2),
                null,
                Loss.HALF_SUM);
        Outcome slow = new LayerTrainer(crawling, Precision.FLOAT64, false)
                .train(LinearMethod.gradientDescent(1), new Horizon.Limit(), crawling.inputs());
        assertInstanceOf(Outcome.NotConverged.class, slow);
    }

    @Test
    void blankRowsOfAnImageChangeNothing() {
        double[] pixels = new double[36];
        pixels[14] = 1;
        pixels[21] = 2;
        Array image = Array.of(pixels, 1, 1, 6, 6);
        for (Padding padding : Padding.values()) {
            Cnn cnn = new Cnn(1, 1, 3, padding, false);
            Array kernel = Array.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 1, 3, 3);
            LinearProblem problem = new LinearProblem(
                    cnn, image, LinearProblem.identityTargets(cnn, image), kernel, null, Loss.HALF_SUM);
            Outcome outcome = new LayerTrainer(problem, Precision.FLOAT64, false)
                    .train(LinearMethod.gradientDescent(1), new Horizon.Steps(0), image);
            double[] outputs = ((Outcome.Trained) outcome).outputs().values();
            int side = padding == Padding.VALID ? 4 : 6;
            int corner = padding == Padding.VALID ? 1 : 0;
            // the pixel at (2, 2) is 1: the output at (1, 1) sees it in the lower right corner of the kernel
            assertEquals(9, outputs[(1 - corner) * side + 1 - corner]);
            // (3, 3) is 2, (2, 2) is 1: the output at (3, 3) sees 5·2 + 1·1
            assertEquals(11, outputs[(3 - corner) * side + 3 - corner]);
        }
    }

    @Test
    void aBiasIsTrainedLikeAWeightOfInputOne() {
        LinearProblem problem = new LinearProblem(
                new Fcn(1, 2, true),
                Array.of(new double[] {2}, 1, 1),
                Array.of(new double[] {1, 0}, 1, 2),
                Array.of(new double[] {0, 1}, 2, 1),
                Array.of(new double[] {0.5, -1}, 2),
                Loss.HALF_SUM);
        Outcome.Trained trained = (Outcome.Trained) new LayerTrainer(problem, Precision.FLOAT64, false)
                .train(LinearMethod.gradientDescent(0.25), new Horizon.Steps(1), problem.inputs());
        // residuals −1/2 and 1
        assertArrayEquals(new double[] {0.25, 0.5}, trained.weights().values());
        assertArrayEquals(new double[] {0.625, -1.25}, trained.bias().values());
    }
}
