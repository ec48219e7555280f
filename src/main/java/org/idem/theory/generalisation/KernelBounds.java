package org.idem.theory.generalisation;

import org.idem.array.Array;
import org.idem.network.Cnn;

/**
 * The mean-squared error that a one-layer CNN without bias makes on test images after training on one image for the
 * identity task, for weights drawn independently with mean zero: its mean, a quantile, and two upper bounds.
 *
 * @param patchRank rank of the training patches
 * @param unknowns weights per output channel, d = K²C
 * @param meanError exact mean over the initial weights of any distribution, per output pixel and channel
 * @param quantile the (1 − δ)-quantile of the error, exact for Gaussian weights only ({@link ErrorLaw})
 * @param imageBound holds for these test images with probability 1 − δ over Gaussian weights
 * @param uniformBound the same for every image with pixels of at most the given size
 */
public record KernelBounds(
        int patchRank, int unknowns, double meanError, double quantile, double imageBound, double uniformBound) {
    /**
     * Computes rank, mean and bounds.
     *
     * @param unlearned what training left open; nothing if the rank is d in the limit, and then all errors are 0
     * @param cnn network without bias and with as many outputs as channels
     * @param test test images (m, C, H, W)
     * @param variance of one initial weight, positive
     * @param failure δ in (0, 1)
     * @param largestPixel bound B on the size of a pixel of any image, at least 0
     * @return the figures. Source: proofs/T2.mean-error.md, T2.law.md, T2.image-bound.md and T2.uniform-bound.md
     */
    public static KernelBounds of(
            Unlearned unlearned, Cnn cnn, Array test, double variance, double failure, double largestPixel) {
        if (cnn.bias()) {
            throw new IllegalArgumentException("the bounds are for a network without bias, got " + cnn);
        }
        int unknowns = cnn.fanIn();
        OpenPatches open = OpenPatches.of(unlearned, cnn, test);
        if (open.complete()) {
            return new KernelBounds(unlearned.rank(), unknowns, 0, 0, 0, 0);
        }
        ErrorLaw law = ErrorLaw.of(open, variance);
        UnlearnedBall ball = UnlearnedBall.of(unlearned, cnn);
        double squaredRadius = Math.pow(ball.radius(variance, failure), 2);
        return new KernelBounds(
                unlearned.rank(),
                unknowns,
                law.mean(),
                law.law().upperQuantile(failure),
                OpenPatches.largestForm(unlearned, cnn, test) * squaredRadius,
                ball.largestFactor() * unknowns * largestPixel * largestPixel * squaredRadius);
    }
}
