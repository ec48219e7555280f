package org.idem.theory.path;

import org.idem.network.LinearMethod;
import org.idem.theory.arithmetic.Bounded;
import org.idem.theory.arithmetic.BoundedPower;
import org.idem.theory.arithmetic.DoubleDouble;

/**
 * The polynomial r_t(μ) by which t steps of an optimiser multiply the error in a mode of curvature μ; r_t(0) = 1.
 *
 * <p>Both the value and the divided difference are read from the t-th power of a small companion matrix, computed by
 * repeated squaring: the off-diagonal block of a power of [[A, 0], [D, B]] with D = (A − B)/(a − b) is the divided
 * difference of the powers of A and B, without the cancellation of the quotient. Without momentum A and B are numbers.
 * The powers are taken in twice the double precision, so the results are correct almost to the last bit. Source:
 * proofs/trajectory.md.
 */
public final class ResidualPolynomial {
    private final LinearMethod optimizer;
    private final int steps;

    /**
     * The polynomial of some steps.
     *
     * @param optimizer method; its weight decay is not looked at, it belongs into the curvature
     * @param steps t ≥ 0
     */
    public ResidualPolynomial(LinearMethod optimizer, int steps) {
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
        return at(DoubleDouble.of(curvature)).value();
    }

    /**
     * r_t(μ) with its error.
     *
     * @param curvature μ = cλ + ω
     * @return r_t(μ) with a bound on its error
     */
    public Bounded at(DoubleDouble curvature) {
        if (curvature.high() == 0) {
            return new Bounded(1, 0);
        }
        BoundedPower matrix = BoundedPower.zeros(1, side());
        fill(matrix, 0, curvature);
        return matrix.firstOfRow(0, steps);
    }

    /**
     * (r_t(a) − r_t(b)) / (a − b), continued to the derivative at a = b.
     *
     * @param a a curvature
     * @param b a curvature
     * @return the divided difference, not positive for small steps
     */
    public double dividedDifference(double a, double b) {
        return difference(DoubleDouble.of(a), DoubleDouble.of(b)).value();
    }

    /**
     * The divided difference with its error.
     *
     * @param a one curvature
     * @param b another, or the same
     * @return (r_t(a) − r_t(b)) / (a − b), at equal curvatures the derivative, with a bound on its error
     */
    public Bounded difference(DoubleDouble a, DoubleDouble b) {
        int side = side();
        BoundedPower block = BoundedPower.zeros(2, side);
        fill(block, 0, b);
        fill(block, side, a);
        DoubleDouble step = DoubleDouble.of(-optimizer.learningRate());
        block.set(side, 0, step.times(look()));
        if (side > 1) {
            block.set(side + 1, 0, DoubleDouble.of(1));
        }
        return block.firstOfRow(side, steps);
    }

    /** Without momentum the velocity is forgotten in every step: the error alone is followed. */
    private int side() {
        return optimizer.momentum() == 0 ? 1 : 2;
    }

    private DoubleDouble look() {
        return optimizer.nesterov() ? DoubleDouble.sum(1, optimizer.momentum()) : DoubleDouble.of(1);
    }

    /** Puts one step on (error, velocity) in a mode onto the diagonal of a matrix, from an index on. */
    private void fill(BoundedPower matrix, int at, DoubleDouble curvature) {
        double momentum = optimizer.momentum();
        DoubleDouble carry =
                optimizer.nesterov() ? DoubleDouble.product(momentum, momentum) : DoubleDouble.of(momentum);
        DoubleDouble step = DoubleDouble.of(-optimizer.learningRate());
        DoubleDouble pull = step.times(curvature).times(look());
        matrix.set(at, at, DoubleDouble.of(1).plus(pull), 1 + Math.abs(pull.high()));
        if (side() > 1) {
            matrix.set(at, at + 1, step.times(carry));
            matrix.set(at + 1, at, curvature);
            matrix.set(at + 1, at + 1, DoubleDouble.of(momentum));
        }
    }
}
