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

    PairSignals(int rows, int length, boolean residual) {
        covariances = new double[rows][length];
        tangents = new double[rows][length];
        passed = new double[residual ? rows : 0][length];
        passedTangents = new double[residual ? rows : 0][length];
    }
}
