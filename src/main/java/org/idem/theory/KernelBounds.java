package org.idem.theory;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.idem.array.Array;
import org.idem.network.Cnn;

/**
 * What one training image leaves open: the mean-squared error on a test image after training a one-layer CNN without
 * bias to the limit on the identity task, for weights drawn independently with mean zero.
 *
 * @param patchRank rank of the training patches
 * @param unknowns weights per output channel, d = K²C
 * @param meanError exact mean over the initial weights of any distribution, per output pixel and channel
 * @param quantile the (1 − δ)-quantile of the error, exact for Gaussian weights only ({@link ErrorLaw}); NaN if its
 *     error bound is too large
 * @param imageBound holds for this test image with probability 1 − δ over Gaussian weights
 * @param uniformBound the same for every image with pixels of at most the given size
 */
public record KernelBounds(
        int patchRank, int unknowns, double meanError, double quantile, double imageBound, double uniformBound) {
    /**
     * Computes rank, mean and bounds.
     *
     * @param cnn network without bias and with as many outputs as channels
     * @param train training images (n, C, H, W)
     * @param test test images (m, C, H, W)
     * @param variance of one initial weight, positive
     * @param failure δ in (0, 1)
     * @param largestPixel bound B on the size of a pixel of any image, at least 0
     * @return the figures; all are exactly 0 when the rank is d. Source: proofs/T2.rank-error.md
     */
    public static KernelBounds of(
            Cnn cnn, Array train, Array test, double variance, double failure, double largestPixel) {
        if (cnn.bias()) {
            throw new IllegalArgumentException("the bounds are for a network without bias, got " + cnn);
        }
        RangeProjector range = RangeProjector.of(DesignMatrix.of(cnn, train));
        OpenPatches open = OpenPatches.of(range, cnn, test);
        int unknowns = cnn.fanIn();
        if (open.free() == 0) {
            return new KernelBounds(range.rank(), unknowns, 0, 0, 0, 0);
        }
        ErrorLaw law = ErrorLaw.of(open, variance);
        double squares =
                ChiSquaredDistribution.of((double) open.free() * cnn.channels()).inverseSurvivalProbability(failure);
        double radius = Math.sqrt(variance * squares / cnn.channels())
                + Math.sqrt(OpenPatches.sumOfSquares(open.centres()) / cnn.channels());
        return new KernelBounds(
                range.rank(),
                unknowns,
                law.mean(),
                law.law().upperQuantile(failure),
                open.largestSquare() * radius * radius,
                unknowns * largestPixel * largestPixel * radius * radius);
    }
}
