package org.idem.theory.kernel.depth;

import org.idem.network.LinearMethod;
import org.idem.theory.path.ResidualPolynomial;

/**
 * What t steps make of one mode of a kernel: p(λ) = (1 − r_t(cλ))/λ, by which they turn targets into dual weights, and
 * its derivative. Source: proofs/kernel.md.
 *
 * @param value p(λ)
 * @param slope p′(λ)
 */
public record Gain(double value, double slope) {
    /**
     * At a positive eigenvalue.
     *
     * @param method with the learning rate in the unit of the eigenvalue; its decay is not looked at
     * @param steps t, at least 0
     * @param lossScale c
     * @param eigenvalue λ, positive
     * @return p(λ) and p′(λ)
     */
    public static Gain of(LinearMethod method, int steps, double lossScale, double eigenvalue) {
        ResidualPolynomial residual = new ResidualPolynomial(method, steps);
        double curvature = lossScale * eigenvalue;
        double first = residual.dividedDifference(curvature, 0);
        double second = (residual.dividedDifference(curvature, curvature) - first) / curvature;
        return new Gain(-lossScale * first, -lossScale * lossScale * second);
    }
}
