package org.idem.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.idem.array.Array;
import org.idem.network.Fcn;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.junit.jupiter.api.Test;

class LossTrajectoryTest {
    private static LossTrajectory loss(int size, double[] inputs, double[] targets, double[] weights, Loss loss) {
        return new LossTrajectory(new LinearProblem(
                new Fcn(size, 1, false),
                Array.of(inputs, targets.length, size),
                Array.of(targets, targets.length, 1),
                Array.of(weights, 1, size),
                null,
                loss));
    }

    private static void check(double start, double later, double curvature, double rate, LossTrajectory loss) {
        LinearMethod optimizer = LinearMethod.gradientDescent(rate);
        // a dozen roundings of numbers below 4
        assertEquals(start, loss.loss(optimizer, 0), 0x1p-48);
        assertEquals(later, loss.loss(optimizer, 1), 0x1p-48);
        assertEquals(curvature, loss.largestCurvature(), 0x1p-48);
    }

    @Test
    void twoOrthogonalExamples() {
        // residuals 1 and −2; λ = 4 is learned in one step of ¼, λ = 1 by a quarter
        double[] inputs = {2, 0, 0, 1};
        check(2.5, 1.125, 4, 0.25, loss(2, inputs, new double[] {1, 3}, new double[] {1, 1}, Loss.HALF_SUM));
        check(2.5, 1.125, 4, 0.25, loss(2, inputs, new double[] {1, 3}, new double[] {1, 1}, Loss.MEAN));
        // three weights and two examples, residuals 1 and −2 with λ = 25 and 1: factors 1 − 25/32 and 31/32
        double[] wider = {3, 0, 4, 0, 1, 0};
        double later = (Math.pow(7 / 32.0, 2) + 4 * Math.pow(31 / 32.0, 2)) / 2;
        check(2.5, later, 25, 0x1p-5, loss(3, wider, new double[] {2, 3}, new double[] {1, 1, 0}, Loss.HALF_SUM));
    }

    @Test
    void whatNoParameterReachesIsKept() {
        // x = (1, 2), residuals (−1, 2): 9/5 of their square lies along x and is quartered, 16/5 stay
        double[] inputs = {1, 2};
        check(2.5, 1.825, 5, 0.1, loss(1, inputs, new double[] {2, 0}, new double[] {1}, Loss.HALF_SUM));
        // the same example twice: a direction of parameters that nothing sees
        double[] twice = {2, 0, 2, 0};
        check(1, 0.25, 8, 0.0625, loss(2, twice, new double[] {1, 1}, new double[] {1, 5}, Loss.HALF_SUM));
    }

    @Test
    void decayIsRefused() {
        LossTrajectory loss = loss(1, new double[] {1}, new double[] {1}, new double[] {0}, Loss.MEAN);
        LinearMethod decaying = new LinearMethod(0.1, 0, false, 0.1);
        assertThrows(IllegalArgumentException.class, () -> loss.loss(decaying, 1));
    }
}
