package org.idem.check;

import org.idem.network.Horizon;
import org.idem.network.LinearMethod;

/**
 * The share of a mode's error that training leaves, as a function of the mode's curvature μ: r_t(μ) of
 * proofs/trajectory.md for the methods treated there, and the corresponding factor for other methods that treat all
 * modes alike.
 */
@FunctionalInterface
interface Method {
    /** The factor of a mode with curvature μ ≥ 0, weight decay included. */
    double factor(double curvature);

    /** r_t(μ) by repeated squaring of the step, 0 in the limit. */
    static Method of(LinearMethod optimizer, Horizon horizon) {
        if (!(horizon instanceof Horizon.Steps steps)) {
            return curvature -> curvature > 0 ? 0 : 1;
        }
        double momentum = optimizer.momentum();
        double rate = optimizer.learningRate();
        if (momentum == 0) {
            return curvature -> Math.pow(1 - rate * curvature, steps.count());
        }
        return curvature -> power(step(rate * curvature, momentum, optimizer.nesterov()), steps.count())[0];
    }

    /** One step of (error, velocity over curvature), row by row. */
    static double[] step(double pull, double momentum, boolean nesterov) {
        double look = nesterov ? 1 + momentum : 1;
        double carry = nesterov ? momentum * momentum : momentum;
        return new double[] {1 - pull * look, -pull * carry, 1, momentum};
    }

    static double[] power(double[] matrix, int exponent) {
        double[] power = {1, 0, 0, 1};
        double[] square = matrix;
        for (int left = exponent; left > 0; left >>= 1) {
            if ((left & 1) == 1) {
                power = product(power, square);
            }
            square = product(square, square);
        }
        return power;
    }

    static double[] product(double[] a, double[] b) {
        return new double[] {
            a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3], a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3]
        };
    }
}
