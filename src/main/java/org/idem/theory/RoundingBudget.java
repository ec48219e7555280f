package org.idem.theory;

import org.idem.network.Optimizer;

/**
 * A-priori bound on the rounding error of t optimiser steps, from unit roundoff, norms and the spectrum.
 *
 * <p>A local error made k steps before the end reaches the parameters multiplied by the response of its mode. The sums
 * of the largest responses over k bound the effect of errors of storage, of the residual (these stay in the range of
 * the design and are damped there) and of the gradient. Second-order terms are covered by doubling. Source:
 * proofs/rounding.md.
 */
final class RoundingBudget {
    private final Optimizer optimizer;
    private final double lossScale;
    private final double[] gradientSums;
    private double largestFactor = 1;
    private double storageSum;
    private double gradientSum;
    private double residualSum;

    /** Eigenvalues of the Gram matrix without loss scale; the null mode is always added. */
    RoundingBudget(Optimizer optimizer, double lossScale, double[] eigenvalues, int steps) {
        this.optimizer = optimizer;
        this.lossScale = lossScale;
        int modes = eigenvalues.length + 1;
        gradientSums = new double[modes];
        double step = optimizer.learningRate();
        double beta = optimizer.momentum();
        double look = optimizer.nesterov() ? 1 + beta : 1;
        double carry = optimizer.nesterov() ? beta * beta : beta;
        double[] curvatures = new double[modes];
        double[] roots = new double[modes];
        double[][] storage = new double[2][modes];
        double[][] impulse = new double[2][modes];
        double[][] factor = new double[2][modes];
        for (int mode = 0; mode < modes; mode++) {
            double lambda = mode < eigenvalues.length ? Math.max(0, eigenvalues[mode]) : 0;
            curvatures[mode] = lossScale * lambda + optimizer.weightDecay();
            roots[mode] = lossScale * Math.sqrt(lambda);
            storage[0][mode] = 1;
            impulse[0][mode] = -step * look;
            impulse[1][mode] = 1;
            factor[0][mode] = 1;
        }
        for (int k = 0; k < steps; k++) {
            double largestStorage = 0;
            double largestGradient = 0;
            double largestResidual = 0;
            for (int mode = 0; mode < modes; mode++) {
                double response = Math.abs(impulse[0][mode]);
                largestStorage = Math.max(largestStorage, Math.abs(storage[0][mode]));
                largestGradient = Math.max(largestGradient, response);
                largestResidual = Math.max(largestResidual, roots[mode] * response);
                gradientSums[mode] += response;
                advance(storage, mode, curvatures[mode], step * look, step * carry, beta);
                advance(impulse, mode, curvatures[mode], step * look, step * carry, beta);
                advance(factor, mode, curvatures[mode], step * look, step * carry, beta);
                largestFactor = Math.max(largestFactor, Math.abs(factor[0][mode]));
            }
            storageSum += largestStorage;
            gradientSum += largestGradient;
            residualSum += largestResidual;
        }
    }

    private static void advance(double[][] state, int mode, double curvature, double step, double carry, double beta) {
        double error = state[0][mode];
        double velocity = state[1][mode];
        state[0][mode] = (1 - step * curvature) * error - carry * velocity;
        state[1][mode] = curvature * error + beta * velocity;
    }

    /** Bound on how far the parameters move in one mode per unit of residual there. */
    double motion(int mode, double eigenvalue) {
        double byForce = lossScale * Math.sqrt(Math.max(0, eigenvalue)) * gradientSums[mode];
        return eigenvalue > 0 ? Math.min((1 + largestFactor) / Math.sqrt(eigenvalue), byForce) : byForce;
    }

    double largestFactor() {
        return largestFactor;
    }

    double gradientSum() {
        return gradientSum;
    }

    double residualSum() {
        return residualSum;
    }

    /** Bound on the error of one row of parameters for a unit roundoff, row and design norms. */
    double ofTraining(
            double unitRoundoff,
            int fanIn,
            int sites,
            double parameterNorm,
            double residualNorm,
            double designNorm,
            double targetNorm) {
        double storage = (optimizer.momentum() > 0 ? 3 : 2) * unitRoundoff * parameterNorm * storageSum;
        double velocity = optimizer.momentum() > 0
                ? 4 * unitRoundoff * parameterNorm * gradientSum / optimizer.learningRate()
                : 0;
        double residual =
                accumulated(fanIn + 2, unitRoundoff) * (parameterNorm * designNorm + targetNorm) * residualSum;
        double gradient = accumulated(sites + 4, unitRoundoff)
                * (lossScale * residualNorm * designNorm + optimizer.weightDecay() * parameterNorm)
                * gradientSum;
        return 2 * (storage + velocity + residual + gradient);
    }

    /** γ_n = n u / (1 − n u), the bound of n accumulated roundings; infinite where it says nothing. */
    static double accumulated(int operations, double unitRoundoff) {
        double product = operations * unitRoundoff;
        return product < 1 ? product / (1 - product) : Double.POSITIVE_INFINITY;
    }
}
