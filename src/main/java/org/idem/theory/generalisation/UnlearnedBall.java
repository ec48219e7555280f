package org.idem.theory.generalisation;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.idem.array.Array;
import org.idem.network.Cnn;
import org.idem.theory.design.DesignMatrix;
import org.idem.theory.design.Spectrum;
import org.idem.theory.law.QuadraticFormLaw;

/**
 * What holds, with a given probability over Gaussian initial weights, what training left of all filters' errors: the d
 * × C matrix of columns |R|^{1/2}(w_c − e_c), R the matrix of {@link Unlearned}. A ball around 0 holds it, of a radius
 * in the Frobenius norm and of one in the operator norm. The event speaks about the weights only; on it every image has
 * its own bound. Source: proofs/T2.image-bound.md.
 */
public final class UnlearnedBall {
    /** Absolute eigenvalues of R, d numbers. */
    private final double[] factors;
    /** Squared coordinates of the e_c in these directions, channels × d. */
    private final DMatrixRMaj selectors;
    /** ‖|R|^{1/2}E‖², E = (e_1 … e_C), in the operator norm. */
    private final double stretch;

    private final int channels;

    private UnlearnedBall(double[] factors, DMatrixRMaj selectors, double stretch) {
        this.factors = factors;
        this.selectors = selectors;
        this.stretch = stretch;
        channels = selectors.numRows;
    }

    /**
     * The ball after any training that does not depend on the initial weights.
     *
     * @param unlearned what it left open of the training patches of this network
     * @param cnn network with as many outputs as channels
     * @return the ball
     */
    public static UnlearnedBall of(Unlearned unlearned, Cnn cnn) {
        DMatrixRMaj centres = OpenPatches.centreSelectors(cnn);
        double stretch = new Spectrum(unlearned.rootOf(centres)).largest();
        return new UnlearnedBall(unlearned.factors(), unlearned.squaredCoordinates(centres), stretch);
    }

    /**
     * The largest qᵀ|R|q over the patches of images.
     *
     * @param unlearned what training left open
     * @param cnn its network
     * @param images (m, C, H, W)
     * @return at least 0
     */
    public static double largestPatch(Unlearned unlearned, Cnn cnn, Array images) {
        return OpenPatches.largestForm(unlearned, cnn, images);
    }

    /**
     * How much images see of each open direction: eigenvalues of Ĉ = (1/N)Σ_q |R|^{1/2}qqᵀ|R|^{1/2} over their N
     * patches. The largest is at most the largest qᵀ|R|q, and they add up to its mean.
     *
     * @param unlearned what training left open
     * @param cnn its network
     * @param images (m, C, H, W)
     * @return at most d numbers, the largest first
     */
    public static double[] sight(Unlearned unlearned, Cnn cnn, Array images) {
        DMatrixRMaj patches = unlearned.rootOf(DesignMatrix.of(cnn, images));
        CommonOps_DDRM.scale(1 / Math.sqrt(patches.numCols), patches);
        double[] ascending = new Spectrum(patches).values().clone();
        Arrays.sort(ascending);
        double[] sight = new double[ascending.length];
        Arrays.setAll(sight, i -> ascending[ascending.length - 1 - i]);
        return sight;
    }

    /**
     * Bound on the mean squared error on any images at once: with probability 1 − δ it holds for all images, each with
     * its own {@link #sight}.
     *
     * <p>With one channel, the largest number of the sight times the squared radius. With several, C singular values
     * share the squared radius, none larger than the operator norm, and meet the C largest numbers of the sight; the
     * two norms are exceeded with probability δ/2 each.
     *
     * @param sight of the images, the largest first
     * @param variance σ² of one weight, positive
     * @param failure δ in (0, 1)
     * @return per output pixel and channel
     */
    public double bound(double[] sight, double variance, double failure) {
        double share = channels == 1 ? failure : failure / 2;
        double left = channels * squaredRadius(variance, share);
        double most = channels == 1 ? left : squaredNorm(variance, share);
        double sum = 0;
        for (int i = 0; i < Math.min(channels, sight.length); i++) {
            double singular = Math.min(left, most);
            sum += sight[i] * singular;
            left -= singular;
        }
        return sum / channels;
    }

    /**
     * Squared radius of the ball in the Frobenius norm, over the number of channels.
     *
     * @param variance σ² of one weight, positive
     * @param failure δ in (0, 1)
     * @return exact (1 − δ)-quantile of Σ_c (w_c − e_c)ᵀ|R|(w_c − e_c) / C
     */
    public double squaredRadius(double variance, double failure) {
        double[] weights = weights(variance);
        double[] shifts = new double[weights.length];
        Arrays.setAll(shifts, i -> selectors.data[i] / variance);
        return QuadraticFormLaw.of(weights, shifts).upperQuantile(failure) / channels;
    }

    /** σ² times the factors, channel after channel. */
    private double[] weights(double variance) {
        double[] weights = new double[factors.length * channels];
        Arrays.setAll(weights, i -> variance * factors[i % factors.length]);
        return weights;
    }

    /**
     * Squared radius of the ball in the operator norm.
     *
     * @param variance σ² of one weight, positive
     * @param failure δ in (0, 1)
     * @return bound on the square of the largest singular value, exceeded with probability at most δ
     */
    public double squaredNorm(double variance, double failure) {
        double crossed = 0;
        for (int i = 0; i < selectors.getNumElements(); i++) {
            double factor = factors[i % factors.length];
            crossed += factor * factor * selectors.data[i];
        }
        double deviation = Math.sqrt(variance);
        double length = Math.sqrt(variance * directions() + stretch + 2 * deviation * Math.sqrt(crossed));
        double width = Math.sqrt(channels) + Math.sqrt(-2 * Math.log(failure));
        double norm = length + deviation * Math.sqrt(largestFactor()) * width;
        return norm * norm;
    }

    /**
     * Radius of the part that comes from the initial weights.
     *
     * @param variance σ² of one weight, positive
     * @param failure δ in (0, 1)
     * @return root of the (1 − δ)-quantile of Σ_c w_cᵀ|R|w_c / C
     */
    public double weightRadius(double variance, double failure) {
        double[] weights = weights(variance);
        double quantile =
                QuadraticFormLaw.of(weights, new double[weights.length]).upperQuantile(failure);
        return Math.sqrt(quantile / channels);
    }

    /**
     * Radius of the part that comes from the identity.
     *
     * @return √(Σ_c e_cᵀ|R|e_c / C)
     */
    public double selectorRadius() {
        double sum = 0;
        for (int i = 0; i < selectors.getNumElements(); i++) {
            sum += factors[i % factors.length] * selectors.data[i];
        }
        return Math.sqrt(sum / channels);
    }

    /**
     * Radius that is exceeded with probability at most δ, by the triangle inequality: the looser bound that needs the
     * law of the weights alone.
     *
     * @param variance σ² of one weight, positive
     * @param failure δ in (0, 1)
     * @return sum of the radii of both parts
     */
    public double radius(double variance, double failure) {
        return weightRadius(variance, failure) + selectorRadius();
    }

    /**
     * The largest absolute eigenvalue of R.
     *
     * @return r_max
     */
    public double largestFactor() {
        return Arrays.stream(factors).max().orElse(0);
    }

    /**
     * Smooth count of the directions that are not learned.
     *
     * @return tr|R|, d − rank in the limit
     */
    public double directions() {
        return Arrays.stream(factors).sum();
    }

    /**
     * The same with the most open direction taken for learned.
     *
     * @return a smaller ball
     */
    public UnlearnedBall oneDirectionLess() {
        double[] fewer = factors.clone();
        int most = 0;
        for (int i = 0; i < fewer.length; i++) {
            most = fewer[i] > fewer[most] ? i : most;
        }
        fewer[most] = 0;
        return new UnlearnedBall(fewer, selectors, stretch);
    }
}
