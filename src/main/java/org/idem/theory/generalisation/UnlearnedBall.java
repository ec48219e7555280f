package org.idem.theory.generalisation;

import java.util.Arrays;
import org.idem.array.Array;
import org.idem.network.Cnn;
import org.idem.theory.law.QuadraticFormLaw;

/**
 * The ball around 0 that holds, with a given probability over Gaussian initial weights, what training left of all
 * filters' errors: the vector of all |R|^{1/2}(w_c − e_c), R the matrix of {@link Unlearned}. Its squared radius times
 * qᵀ|R|q bounds the squared error at a patch q. Source: proofs/T2.image-bound.md.
 */
public final class UnlearnedBall {
    /** Absolute eigenvalues of R, d numbers. */
    private final double[] factors;
    /** Σ_c e_cᵀ|R|e_c. */
    private final double selectors;

    private final int channels;

    private UnlearnedBall(double[] factors, double selectors, int channels) {
        this.factors = factors;
        this.selectors = selectors;
        this.channels = channels;
    }

    /**
     * The ball after any training that does not depend on the initial weights.
     *
     * @param unlearned what it left open of the training patches of this network
     * @param cnn network with as many outputs as channels
     * @return the ball
     */
    public static UnlearnedBall of(Unlearned unlearned, Cnn cnn) {
        double selectors = OpenPatches.sumOfSquares(unlearned.rootOf(OpenPatches.centreSelectors(cnn)));
        return new UnlearnedBall(unlearned.factors(), selectors, cnn.channels());
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
     * Radius of the part that comes from the initial weights.
     *
     * @param variance σ² of one weight, positive
     * @param failure δ in (0, 1)
     * @return root of the (1 − δ)-quantile of Σ_c w_cᵀ|R|w_c / C
     */
    public double weightRadius(double variance, double failure) {
        double[] weights = new double[factors.length * channels];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = variance * factors[i % factors.length];
        }
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
        return Math.sqrt(selectors / channels);
    }

    /**
     * Radius that is exceeded with probability at most δ.
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
        Arrays.sort(fewer);
        fewer[fewer.length - 1] = 0;
        return new UnlearnedBall(fewer, selectors, channels);
    }
}
