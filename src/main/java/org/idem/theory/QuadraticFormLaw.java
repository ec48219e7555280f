package org.idem.theory;

import org.apache.commons.math3.analysis.UnivariateFunction;
import org.apache.commons.math3.analysis.solvers.BrentSolver;

/**
 * Law of Σ_j w_j (z_j + s_j)² for independent standard normal z_j and weights w_j &gt; 0: a generalised noncentral χ².
 *
 * <p>The distribution function comes from its characteristic function by the Gil-Pelaez integral, summed by the
 * midpoint rule with step Δ at the points (k + ½)Δ. The rule errs by at most the probability outside a window of width
 * 2π/Δ, and the cut-off by the tail of the integrand; Δ is chosen from a Chernoff bound of the upper tail, the cut-off
 * from the bound on the modulus, each for 10⁻⁹. Source: Davies, Biometrika 60 (1973), 415–417.
 */
final class QuadraticFormLaw {
    private static final double TAIL = 1e-9;
    private static final int MOST_POINTS = 1 << 22;

    private final double[] weights;
    private final double[] shiftsSquared;
    private final double largest;
    private final double mean;
    private final double spread;

    /** Weights positive, shifts squared at least 0, one for each weight; both arrays are kept. */
    QuadraticFormLaw(double[] weights, double[] shiftsSquared) {
        this.weights = weights;
        this.shiftsSquared = shiftsSquared;
        double top = 0;
        double sum = 0;
        double variance = 0;
        for (int j = 0; j < weights.length; j++) {
            top = Math.max(top, weights[j]);
            sum += weights[j] * (1 + shiftsSquared[j]);
            variance += 2 * weights[j] * weights[j] * (1 + 2 * shiftsSquared[j]);
        }
        largest = top;
        mean = sum;
        spread = Math.sqrt(variance);
    }

    /** Smallest Chernoff bound of the upper tail is below the tail at the returned point. */
    private double upperPoint() {
        double best = Double.POSITIVE_INFINITY;
        // every exponent h below 1/(2 max w) gives a valid point: (log M(h) − log tail)/h
        for (int i = 1; i < 64; i++) {
            double h = i / 64.0 / (2 * largest);
            double logMoment = 0;
            for (int j = 0; j < weights.length; j++) {
                double rest = 1 - 2 * h * weights[j];
                logMoment += -0.5 * Math.log(rest) + shiftsSquared[j] * h * weights[j] / rest;
            }
            best = Math.min(best, (logMoment - Math.log(TAIL)) / h);
        }
        return best;
    }

    /**
     * P(sum ≤ x).
     *
     * @param x any number; 0 or less gives 0
     * @return probability; NaN if the integrand decays too slowly for the points allowed
     */
    double cumulative(double x) {
        if (!(x > 0)) {
            return Double.isNaN(x) ? Double.NaN : 0;
        }
        double step = 2 * Math.PI / (Math.max(x, upperPoint()) * 2);
        double sum = 0;
        for (int k = 0; k < MOST_POINTS; k++) {
            double u = (k + 0.5) * step;
            double phase = -u * x;
            double logModulus = 0;
            double decayed = 0;
            for (int j = 0; j < weights.length; j++) {
                double twice = 2 * u * weights[j];
                double square = 1 + twice * twice;
                phase += 0.5 * Math.atan(twice) + 0.5 * shiftsSquared[j] * twice / square;
                logModulus -= 0.25 * Math.log(square) + 0.5 * shiftsSquared[j] * twice * twice / square;
                decayed += twice * twice / square;
            }
            double modulus = Math.exp(logModulus);
            sum += Math.sin(phase) * modulus / (k + 0.5);
            // beyond u the modulus falls at least like u to the power −decayed/2, so the tail is modulus·2/decayed
            if (modulus * 2 / (Math.PI * decayed) < TAIL) {
                return Math.min(1, Math.max(0, 0.5 - sum / Math.PI));
            }
        }
        return Double.NaN;
    }

    /**
     * The quantile of a probability.
     *
     * @param probability in (0, 1)
     * @return x with P(sum ≤ x) = probability, to the accuracy of the distribution function; NaN where that is NaN; 0
     *     without weights
     */
    double quantile(double probability) {
        if (weights.length == 0) {
            return 0;
        }
        double high = mean + spread;
        double there = cumulative(high);
        while (there < probability) {
            high += spread;
            there = cumulative(high);
        }
        if (Double.isNaN(there)) {
            return Double.NaN;
        }
        UnivariateFunction excess = x -> cumulative(x) - probability;
        return new BrentSolver(TAIL, TAIL * mean).solve(200, excess, 0, high);
    }
}
