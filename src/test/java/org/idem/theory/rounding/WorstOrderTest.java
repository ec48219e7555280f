package org.idem.theory.rounding;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Fcn;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.theory.ClosedForm;
import org.idem.theory.design.LeastSquares;
import org.junit.jupiter.api.Test;

/**
 * Long sums in the worst order, positive terms first, with every rounding of products, additions and stored parameters
 * against one output: to first order that is what an engine may do, so no budget may be smaller. Written down from the
 * steps themselves, backwards from the output; loss scale and learning rate are powers of two and round nothing.
 */
class WorstOrderTest {
    private static final double UNIT = 0x1p-53;
    /** Least share of a budget that these roundings use: others, of the velocity for instance, are left out. */
    private static final double USED = 0.125;

    private final long seed = new SplittableRandom().nextLong();
    private final SplittableRandom random = new SplittableRandom(seed);

    /** Σ|term| + Σ|partial sum|. */
    private static double roundings(double[] terms) {
        double[] sorted =
                Arrays.stream(terms).filter(term -> term != 0).sorted().toArray();
        double partial = 0;
        double sum = 0;
        for (int i = sorted.length - 1; i >= 0; i--) {
            partial += sorted[i];
            sum += Math.abs(sorted[i]) + (i == sorted.length - 1 ? 0 : Math.abs(partial));
        }
        return sum;
    }

    private static double[] terms(DMatrixRMaj row, DMatrixRMaj matrix, int column) {
        double[] terms = new double[matrix.numRows];
        for (int i = 0; i < terms.length; i++) {
            terms[i] = row.get(i) * matrix.get(i, column);
        }
        return terms;
    }

    private static DMatrixRMaj[] path(LeastSquares problem, LinearMethod optimizer, int steps) {
        DMatrixRMaj[] path = new DMatrixRMaj[steps + 1];
        path[0] = problem.initial();
        DMatrixRMaj velocity = new DMatrixRMaj(1, path[0].numCols);
        for (int step = 0; step < steps; step++) {
            DMatrixRMaj gradient = CommonOps_DDRM.multTransB(residual(problem, path[step]), problem.design(), null);
            velocity = CommonOps_DDRM.add(1, gradient, optimizer.momentum(), velocity, null);
            path[step + 1] = CommonOps_DDRM.add(1, path[step], -optimizer.learningRate(), velocity, null);
        }
        return path;
    }

    private static DMatrixRMaj residual(LeastSquares problem, DMatrixRMaj parameters) {
        DMatrixRMaj outputs = CommonOps_DDRM.mult(parameters, problem.design(), null);
        return CommonOps_DDRM.subtract(outputs, problem.targets(), null);
    }

    /** Largest error of the output θx after the steps, to first order. */
    private static double worst(LeastSquares problem, LinearMethod optimizer, int steps, DMatrixRMaj test) {
        DMatrixRMaj design = problem.design();
        DMatrixRMaj transposed = CommonOps_DDRM.transpose(design, null);
        DMatrixRMaj[] path = path(problem, optimizer, steps);
        double rate = optimizer.learningRate();
        // how the output follows a change of the parameters, and of the velocity, before a step
        DMatrixRMaj ofParameters = CommonOps_DDRM.transpose(test, null);
        DMatrixRMaj ofVelocity = new DMatrixRMaj(1, design.numRows);
        double worst = roundings(terms(path[steps], test, 0));
        for (int step = steps - 1; step >= 0; step--) {
            DMatrixRMaj residual = residual(problem, path[step]);
            DMatrixRMaj ofGradient = CommonOps_DDRM.add(1, ofVelocity, -rate, ofParameters, null);
            DMatrixRMaj ofResidual = CommonOps_DDRM.mult(ofGradient, design, null);
            for (int i = 0; i < design.numRows; i++) {
                worst += Math.abs(path[step + 1].get(i) * ofParameters.get(i))
                        + roundings(terms(residual, transposed, i)) * Math.abs(ofGradient.get(i));
            }
            for (int s = 0; s < design.numCols; s++) {
                worst += roundings(terms(path[step], design, s)) * Math.abs(ofResidual.get(s));
            }
            ofParameters =
                    CommonOps_DDRM.add(1, ofParameters, 1, CommonOps_DDRM.multTransB(ofResidual, design, null), null);
            ofVelocity = ofGradient;
            CommonOps_DDRM.scale(optimizer.momentum(), ofVelocity);
        }
        return UNIT * worst;
    }

    private Array drawn(int... shape) {
        Array array = Array.zeros(shape);
        for (int i = 0; i < array.length(); i++) {
            array.values()[i] = random.nextInt(4) == 0 ? 0 : random.nextDouble() - 0.25;
        }
        return array;
    }

    @Test
    void noOrderOfLongSumsLeavesTheBudget() {
        for (int[] size : new int[][] {{150, 2}, {150, 8}, {4, 120}, {90, 100}}) {
            for (double momentum : new double[] {0, 0.75}) {
                Array inputs = drawn(size[1], size[0]);
                LinearProblem problem = new LinearProblem(
                        new Fcn(size[0], 1, false), inputs, drawn(size[1], 1), drawn(1, size[0]), null, Loss.HALF_SUM);
                ClosedForm form = new ClosedForm(problem);
                LinearMethod method = new LinearMethod(1, momentum, false, 0);
                double most = 0.9 * method.stableProduct() / form.largestCurvature();
                LinearMethod optimizer = method.withLearningRate(Math.scalb(1.0, Math.getExponent(most)));
                int steps = 1 + random.nextInt(60);
                Array test = drawn(1, size[0]);
                double budget =
                        form.budget(optimizer, steps, Precision.FLOAT64, test).values()[0];
                DMatrixRMaj column = new DMatrixRMaj(size[0], 1, true, test.values());
                double worst = worst(form.data(), optimizer, steps, column);
                String where = Arrays.toString(size) + ", " + optimizer + ", " + steps + " steps, seed " + seed;
                // both are 0 where all numbers of the test happen to be 0
                assertTrue(worst <= budget, where + ": " + worst + " of " + budget);
                assertTrue(worst >= USED * budget, where + ": " + worst + " of " + budget);
            }
        }
    }
}
