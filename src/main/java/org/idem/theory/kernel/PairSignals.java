package org.idem.theory.kernel;

/** Covariances and tangent kernels of all pairs of pixels of two images: a row for each pixel of x in places of z. */
final class PairSignals {
    /** S_pq of the signals, in the scales of both images. */
    final double[][] covariances;
    /** Θ_pq of the signals, in the tangent scales of both images. */
    final double[][] tangents;
    /** E[zz′] of what the layer passed on, for a layer that adds its inputs; else empty. */
    final double[][] passed;
    /** The tangent kernel of that. */
    final double[][] passedTangents;
    /**
     * What the fluctuating parts of E[zz′] fall short of the largest possible or, if they are negative, of the least,
     * with the sign of the covariance; where {@link NearPairs} needs it.
     */
    final double[][] gaps;
    /** Whether some signals of a line of x nearly coincide with some of z, or nearly are opposite. */
    final boolean[] near;

    PairSignals(int height, int rows, int length, boolean residual, boolean bent) {
        near = new boolean[height];
        gaps = new double[bent ? rows : 0][length];
        covariances = new double[rows][length];
        tangents = new double[rows][length];
        passed = new double[residual ? rows : 0][length];
        passedTangents = new double[residual ? rows : 0][length];
    }
}
