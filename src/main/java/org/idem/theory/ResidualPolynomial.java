package org.idem.theory;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.network.Optimizer;

/**
 * The polynomial r_t(μ) by which t steps of an optimiser multiply the error in a mode of curvature μ; r_t(0) = 1.
 *
 * <p>Both the value and the divided difference are read from the t-th power of a small companion matrix, computed by
 * repeated squaring: the off-diagonal block of a power of [[A, 0], [D, B]] with D = (A − B)/(a − b) is the divided
 * difference of the powers of A and B, without the cancellation of the quotient. Source: proofs/trajectory.md.
 */
public final class ResidualPolynomial {
    private final Optimizer optimizer;
    private final int steps;

    /**
     * The polynomial of some steps.
     *
     * @param optimizer method; its weight decay is not looked at, it belongs into the curvature
     * @param steps t ≥ 0
     */
    public ResidualPolynomial(Optimizer optimizer, int steps) {
        this.optimizer = optimizer;
        this.steps = steps;
    }

    /**
     * r_t(μ).
     *
     * @param curvature μ ≥ 0 of the loss, loss scale and weight decay included
     * @return the factor of the error; exactly 1 at 0
     */
    public double value(double curvature) {
        return curvature == 0 ? 1 : power(companion(curvature)).get(0, 0);
    }

    /**
     * (r_t(a) − r_t(b)) / (a − b), continued to the derivative at a = b.
     *
     * @param a a curvature
     * @param b a curvature
     * @return the divided difference, not positive for small steps
     */
    public double dividedDifference(double a, double b) {
        DMatrixRMaj block = new DMatrixRMaj(4, 4);
        CommonOps_DDRM.insert(companion(b), block, 0, 0);
        CommonOps_DDRM.insert(companion(a), block, 2, 2);
        double step = optimizer.learningRate();
        block.set(2, 0, optimizer.nesterov() ? -step * (1 + optimizer.momentum()) : -step);
        block.set(3, 0, 1);
        return power(block).get(2, 0);
    }

    /** One step on (error, velocity) in a mode. */
    private DMatrixRMaj companion(double curvature) {
        double step = optimizer.learningRate();
        double momentum = optimizer.momentum();
        double look = optimizer.nesterov() ? 1 + momentum : 1;
        double carry = optimizer.nesterov() ? momentum * momentum : momentum;
        return new DMatrixRMaj(new double[][] {{1 - step * curvature * look, -step * carry}, {curvature, momentum}});
    }

    private DMatrixRMaj power(DMatrixRMaj matrix) {
        DMatrixRMaj result = CommonOps_DDRM.identity(matrix.numRows);
        DMatrixRMaj square = matrix;
        for (int left = steps; left > 0; left >>= 1) {
            if ((left & 1) == 1) {
                result = CommonOps_DDRM.mult(result, square, null);
            }
            if (left > 1) {
                square = CommonOps_DDRM.mult(square, square, null);
            }
        }
        return result;
    }
}
