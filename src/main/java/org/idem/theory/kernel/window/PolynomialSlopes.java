package org.idem.theory.kernel.window;

import org.idem.network.LinearMethod;
import org.idem.theory.arithmetic.DoubleDouble;
import org.idem.theory.path.ResidualPolynomial;

/**
 * The polynomial p(λ) = (1 − r_t(cλ))/λ by which t steps turn targets into dual weights, and how steep it is. Source:
 * proofs/T7.linear-cnn.md.
 */
final class PolynomialSlopes {
    private final LinearMethod method;
    private final double lossScale;
    private final int steps;

    PolynomialSlopes(LinearMethod method, double lossScale, int steps) {
        this.method = method;
        this.lossScale = lossScale;
        this.steps = steps;
    }

    /** p(λ). */
    double gain(double value) {
        return -lossScale
                * new ResidualPolynomial(method, steps)
                        .difference(DoubleDouble.product(lossScale, value), DoubleDouble.of(0))
                        .value();
    }

    /**
     * |p[a, b]| = c²|r_t[ca, cb, 0]|. Divided differences of r_{s+1} = ((1 + β) − κμ)r_s − (β − κ′μ)r_{s−1} follow the
     * same recursion, with μ turned into what it makes of them: (μf)[a, b, 0] = f[a, b], (μf)[a, b] = f(a) + b f[a, b].
     */
    double slope(double a, double b) {
        if (steps == 0) {
            return 0;
        }
        double rate = method.learningRate() * lossScale;
        double momentum = method.momentum();
        double look = method.nesterov() ? 1 + momentum : 1;
        double lookBack = method.nesterov() ? momentum : 0;
        double before = 1;
        double beforeDifference = 0;
        double beforeSecond = 0;
        double now = 1 - rate * look * a;
        double difference = -rate * look;
        double second = 0;
        for (int step = 1; step < steps; step++) {
            double nextSecond = (1 + momentum) * second
                    - rate * look * difference
                    - momentum * beforeSecond
                    + rate * lookBack * beforeDifference;
            double nextDifference = (1 + momentum) * difference
                    - rate * look * (now + b * difference)
                    - momentum * beforeDifference
                    + rate * lookBack * (before + b * beforeDifference);
            double next = (1 + momentum - rate * look * a) * now - (momentum - rate * lookBack * a) * before;
            before = now;
            beforeDifference = difference;
            beforeSecond = second;
            now = next;
            difference = nextDifference;
            second = nextSecond;
        }
        return Math.abs(second);
    }

    /** sup |r_t| on [0, 1/η]: 1 without momentum, 2t with. */
    private double largest() {
        return method.momentum() == 0 ? 1 : Math.max(1, 2.0 * steps);
    }

    /** A bound of |p[a, b]| on [0, 1/(ηc)], by Markov's inequality for the second derivative of r_t. */
    double largestSlope() {
        double square = (double) steps * steps;
        double twice = 2 * method.learningRate() * lossScale;
        return largest() * twice * twice * square * Math.max(0, square - 1) / 6;
    }

    /** A bound of |p[a, b, c]| there, by Markov's inequality for the third derivative. */
    double largestCurvature() {
        double square = (double) steps * steps;
        double twice = 2 * method.learningRate() * lossScale;
        return largest() * twice * twice * twice * square * Math.max(0, square - 1) * Math.max(0, square - 4) / 90;
    }
}
