package org.idem.theory.rounding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.idem.array.Precision;
import org.idem.network.LinearMethod;
import org.idem.theory.TinyProblem;
import org.idem.theory.design.LeastSquares;
import org.junit.jupiter.api.Test;

/** Theorem 3 of proofs/check.md, worked out by hand. */
class RandomRoundingTest {
    private static final double UNIT = Precision.FLOAT32.unitRoundoff();
    private static final double FAILURE = 1e-6;
    /** Of the single entry of a scalar problem at the end, with half of the failures. */
    private static final double MULTIPLE = multiple(4);
    /** Of the first step: ηc·2·ρ = ¼ from the gradient's own sum, √2 times as much from the residual it is made of. */
    private static final double GRADIENT = 0.25 * (1 + Math.sqrt(2));

    /** The exact path is followed in outward rounding; the spectrum and some dozens of sums and products round. */
    private static final double ROUNDING = 512 * 0x1p-53;

    /** One weight 3 on one example 2 → 5 with loss scale ½: residual 1, and η = ¼ halves it in every step. */
    private static RandomRounding rounding(LinearMethod optimizer, int steps) {
        LeastSquares problem = TinyProblem.scalar(2, 5, 3, 0.5, 0, 0);
        return new RandomRounding(problem, optimizer, steps, Precision.FLOAT32, TinyProblem.matrix(3), FAILURE);
    }

    private static double scalar(LinearMethod optimizer, int steps) {
        return rounding(optimizer, steps).firstOrder().get(0, 0);
    }

    private static double multiple(double events) {
        return Math.sqrt(2 * Math.log(events / FAILURE));
    }

    @Test
    void oneStepOfOneWeight() {
        // stored 3; four roundings of the step ηcρx = ¼; for sure. ηc·6·√λ = 1.5 from the output, ηc·2·ρ = ¼ from the
        // gradient, and √2 of it from the residual, which is rounded twice; at random
        double expected = UNIT * (3 + 4 * 0.25 + MULTIPLE * (1.5 + GRADIENT));
        assertEquals(expected, scalar(LinearMethod.gradientDescent(0.25), 1), ROUNDING * expected);
    }

    @Test
    void twoStepsOfOneWeight() {
        // errors of the first step are halved by the second, whose residual and step are half as large
        double certain = 3 * 1.5 + 4 * (0.125 + 0.5 * 0.25);
        double random = 1.5 * 1.5 + GRADIENT * (0.5 + 0.5 * 1);
        double expected = UNIT * (certain + MULTIPLE * random);
        assertEquals(expected, scalar(LinearMethod.gradientDescent(0.25), 2), ROUNDING * expected);
    }

    @Test
    void decayAddsItsRoundingsAndItsStep() {
        // ω = ¼: the gradient is 1 + ¾, a step 7/16, of one more sum; decay is rounded three times, 3ηω·3 for sure
        double certain = 3 + 5 * 0.4375 + 3 * 0.25 * 0.25 * 3;
        double expected = UNIT * (certain + MULTIPLE * (1.5 + GRADIENT));
        assertEquals(expected, scalar(new LinearMethod(0.25, 0, false, 0.25), 1), ROUNDING * expected);
    }

    @Test
    void nesterovStoresTwiceAndLooksAhead() {
        // with β = ½ an error of the gradient enters 1.5 times
        double certain = 2 * 3 + 20 * 1.5 * 0.25;
        double random = 1.5 * (1.5 + GRADIENT);
        double expected = UNIT * (certain + MULTIPLE * random);
        assertEquals(expected, scalar(new LinearMethod(0.25, 0.5, true, 0), 1), ROUNDING * expected);
    }

    /** Of a weight 0 with target 0: 8 + η·10 operations, kept and gone through the gradient, and 4 of the output. */
    @Test
    void whereNothingHasASizeOperationsUnderflow() {
        LeastSquares problem = TinyProblem.scalar(2, 0, 0, 0.5, 0, 0);
        double bound = new RandomRounding(
                        problem,
                        LinearMethod.gradientDescent(0.25),
                        1,
                        Precision.FLOAT32,
                        TinyProblem.matrix(0),
                        FAILURE)
                .firstOrder()
                .get(0, 0);
        double operations = 2 * (8 + 0.25 * 10) + 4 * 0.25 * 0.5 * 2;
        assertEquals(operations * Float.MIN_NORMAL, bound, ROUNDING * operations * Float.MIN_NORMAL);
    }

    /**
     * One step of one weight: what strays of the weight, κ, and of the residual, κ_ρ, add. Responses are 1, those of
     * the residual 2, and 4 to errors of the output.
     */
    @Test
    void straysEnlargeWhatRoundingIsProportionalTo() {
        double along = multiple(8);
        double first = UNIT * (3 + 4 * 0.25 + along * (1.5 + GRADIENT));
        double ofWeight = UNIT * (1 + along * 0.125 * 2 * 2);
        double ofResidual = UNIT * (4 * 0.25 + along * GRADIENT);
        double residual = UNIT * (2 * 3 + 4 * 0.25 * 2 + 0.125 * (2 * 2 + (2 * 3 + 2) * 4) + 2 * 3);
        double fromWeight = UNIT * (2 + 0.125 * 2 * 4 + 2);
        double left = 1 - UNIT * (4 * 0.25 * 2 + 0.125 * (2 * 2 + 2 * 4));
        double stray = (first + ofResidual * residual / left) / (1 - ofWeight - ofResidual * fromWeight / left);
        double residualStray = (residual + fromWeight * stray) / left;
        LinearMethod optimizer = LinearMethod.gradientDescent(0.25);
        double more = rounding(optimizer, 1).bounds().get(0, 0) / (1 + 32 * UNIT) - scalar(optimizer, 1);
        // a difference of numbers 10⁶ times as large
        assertEquals(ofWeight * stray + ofResidual * residualStray, more, 1e-7 * more);
        assertTrue(more < 1e-4 * scalar(optimizer, 1));
    }

    /** A weight that no example moves any more loses a rounding in every step, and 2²⁴ of them are all of it. */
    @Test
    void errorsThatFeedThemselvesAreNotBounded() {
        LinearMethod optimizer = LinearMethod.gradientDescent(0x1p-40);
        assertTrue(Double.isFinite(rounding(optimizer, 1 << 16).bounds().get(0, 0)));
        assertEquals(
                Double.POSITIVE_INFINITY,
                rounding(optimizer, 17_000_000).bounds().get(0, 0));
    }

    @Test
    void theHeavyBallRoundsItsVelocity() {
        // the first step of the heavy ball is that of gradient descent, its velocity is rounded five times more
        double expected = UNIT * (3 + 9 * 0.25 + MULTIPLE * (1.5 + GRADIENT));
        assertEquals(expected, scalar(new LinearMethod(0.25, 0.5, false, 0), 1), ROUNDING * expected);
    }

    @Test
    void whatLiesOutsideTheModesRespondsOtherwise() {
        // X = (3, 4)ᵀ with the mode (0.6, 0.8) of λ = 25, θ = (1, 2), y = 1: residuals 10 and 5 with η = 0.02, r = ½
        LeastSquares problem = TinyProblem.distorted(
                new DMatrixRMaj(new double[][] {{3}, {4}}), TinyProblem.matrix(1), TinyProblem.matrix(1, 2), 1, 0, 0);
        DMatrixRMaj bounds = new RandomRounding(
                        problem,
                        LinearMethod.gradientDescent(0.02),
                        2,
                        Precision.FLOAT32,
                        TinyProblem.matrix(1, 2),
                        FAILURE)
                .firstOrder();
        double[] share = {0.36, 0.64};
        double[] inputs = {3, 4};
        double[] weights = {1, 2};
        for (int entry = 0; entry < 2; entry++) {
            // after one more step a unit error keeps half of its part in the mode and all of the rest
            double own = 1 - 0.5 * share[entry];
            double other = 0.5 * 0.6 * 0.8;
            double certain = (1 + own) * weights[entry] + 4 * (0.5 + (own + other) * 1);
            double ofResidual = 0.02 * Math.sqrt(2) * 11 * (1 + 0.5) * Math.sqrt(25 * share[entry]);
            double ofGradient = 0.02 * (inputs[entry] * 5 + (own * inputs[entry] + other * 4) * 10);
            double ofTarget = 0.02 * Math.sqrt(2) * Math.sqrt(25 * share[entry]) * (5 + 0.5 * 10);
            double random = other * 2 + ofResidual + ofGradient + ofTarget;
            double expected = UNIT * (certain + multiple(8) * random);
            assertEquals(expected, bounds.get(0, entry), ROUNDING * expected);
        }
    }
}
