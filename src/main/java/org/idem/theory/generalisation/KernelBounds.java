package org.idem.theory.generalisation;

import org.idem.array.Array;
import org.idem.network.Cnn;

/**
 * The mean-squared error that a one-layer CNN without bias makes on test images after training on one image for the
 * identity task, for weights drawn independently with mean zero: its mean, a quantile, and a ladder of upper bounds
 * from the tightest to the loosest, each of which fails with probability at most δ over Gaussian weights.
 *
 * <p>The first two bounds are about these test images alone; for k named images each takes δ/k. The next two hold for
 * all images at once, each image with a bound of its own; the last two are one number for every image with pixels of at
 * most a given size.
 *
 * @param patchRank rank of the training patches
 * @param unknowns weights per output channel, d = K²C
 * @param meanError exact mean over the initial weights of any distribution, per output pixel and channel
 * @param quantile the (1 − δ)-quantile of the error, exact for Gaussian weights only ({@link ErrorLaw})
 * @param lawBound that quantile with the proved error of the law added
 * @param closedBound closed form in the spectrum of the test images: the smaller one of Chernoff's bound and of the
 *     bound by convexity
 * @param allImagesBound by the largest eigenvalues of the test images' patches outside of what was learned
 * @param imageBound by the largest patch and the triangle inequality
 * @param uniformBound the same number for every image with pixels of at most the given size
 * @param paperBound the paper's order m(m/C − r)/C with its constants, for every such image
 */
public record KernelBounds(
        int patchRank,
        int unknowns,
        double meanError,
        double quantile,
        double lawBound,
        double closedBound,
        double allImagesBound,
        double imageBound,
        double uniformBound,
        double paperBound) {
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
            return new KernelBounds(unlearned.rank(), unknowns, 0, 0, 0, 0, 0, 0, 0, 0);
        }
        ErrorLaw law = ErrorLaw.of(open, variance);
        UnlearnedBall ball = UnlearnedBall.of(unlearned, cnn);
        double squaredPixel = largestPixel * largestPixel;
        return new KernelBounds(
                unlearned.rank(),
                unknowns,
                law.mean(),
                law.law().upperQuantile(failure),
                law.law().upperBound(failure),
                law.closedBound(failure),
                ball.bound(Sight.of(unlearned, cnn, test), variance, failure),
                OpenPatches.largestForm(unlearned, cnn, test) * Math.pow(ball.radius(variance, failure), 2),
                squaredPixel * WorstPatch.of(unlearned, cnn).bound(variance, failure),
                squaredPixel * unknowns * ball.orderOfPaper(variance, failure));
    }
}
