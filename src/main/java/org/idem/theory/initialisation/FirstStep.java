package org.idem.theory.initialisation;

/**
 * What one step of gradient descent makes of two linear layers, f(x) = W_2W_1x, that learn one example.
 *
 * <p>Weights are independent of mean 0 and variances v_1 and v_2, n hidden units, k outputs, target y; layer i moves at
 * the rate α_i times the gradient of ½‖f(x) − y‖². The mean is exact for all laws of mean 0 of which one is symmetric,
 * the variance for normal weights. Source: proofs/T5.first-step.md.
 *
 * @param units n, at least 1
 * @param outputs k, at least 1
 * @param firstVariance v_1, positive
 * @param lastVariance v_2, positive
 * @param firstRate α_1, at least 0
 * @param lastRate α_2, at least 0
 * @param example ‖x‖², positive
 * @param overlap ⟨x, z⟩
 * @param probe ‖z‖², at least 0
 */
public record FirstStep(
        int units,
        int outputs,
        double firstVariance,
        double lastVariance,
        double firstRate,
        double lastRate,
        double example,
        double overlap,
        double probe) {
    /**
     * In the tangent-kernel parametrisation W = σ_wω/√fan-in, ω ~ N(0, 1), where every ω moves at one rate η.
     *
     * @param inputs d, at least 1
     * @param units n, at least 1
     * @param outputs k, at least 1
     * @param weightVariance σ_w², positive
     * @param rate η
     * @param example ‖x‖², positive
     * @param overlap ⟨x, z⟩
     * @param probe ‖z‖²
     * @return the step: its mean is y·q·(2η − η²(k + 1)κ/n), q = σ_w⁴⟨x, z⟩/d, κ = σ_w⁴‖x‖²/d
     */
    public static FirstStep ofTangentKernel(
            int inputs,
            int units,
            int outputs,
            double weightVariance,
            double rate,
            double example,
            double overlap,
            double probe) {
        double first = weightVariance / inputs;
        double last = weightVariance / units;
        return new FirstStep(units, outputs, first, last, rate * first, rate * last, example, overlap, probe);
    }

    /**
     * The mean output on z.
     *
     * @return E⟨y, f_1(z)⟩/‖y‖² = ⟨x, z⟩n(α_1v_2 + α_2v_1 − α_1α_2(k + 1)v_1v_2‖x‖²)
     */
    public double mean() {
        return mean(outputs + 1.0);
    }

    /**
     * The same with another number in the place of k + 1.
     *
     * @param bends k + 1 in the truth
     * @return a mean
     */
    public double mean(double bends) {
        return overlap
                * units
                * (firstRate * lastVariance
                        + lastRate * firstVariance
                        - firstRate * lastRate * bends * firstVariance * lastVariance * example);
    }

    /**
     * Variance, for normal weights, of the average of ⟨y, f_1(z)⟩/‖y‖² over two networks that differ in the sign of
     * W_2: what is odd in W_2 cancels.
     *
     * @return at least 0
     */
    public double pairVariance() {
        double learned = firstRate * overlap * lastVariance;
        double bent = firstRate * lastRate * overlap * lastVariance;
        double kept = lastRate * overlap / example;
        double size = firstVariance * example * units;
        double sizeSquared = firstVariance * firstVariance * example * example * units * (units + 2.0);
        double across = Math.max(0, probe - overlap * overlap / example);
        double within = 2 * (learned * learned - 4 * learned * bent * size + 4 * bent * bent * sizeSquared)
                + 2 * learned * learned * (units - 1)
                + 2 * bent * bent * (outputs - 1) * sizeSquared
                + lastRate * lastRate * firstVariance * across * size;
        double between = kept - bent * (outputs + 1);
        return within + between * between * 2 * units * Math.pow(firstVariance * example, 2);
    }
}
