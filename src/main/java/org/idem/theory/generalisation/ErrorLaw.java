package org.idem.theory.generalisation;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Array;
import org.idem.network.Cnn;
import org.idem.theory.design.DesignMatrix;
import org.idem.theory.design.Spectrum;
import org.idem.theory.law.QuadraticFormLaw;

/**
 * Law, over the initial weights, of the mean-squared error on test images after a one-layer CNN was trained on the
 * identity task: MSE = (1/NC) Σ_c Σ_j a_j (σξ_cj − h_j·e_c)² with a_j, h_j the spectrum of RQᵀQR, R the matrix of
 * {@link Unlearned}, I − Π in the limit.
 *
 * <p>The mean is exact for independent weights (and biases) of mean 0 and variance σ², whatever their distribution. The
 * law and everything read from it, quantiles included, is exact <em>only for Gaussian</em> weights; for uniform ones it
 * is an approximation without a bound, good when many of the a_j are of the same size. Source: proofs/T2.mean-error.md
 * and proofs/T2.law.md.
 */
public final class ErrorLaw {
    private final double mean;
    private final QuadraticFormLaw law;

    private ErrorLaw(double mean, QuadraticFormLaw law) {
        this.mean = mean;
        this.law = law;
    }

    /**
     * The law after training on given images.
     *
     * @param cnn network with as many outputs as channels; with bias the initial biases have the variance of the
     *     weights
     * @param train training images (n, C, H, W)
     * @param test test images (m, C, H', W'), whose errors are averaged together
     * @param variance σ² of one initial weight, finite and positive
     * @return the law; the error is exactly 0 if the training patches have full rank
     */
    public static ErrorLaw of(Cnn cnn, Array train, Array test, double variance) {
        Unlearned limit = Unlearned.inTheLimit(DesignMatrix.of(cnn, train));
        return of(limit, cnn, test, variance);
    }

    /**
     * The law after any training that does not depend on the initial weights; many test images can share it.
     *
     * @param unlearned what it left open of the training patches of this network
     * @param cnn network with as many outputs as channels
     * @param test test images (m, C, H', W'), whose errors are averaged together
     * @param variance σ² of one initial weight, finite and positive
     * @return the law
     */
    public static ErrorLaw of(Unlearned unlearned, Cnn cnn, Array test, double variance) {
        return of(OpenPatches.of(unlearned, cnn, test), variance);
    }

    static ErrorLaw of(OpenPatches open, double variance) {
        double mean = open.meanError(variance);
        if (open.complete()) {
            return new ErrorLaw(mean, QuadraticFormLaw.of(new double[0], new double[0]));
        }
        double residuals = (double) open.pixels() * open.channels();
        return new ErrorLaw(mean, law(open, variance / residuals, variance));
    }

    /** From the spectrum of the open patches on their smaller side; modes below its rounding error are left out. */
    private static QuadraticFormLaw law(OpenPatches open, double scale, double variance) {
        DMatrixRMaj patches = open.patches();
        Spectrum spectrum = new Spectrum(patches);
        boolean pixelSide = spectrum.exampleSide();
        int modes = spectrum.modes();
        double rounding = Math.max(patches.numRows, patches.numCols) * 0x1p-53 * spectrum.largest();
        // a channel is a block; weight 0 drops a mode
        double[] weights = new double[modes * open.channels()];
        double[] shiftsSquared = new double[weights.length];
        for (int mode = 0; mode < modes; mode++) {
            double size = spectrum.values()[mode];
            if (size <= rounding) {
                continue;
            }
            DMatrixRMaj vector = CommonOps_DDRM.extractColumn(spectrum.basis(), mode, null);
            DMatrixRMaj onPixels = pixelSide ? vector : CommonOps_DDRM.multTransA(patches, vector, null);
            DMatrixRMaj projected = CommonOps_DDRM.mult(open.centreErrors(), onPixels, null);
            double squaredNorm = pixelSide ? size : size * size;
            for (int channel = 0; channel < open.channels(); channel++) {
                double value = projected.get(channel, 0);
                weights[channel * modes + mode] = size * scale;
                shiftsSquared[channel * modes + mode] = value * value / squaredNorm / variance;
            }
        }
        return QuadraticFormLaw.of(weights, shiftsSquared);
    }

    /**
     * Exact mean of the error, for weights of any distribution.
     *
     * @return per output pixel and channel
     */
    public double mean() {
        return mean;
    }

    /**
     * The law for Gaussian weights.
     *
     * @return law of the error per output pixel and channel
     */
    public QuadraticFormLaw law() {
        return law;
    }

    /**
     * Probability of an error of at most a given size, for Gaussian weights.
     *
     * @param meanSquaredError per output pixel and channel
     * @return see {@link QuadraticFormLaw#cumulative}
     */
    public double cumulative(double meanSquaredError) {
        return law.cumulative(meanSquaredError);
    }

    /**
     * Quantile of the error for Gaussian weights.
     *
     * @param p in [0, 1]
     * @return per output pixel and channel; see {@link QuadraticFormLaw#quantile}
     */
    public double quantile(double p) {
        return law.quantile(p);
    }

    /**
     * A bound on the error for Gaussian weights, in closed form.
     *
     * @param failure probability of a larger error at most
     * @return per output pixel and channel; see {@link QuadraticFormLaw#closedBound}
     */
    public double closedBound(double failure) {
        return law.closedBound(failure);
    }
}
