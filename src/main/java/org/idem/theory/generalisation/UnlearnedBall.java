package org.idem.theory.generalisation;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.idem.array.Array;
import org.idem.network.Cnn;
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
     * Bound on the mean squared error on any images at once: with probability 1 − δ it holds for all images, each with
     * its own {@link Sight}.
     *
     * <p>The smaller of two bounds, which share δ. One takes all errors together, the identity's missing part included,
     * as if they lay in the direction that the images see best. The other does so with the initial weights alone and
     * knows where the identity is missing. With several channels, C singular values share the squared radius, none
     * larger than the operator norm.
     *
     * @param sight of the images
     * @param variance σ² of one weight, positive
     * @param failure δ in (0, 1)
     * @return per output pixel and channel
     */
    public double bound(Sight sight, double variance, double failure) {
        double share = failure / (channels == 1 ? 2 : 4);
        double together = channels * squaredRadius(variance, share);
        double ofWeights = channels * Math.pow(weightRadius(variance, share), 2);
        double least = Math.min(
                channels == 1
                        ? sight.largest() * together
                        : sight.shared(together, squaredNorm(variance, share), channels),
                sight.overBall(ofWeights));
        if (channels > 1) {
            double random = sight.shared(ofWeights, squaredWeightNorm(variance, share), channels);
            least = Math.min(least, Math.pow(Math.sqrt(random) + sight.rootOfBias(), 2));
        }
        return least / channels;
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
        return squaredNorm(stretch, Math.sqrt(crossed), variance, failure);
    }

    /** The same of the part that comes from the initial weights. */
    private double squaredWeightNorm(double variance, double failure) {
        return squaredNorm(0, 0, variance, failure);
    }

    /** Of the initial weights beside a fixed part of some squared norm, and of some norm times |R|^{1/2}. */
    private double squaredNorm(double fixed, double crossed, double variance, double failure) {
        double deviation = Math.sqrt(variance);
        double length = Math.sqrt(variance * directions() + fixed + 2 * deviation * crossed);
        double width = Math.sqrt(channels) + Math.sqrt(-2 * Math.log(failure));
        double norm = length + deviation * Math.sqrt(largestFactor()) * width;
        return norm * norm;
    }

    /**
     * The paper's order with its constants, for one number of a patch: r_max tr|R| (σ + (1 + σ√(2 log(1/δ)))/√C)².
     *
     * @param variance σ² of one weight, at least 0
     * @param failure δ in (0, 1)
     * @return times d and the square of the largest pixel, a bound on the error on every image, exceeded with
     *     probability at most δ. Source: proofs/T2.uniform-bound.md (4)
     */
    public double orderOfPaper(double variance, double failure) {
        double deviation = Math.sqrt(variance);
        double last = deviation + (1 + deviation * Math.sqrt(-2 * Math.log(failure))) / Math.sqrt(channels);
        return largestFactor() * directions() * last * last;
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
