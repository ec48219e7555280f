package org.idem.theory.path;

import org.idem.network.LinearMethod;
import org.idem.theory.arithmetic.Bounded;
import org.idem.theory.arithmetic.DoubleDouble;
import org.idem.theory.arithmetic.Rounding;
import org.idem.theory.design.LeastSquares;

/**
 * What trained parameters are made of, each factor with its own error: kept·θ_0 + Σ modes (c·ofStart·θ_0XXᵀ −
 * c·ofTargets·YXᵀ). Source: proofs/trajectory.md.
 *
 * @param kept κ_t, the share of θ_0 that is kept where data see nothing
 * @param ofStart one for each mode; live
 * @param ofTargets one for each mode; live
 */
public record Coefficients(Bounded kept, Bounded[] ofStart, Bounded[] ofTargets) {
    /**
     * After some steps of an optimiser.
     *
     * @param problem in matrices
     * @param optimizer whose steps they are
     * @param steps number of steps, at least 0
     * @return share of the start that is kept, and two coefficients for each mode
     */
    public static Coefficients afterSteps(LeastSquares problem, LinearMethod optimizer, int steps) {
        double decay = optimizer.weightDecay();
        ResidualPolynomial polynomial = new ResidualPolynomial(optimizer, steps);
        DoubleDouble still = DoubleDouble.of(decay);
        Bounded[] ofStart = differences(problem, polynomial, decay, still);
        Bounded[] ofTargets = decay == 0 ? ofStart : differences(problem, polynomial, decay, DoubleDouble.of(0));
        return new Coefficients(polynomial.at(still), ofStart, ofTargets);
    }

    private static Bounded[] differences(
            LeastSquares problem, ResidualPolynomial polynomial, double decay, DoubleDouble from) {
        double[] eigenvalues = problem.spectrum().values();
        Bounded[] differences = new Bounded[eigenvalues.length];
        for (int mode = 0; mode < differences.length; mode++) {
            differences[mode] = polynomial.difference(problem.curvature(eigenvalues[mode], decay), from);
        }
        return differences;
    }

    /**
     * After gradient flow for a time, without decay: both are (exp(−τcλ) − 1)/(cλ).
     *
     * @param problem in matrices
     * @param time τ, at least 0
     * @return share of the start that is kept, and two coefficients for each mode
     */
    public static Coefficients flow(LeastSquares problem, double time) {
        double[] eigenvalues = problem.spectrum().values();
        Bounded[] factors = new Bounded[eigenvalues.length];
        for (int mode = 0; mode < factors.length; mode++) {
            double factor = flowFactor(time, problem.lossScale() * eigenvalues[mode]);
            // x ↦ (exp(−x) − 1)/x changes relatively at most as its argument does, and expm1 is within an ulp
            factors[mode] = new Bounded(factor, Rounding.accumulated(8) * Math.abs(factor));
        }
        return new Coefficients(new Bounded(1, 0), factors, factors);
    }

    /**
     * In the limit of training with weight decay ω: nothing of the start and −1/(cλ + ω) of the targets.
     *
     * @param problem in matrices
     * @param decay ω, positive
     * @return share of the start that is kept, and two coefficients for each mode
     */
    public static Coefficients ridge(LeastSquares problem, double decay) {
        double[] eigenvalues = problem.spectrum().values();
        Bounded none = new Bounded(0, 0);
        Bounded[] ofStart = new Bounded[eigenvalues.length];
        Bounded[] ofTargets = new Bounded[eigenvalues.length];
        for (int mode = 0; mode < eigenvalues.length; mode++) {
            double inverse = 1 / (problem.lossScale() * eigenvalues[mode] + decay);
            ofStart[mode] = none;
            ofTargets[mode] = new Bounded(-inverse, Rounding.accumulated(4) * inverse);
        }
        return new Coefficients(none, ofStart, ofTargets);
    }

    /**
     * (exp(−τa) − 1)/a, −τ at 0.
     *
     * @param time τ, at least 0
     * @param curvature a, at least 0
     * @return at most 0
     */
    public static double flowFactor(double time, double curvature) {
        return curvature == 0 ? -time : Math.expm1(-time * curvature) / curvature;
    }
}
