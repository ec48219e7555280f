package org.idem.theory;

import org.idem.network.Optimizer;

/**
 * The polynomial r_t(μ) by which t steps of an optimiser multiply the error in a mode of curvature μ; r_t(0) = 1.
 *
 * <p>Both the value and the divided difference are read from the t-th power of a small companion matrix, computed by
 * repeated squaring: the off-diagonal block of a power of [[A, 0], [D, B]] with D = (A − B)/(a − b) is the divided
 * difference of the powers of A and B, without the cancellation of the quotient. Source: proofs/trajectory.md.
 */
public final class ResidualPolynomial {
    /** A number and a bound on its absolute error, that of a relative error 2u of each curvature included. */
    record Bounded(double value, double error) {}

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
        return boundedValue(curvature).value;
    }

    /** r_t(μ) with its error. */
    Bounded boundedValue(double curvature) {
        if (curvature == 0) {
            return new Bounded(1, 0);
        }
        double[] matrix = new double[4];
        double[] error = new double[4];
        fill(matrix, error, 2, 0, curvature);
        return corner(matrix, error, 0);
    }

    /**
     * (r_t(a) − r_t(b)) / (a − b), continued to the derivative at a = b.
     *
     * @param a a curvature
     * @param b a curvature
     * @return the divided difference, not positive for small steps
     */
    public double dividedDifference(double a, double b) {
        return boundedDifference(a, b).value;
    }

    /** The divided difference with its error. */
    Bounded boundedDifference(double a, double b) {
        double[] block = new double[16];
        double[] error = new double[16];
        fill(block, error, 4, 0, b);
        fill(block, error, 4, 2, a);
        double step = optimizer.learningRate();
        block[8] = optimizer.nesterov() ? -step * (1 + optimizer.momentum()) : -step;
        error[8] = optimizer.nesterov() ? Rounding.accumulated(3) * Math.abs(block[8]) : 0;
        block[12] = 1;
        return corner(block, error, 2);
    }

    private Bounded corner(double[] matrix, double[] error, int row) {
        BoundedPower power = new BoundedPower(matrix, error).power(steps);
        return new Bounded(power.value(row, 0), power.error(row, 0));
    }

    /** Puts one step on (error, velocity) in a mode onto the diagonal of a matrix of some size, from an index on. */
    private void fill(double[] matrix, double[] error, int size, int at, double curvature) {
        double step = optimizer.learningRate();
        double momentum = optimizer.momentum();
        double look = optimizer.nesterov() ? 1 + momentum : 1;
        double carry = optimizer.nesterov() ? momentum * momentum : momentum;
        double pull = step * curvature * look;
        int first = at * size + at;
        matrix[first] = 1 - pull;
        matrix[first + 1] = -step * carry;
        matrix[first + size] = curvature;
        matrix[first + size + 1] = momentum;
        // the curvature itself carries two roundings
        error[first] = Rounding.accumulated(6) * Math.abs(pull) + Rounding.accumulated(2) * Math.abs(1 - pull);
        error[first + 1] = Rounding.accumulated(3) * Math.abs(matrix[first + 1]);
        error[first + size] = Rounding.accumulated(3) * curvature;
    }
}
