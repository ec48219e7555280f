package org.idem.theory.initialisation;

import java.util.function.DoubleUnaryOperator;

/**
 * Where means of ‖f(x_i)‖ over several inputs lie for most networks, however much these norms depend on each other.
 *
 * <p>Let R_i = ‖f(x_i)‖/‖x_i‖, all of one law R, and M = Σw_i R_i with weights of sum 1. For every u, M − u ≤ Σw_i(R_i
 * − u)⁺, so that Markov's inequality gives P(M ≥ u + E(R − u)⁺/α) ≤ α, and P(M ≤ u − E(u − R)⁺/α) ≤ α in the same way.
 * The best u is a quantile of R; any other would do. The means are integrals of the distribution function, bounded from
 * above by sums over steps on which it is monotone, with the error of {@link NormLaw}. Source: proofs/T5.law.md.
 *
 * @param low least mean norm, at least 0, in units of the same mean of ‖x_i‖
 * @param high largest mean norm
 */
public record MeanNormRange(double low, double high) {
    /** Ratio of the ends of a step. */
    static final double STEP = 1.005;
    /** Integrals are cut at so many times the root mean fourth power of a norm, or at this part of a number. */
    static final double FAR = 200;

    private static final int HALVINGS = 40;

    /**
     * The range of a network.
     *
     * @param network without biases; its weights are taken as normal
     * @param failure probability with which a network may lie outside, in (0, 1)
     * @return the range
     * @throws IllegalArgumentException if the network has biases
     * @throws ArithmeticException if the law is not known well enough
     */
    public static MeanNormRange of(RandomFcn network, double failure) {
        NormLaw law = NormLaw.of(network);
        double alpha = failure / 2;
        double fourth = OutputMoments.meanPower(network, 1, 2);
        if (!(fourth > 0 && fourth < Double.POSITIVE_INFINITY)) {
            throw new ArithmeticException("the fourth moment of the norm leaves double precision");
        }
        double most = FAR * Math.sqrt(Math.sqrt(fourth));
        DoubleUnaryOperator above = size -> Math.min(1, law.survival(size * size) + law.error());
        DoubleUnaryOperator below = size -> Math.min(1, law.cdf(size * size) + law.error());
        double upper = quantile(law, 1 - alpha, most);
        double excess = 0;
        double least = Double.POSITIVE_INFINITY;
        for (double at = upper; at < most; ) {
            excess += (STEP - 1) * at * above.applyAsDouble(at);
            at *= STEP;
            // beyond the cut U: (r − U)⁺ ≤ 27r⁴/(256U³)
            least = Math.min(least, excess + 27 * fourth / (256 * at * at * at));
        }
        return new MeanNormRange(low(below, quantile(law, alpha, most), alpha), upper + least / alpha);
    }

    private static double low(DoubleUnaryOperator below, double upper, double alpha) {
        double lack = 0;
        double at = upper;
        for (; at > upper / FAR; at /= STEP) {
            lack += (1 - 1 / STEP) * at * below.applyAsDouble(at);
        }
        lack += at * below.applyAsDouble(at);
        return Math.max(0, upper - lack / alpha);
    }

    /** Nearly: any number will do. */
    private static double quantile(NormLaw law, double probability, double most) {
        double low = Math.log(most) - 80;
        double high = Math.log(most);
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            double size = Math.exp(middle);
            if (law.cdf(size * size) < probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.exp(high);
    }
}
