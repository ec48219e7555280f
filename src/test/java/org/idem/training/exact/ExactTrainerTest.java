package org.idem.training.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.apache.commons.math3.fraction.BigFraction;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.Loss;
import org.idem.network.exact.RationalArray;
import org.idem.network.exact.RationalLayer;
import org.idem.network.exact.RationalOptimizer;
import org.idem.network.exact.RationalParameters;
import org.idem.network.exact.RationalProblem;
import org.idem.network.exact.RationalRun;
import org.junit.jupiter.api.Test;

/** Steps computed by hand. */
class ExactTrainerTest {
    private static final BigFraction EIGHTH = new BigFraction(1, 8);
    private static final BigFraction HALF = BigFraction.ONE_HALF;

    private static RationalArray array(int[] shape, BigFraction... values) {
        return RationalArray.of(values, shape);
    }

    private static BigFraction whole(int value) {
        return new BigFraction(value);
    }

    /** One weight ½ and the examples 2 ↦ 3 and −1 ↦ 1. */
    private static RationalProblem scalar(int examples, Loss loss) {
        RationalProblem both = new RationalProblem(
                new Fcn(1, 1, false),
                array(new int[] {2, 1}, whole(2), whole(-1)),
                array(new int[] {2, 1}, whole(3), whole(1)),
                new RationalParameters(array(new int[] {1, 1}, HALF), null),
                loss);
        return both.onlyExamples(0, examples);
    }

    private static BigFraction trained(
            RationalProblem problem, RationalOptimizer optimizer, int steps, boolean oneAtATime) {
        return ExactTrainer.train(new RationalRun(problem, optimizer, new Horizon.Steps(steps), oneAtATime))
                .weights()
                .at(0);
    }

    @Test
    void gradientDescentMovesAgainstTheGradient() {
        RationalOptimizer descent = RationalOptimizer.gradientDescent(EIGHTH);
        // residual 1 − 3, gradient −2 · 2
        assertEquals(HALF, trained(scalar(1, Loss.HALF_SUM), descent, 0, false));
        assertEquals(whole(1), trained(scalar(1, Loss.HALF_SUM), descent, 1, false));
        // residual 2 − 3, gradient −2
        assertEquals(new BigFraction(5, 4), trained(scalar(1, Loss.HALF_SUM), descent, 2, false));
        // one residual: the mean's factor 2
        assertEquals(new BigFraction(3, 2), trained(scalar(1, Loss.MEAN), descent, 1, false));
        // residuals −2 and −3/2, gradient −4 + 3/2; two residuals: the mean's factor is 1
        assertEquals(new BigFraction(13, 16), trained(scalar(2, Loss.HALF_SUM), descent, 1, false));
        assertEquals(new BigFraction(13, 16), trained(scalar(2, Loss.MEAN), descent, 1, false));
        // a sum without the half moves twice as far
        assertEquals(new BigFraction(3, 2), trained(scalar(1, Loss.SUM), descent, 1, false));
        assertEquals(new BigFraction(9, 8), trained(scalar(2, Loss.SUM), descent, 1, false));
    }

    @Test
    void oneAtATimeTakesTheExamplesInTurn() {
        RationalOptimizer descent = RationalOptimizer.gradientDescent(EIGHTH);
        assertEquals(whole(1), trained(scalar(2, Loss.HALF_SUM), descent, 1, true));
        // second example at weight 1: residual −1 − 1, gradient 2
        assertEquals(new BigFraction(3, 4), trained(scalar(2, Loss.HALF_SUM), descent, 2, true));
        // first again: residual 3/2 − 3, gradient −3
        assertEquals(new BigFraction(9, 8), trained(scalar(2, Loss.HALF_SUM), descent, 3, true));
        assertEquals(new BigFraction(3, 2), trained(scalar(2, Loss.MEAN), descent, 1, true));
    }

    @Test
    void momentumIsTheFrameworksMomentum() {
        RationalOptimizer descent = RationalOptimizer.gradientDescent(EIGHTH);
        RationalProblem problem = scalar(1, Loss.HALF_SUM);
        // velocity −4, then ½ · (−4) − 2
        assertEquals(whole(1), trained(problem, descent.withMomentum(HALF, false), 1, false));
        assertEquals(new BigFraction(3, 2), trained(problem, descent.withMomentum(HALF, false), 2, false));
        // −4 + ½ · (−4)
        assertEquals(new BigFraction(5, 4), trained(problem, descent.withMomentum(HALF, true), 1, false));
        // gradient (5/2 − 3) · 2 = −1, velocity −2 − 1, step −1 − 3/2
        assertEquals(new BigFraction(25, 16), trained(problem, descent.withMomentum(HALF, true), 2, false));
    }

    @Test
    void weightDecayPullsWeightsAndBiasAlikeAndEntersTheVelocity() {
        RationalOptimizer descent = RationalOptimizer.gradientDescent(EIGHTH).withWeightDecay(HALF);
        // gradient −4 + ¼
        assertEquals(new BigFraction(31, 32), trained(scalar(1, Loss.HALF_SUM), descent, 1, false));
        // gradient 2 (31/16 − 3) + 31/64 = −105/64, velocity −15/8 − 105/64
        assertEquals(
                new BigFraction(721, 512),
                trained(scalar(1, Loss.HALF_SUM), descent.withMomentum(HALF, false), 2, false));
        RationalProblem biased = new RationalProblem(
                new Fcn(1, 1, true),
                array(new int[] {1, 1}, whole(2)),
                array(new int[] {1, 1}, whole(3)),
                new RationalParameters(array(new int[] {1, 1}, HALF), array(new int[] {1}, whole(1))),
                Loss.HALF_SUM);
        RationalParameters trained = ExactTrainer.train(new RationalRun(biased, descent, new Horizon.Steps(1), false));
        // residual 2 − 3; gradients −2 + ¼ and −1 + ½
        assertEquals(array(new int[] {1, 1}, new BigFraction(23, 32)), trained.weights());
        assertEquals(array(new int[] {1}, new BigFraction(17, 16)), trained.bias());
    }

    @Test
    void reluCutsBetweenLayers() {
        RationalArray ones = array(new int[] {1, 1}, whole(-1));
        RationalParameters parameters = new RationalParameters(ones, array(new int[] {1}, HALF));
        RationalLayer layer = new RationalLayer(new Fcn(1, 1, true), parameters, true);
        RationalArray outputs =
                ExactForwardPass.outputs(List.of(layer, layer), array(new int[] {2, 1}, whole(2), EIGHTH));
        // ½ − 2 is cut to 0 and gives ½; ½ − ⅛ = ⅜ gives ⅛
        assertEquals(array(new int[] {2, 1}, HALF, EIGHTH), outputs);
    }

    @Test
    void onlyFinitelyManyStepsCanBeTaken() {
        RationalRun run = new RationalRun(
                scalar(1, Loss.MEAN), RationalOptimizer.gradientDescent(HALF), new Horizon.Limit(), false);
        assertThrows(IllegalArgumentException.class, () -> ExactTrainer.train(run));
    }
}
