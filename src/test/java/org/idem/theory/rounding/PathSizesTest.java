package org.idem.theory.rounding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.network.LinearMethod;
import org.idem.theory.TinyProblem;
import org.idem.theory.design.LeastSquares;
import org.junit.jupiter.api.Test;

/** Bounds along the path against paths that are walked step by step from the gradients. */
class PathSizesTest {
    /** Paths of some thousand steps are walked in double precision, on both sides. */
    private static final double ROUNDING = 1e-9;

    /** Largest |θ_t| of every parameter, rows × d. */
    private static DMatrixRMaj walked(LeastSquares problem, LinearMethod method, int steps) {
        DMatrixRMaj place = problem.initial().copy();
        DMatrixRMaj velocity = place.createLike();
        DMatrixRMaj largest = place.createLike();
        for (int step = 0; step <= steps; step++) {
            for (int at = 0; at < largest.getNumElements(); at++) {
                largest.data[at] = Math.max(largest.data[at], Math.abs(place.data[at]));
            }
            DMatrixRMaj residual = CommonOps_DDRM.mult(place, problem.design(), null);
            CommonOps_DDRM.subtractEquals(residual, problem.targets());
            DMatrixRMaj gradient = CommonOps_DDRM.multTransB(residual, problem.design(), null);
            CommonOps_DDRM.add(problem.lossScale(), gradient, method.weightDecay(), place, gradient);
            CommonOps_DDRM.add(method.momentum(), velocity, 1, gradient, velocity);
            DMatrixRMaj update = velocity;
            if (method.nesterov()) {
                update = CommonOps_DDRM.add(1, gradient, method.momentum(), velocity, null);
            }
            CommonOps_DDRM.add(1, place, -method.learningRate(), update, place);
        }
        return largest;
    }

    /** That no parameter is ever larger than its bound, and that no bound is loose by more than a factor. */
    private static void check(LeastSquares problem, LinearMethod method, int steps, double looseness) {
        DMatrixRMaj bounds = PathSizes.of(problem, method, steps);
        DMatrixRMaj largest = walked(problem, method, steps);
        for (int at = 0; at < bounds.getNumElements(); at++) {
            double ratio = bounds.data[at] / largest.data[at];
            assertTrue(ratio >= 1 - ROUNDING && ratio <= looseness, method + ", parameter " + at + ": " + ratio);
        }
    }

    @Test
    void theHeavyBallOvershoots() {
        for (double curvature : new double[] {1e-4, 1e-3, 0.02, 0.3, 1.7}) {
            LeastSquares problem = TinyProblem.scalar(1, 1, 0, 1, 0, 0);
            check(problem, new LinearMethod(curvature, 0.99, false, 0), 3000, 1.2);
            check(problem, new LinearMethod(curvature / 2, 0.99, true, 0), 3000, 1.2);
        }
    }

    /**
     * Two modes that beat against each other: at thirteen times 5000^(j/12) this weight is never above 0.053, between
     * them it reaches 0.18.
     */
    @Test
    void theHeavyBallSwingsOutBetweenLooks() {
        double[] curvatures = {0.00716165, 0.00805652};
        double first = Math.sqrt(curvatures[0] / 2);
        double second = Math.sqrt(curvatures[1] / 2);
        DMatrixRMaj design = new DMatrixRMaj(new double[][] {{first, second}, {first, -second}});
        DMatrixRMaj targets = CommonOps_DDRM.mult(TinyProblem.matrix(0, 1), design, null);
        LeastSquares problem = TinyProblem.distorted(design, targets, TinyProblem.matrix(0, 0), 1, 0, 0);
        check(problem, new LinearMethod(1, 0.99, false, 0), 5000, 5);
    }

    /** Modes (1, ±1)/√2 with ηλ = ½ and 10⁻³: a weight that starts and ends at 0 has been at ¼. */
    @Test
    void aWeightThatEndsWhereItBeganHasMoved() {
        double fast = Math.sqrt(0.25);
        double slow = Math.sqrt(0.0005);
        DMatrixRMaj design = new DMatrixRMaj(new double[][] {{fast, slow}, {fast, -slow}});
        DMatrixRMaj targets = CommonOps_DDRM.mult(TinyProblem.matrix(0, 0.5), design, null);
        LeastSquares problem = TinyProblem.distorted(design, targets, TinyProblem.matrix(0, 0), 1, 0, 0);
        LinearMethod method = LinearMethod.gradientDescent(1);
        check(problem, method, 20_000, 1.1);
        assertTrue(PathSizes.of(problem, method, 20_000).get(0, 0) > 0.24);
    }

    @Test
    void severalRowsAndModesWithAndWithoutDecay() {
        for (boolean tall : new boolean[] {true, false}) {
            LeastSquares problem = TinyProblem.of(tall, 1, 0, 0);
            for (double momentum : new double[] {0, 0.5, 0.95}) {
                check(problem, new LinearMethod(0.05, momentum, false, 0), 200, 2);
                check(problem, new LinearMethod(0.05, momentum, momentum > 0, 0.5), 200, 2);
            }
        }
    }

    @Test
    void withoutStepsAndWithoutDataNothingMoves() {
        LeastSquares problem = TinyProblem.scalar(1, 5, -3, 1, 0, 0);
        assertEquals(
                3, PathSizes.of(problem, LinearMethod.gradientDescent(0.5), 0).get(0, 0), ROUNDING);
        LeastSquares blank = TinyProblem.scalar(0, 5, -3, 1, 0, 0);
        assertEquals(
                3, PathSizes.of(blank, LinearMethod.gradientDescent(0.5), 7).get(0, 0));
    }
}
