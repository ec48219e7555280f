package org.idem.theory.initialisation;

/**
 * How far a residual network of linear stages, f(x) = ∏(I + W_l)x, leads away from its input before training.
 *
 * <p>The entries of W_l are independent, of mean 0 and variance γ/d, d the width. The mean is exact for all laws of the
 * weights. The mean square is that of normal weights, and an upper bound for symmetric laws of smaller kurtosis.
 * Source: proofs/T5.residual.md.
 *
 * @param mean E‖f(x) − x‖²/‖x‖²
 * @param meanSquare E‖f(x) − x‖⁴/‖x‖⁴
 */
public record ResidualMoments(double mean, double meanSquare) {
    /**
     * The moments of a network.
     *
     * @param gains γ_l = d·variance of the weights of every stage, finite and at least 0
     * @param width d, at least 1
     * @return with γ equal in all stages the mean is (1 + γ)^L − 1
     */
    public static ResidualMoments of(double[] gains, int width) {
        if (width < 1) {
            throw new IllegalArgumentException("the width must be at least 1, got " + width);
        }
        double logGrowth = 0;
        // means of ‖D‖⁴, ‖D‖²‖h‖², ⟨D, h⟩‖h‖² and ‖h‖⁴ for D = h − x and ‖x‖ = 1
        double away = 0;
        double mixed = 0;
        double along = 0;
        double size = 1;
        for (double gain : gains) {
            if (!(gain >= 0 && gain < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("a gain must be at least 0 and finite, got " + gain);
            }
            double entry = gain / width;
            double noise = gain * gain + 2 * gain * entry;
            double nextAway = away + (2 * gain + 4 * entry) * mixed + noise * size;
            double nextMixed = (1 + gain) * mixed + 4 * entry * along + (gain + noise) * size;
            double nextAlong = (1 + gain + 2 * entry) * along + (gain + 2 * entry + noise) * size;
            size *= 1 + 2 * gain + 4 * entry + noise;
            away = nextAway;
            mixed = nextMixed;
            along = nextAlong;
            logGrowth += Math.log1p(gain);
        }
        return new ResidualMoments(Math.expm1(logGrowth), away);
    }

    /**
     * Variance of ‖f(x) − x‖²/‖x‖² for normal weights.
     *
     * @return at least 0
     */
    public double variance() {
        return Math.max(0, meanSquare - mean * mean);
    }
}
