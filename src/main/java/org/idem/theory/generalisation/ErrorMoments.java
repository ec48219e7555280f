package org.idem.theory.generalisation;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Array;
import org.idem.network.Cnn;
import org.idem.theory.design.Spectrum;

/**
 * Mean and tails, over independent normal or uniform initial weights of mean 0, of the mean-squared error on test
 * images after a one-layer CNN without bias was trained on the identity task.
 *
 * <p>With A = RQᵀQR, R the matrix of {@link Unlearned}, and the Frobenius norm,
 *
 * <pre>
 * mean   (1/N)(σ² tr A + Σ_c e_cᵀAe_c / C)
 * spread (2Cσ⁴‖A‖² + 4σ² Σ_c ‖Ae_c‖²) / (NC)²
 * </pre>
 *
 * The spread is the variance of the error for normal weights; for uniform ones the variance is smaller by 1.2 Cσ⁴ Σ_i
 * A_ii² / (NC)². The scale is 2σ²λmax(A)/(NC), for uniform weights at least a third of the mean. Source:
 * proofs/T2.mean-error.md.
 *
 * @param mean per output pixel and channel
 * @param spread v, at least the variance of the error of one network
 * @param scale c with log E exp(λ(MSE − mean)) ≤ λ²v / (2(1 − c|λ|)) for |λ| &lt; 1/c
 */
public record ErrorMoments(double mean, double spread, double scale) {
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
        double ofWeights = 2 * open.channels() * variance * variance * OpenPatches.sumOfSquares(gram(open.patches()));
        double ofCentres =
                OpenPatches.sumOfSquares(CommonOps_DDRM.multTransB(open.patches(), open.centreErrors(), null));
        double scale = 2 * variance * new Spectrum(open.patches()).largest() / residuals;
        return new ErrorMoments(
                mean,
                (ofWeights + 4 * variance * ofCentres) / (residuals * residuals),
                gaussian ? scale : Math.max(scale, mean / 3));
    }

    /** Products of the columns with each other, or of the rows if these are fewer: both have the norm of A. */
    private static DMatrixRMaj gram(DMatrixRMaj matrix) {
        return matrix.numRows < matrix.numCols
                ? CommonOps_DDRM.multTransB(matrix, matrix, null)
                : CommonOps_DDRM.multTransA(matrix, matrix, null);
    }

    /**
     * The mean alone.
     *
     * @param unlearned what training left open of the training patches of this network
     * @param cnn network with as many outputs as channels
     * @param test test images (m, C, H', W'), whose errors are averaged together
     * @param variance σ² of one initial weight, finite and positive
     * @return per output pixel and channel, for weights of any law
     */
    public static double mean(Unlearned unlearned, Cnn cnn, Array test, double variance) {
        return OpenPatches.of(unlearned, cnn, test).meanError(variance);
    }
}
