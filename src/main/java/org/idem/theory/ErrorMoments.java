package org.idem.theory;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Array;
import org.idem.network.Cnn;

/**
 * Mean, variance and tails, over independent initial weights of mean 0, of the mean-squared error on test images after
 * a one-layer CNN without bias was trained on the identity task.
 *
 * <p>With A = RQᵀQR, R the matrix of {@link Unlearned}, and κ the excess kurtosis of a weight,
 *
 * <pre>
 * mean      (1/N)(σ² tr A + Σ_c e_cᵀAe_c / C)
 * variance  (C(2σ⁴‖A‖² + κσ⁴ Σ_i A_ii²) + 4σ² Σ_c ‖Ae_c‖²) / (NC)²
 * </pre>
 *
 * exactly, with the Frobenius norm. Source: proofs/T2.mean-error.md.
 *
 * @param mean per output pixel and channel
 * @param variance of the error of one network
 * @param scale c with log E exp(λ(MSE − mean)) ≤ λ² variance / (2(1 − c|λ|)) for |λ| &lt; 1/c
 */
public record ErrorMoments(double mean, double variance, double scale) {
    private static final double EXCESS_OF_UNIFORM = -1.2;

    /**
     * The moments after any training that does not depend on the initial weights.
     *
     * @param unlearned what it left open of the training patches of this network
     * @param cnn network without bias and with as many outputs as channels
     * @param test test images (m, C, H', W'), whose errors are averaged together
     * @param variance σ² of one initial weight, finite and positive
     * @param gaussian whether weights are normal, otherwise uniform
     * @return the moments
     */
    public static ErrorMoments of(Unlearned unlearned, Cnn cnn, Array test, double variance, boolean gaussian) {
        if (cnn.bias()) {
            throw new IllegalArgumentException("the moments are for a network without bias, got " + cnn);
        }
        OpenPatches open = OpenPatches.of(unlearned, cnn, test);
        double mean = open.meanError(variance);
        double residuals = (double) open.pixels() * open.channels();
        DMatrixRMaj quadratic = CommonOps_DDRM.multTransB(open.patches(), open.patches(), null);
        double diagonal = 0;
        for (int i = 0; i < quadratic.numRows; i++) {
            diagonal += quadratic.get(i, i) * quadratic.get(i, i);
        }
        double ofWeights = variance
                * variance
                * (2 * OpenPatches.sumOfSquares(quadratic) + (gaussian ? 0 : EXCESS_OF_UNIFORM) * diagonal);
        double ofCentres =
                OpenPatches.sumOfSquares(CommonOps_DDRM.mult(quadratic, OpenPatches.centreSelectors(cnn), null));
        double scale = gaussian
                ? 2 * variance * new Spectrum(open.patches()).largest() / residuals
                : Math.max(largest(open, Math.sqrt(3 * variance)) - mean, mean) / 3;
        return new ErrorMoments(
                mean, (open.channels() * ofWeights + 4 * variance * ofCentres) / (residuals * residuals), scale);
    }

    /**
     * The mean alone.
     *
     * @param unlearned as above
     * @param cnn as above
     * @param test as above
     * @param variance as above
     * @return per output pixel and channel, for weights of any law
     */
    public static double mean(Unlearned unlearned, Cnn cnn, Array test, double variance) {
        return OpenPatches.of(unlearned, cnn, test).meanError(variance);
    }

    /**
     * Bound on the error for weights of at most a given size: none of them adds more to a pixel than its part of Rq.
     */
    private static double largest(OpenPatches open, double size) {
        double sum = 0;
        for (int pixel = 0; pixel < open.pixels(); pixel++) {
            double reach = 0;
            for (int row = 0; row < open.patches().numRows; row++) {
                reach += size * Math.abs(open.patches().get(row, pixel));
            }
            for (int channel = 0; channel < open.channels(); channel++) {
                double error = reach + Math.abs(open.centreErrors().get(channel, pixel));
                sum += error * error;
            }
        }
        return sum / open.pixels() / open.channels();
    }
}
