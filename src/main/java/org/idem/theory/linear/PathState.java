package org.idem.theory.linear;

import java.util.Arrays;

/**
 * Bounds that hold within a distance of one point of the path.
 *
 * @param path the recursion
 * @param point of it
 * @param off the distance, in the Frobenius norm over all layers together
 * @param norms bounds on the spectral norms of the layers
 * @param sizes bounds on their Frobenius norms
 * @param acrossSlope bound on ρ²‖Σ_j ∏_{i<j}s_i² (R_L⋯R_{j+1})(R_L⋯R_{j+1})ᵀ‖
 */
record PathState(
        AlignedPath path, AlignedPath.Point point, double off, double[] norms, double[] sizes, double acrossSlope) {
    /** From bounds on the spectral and Frobenius norms of R_j at the start. */
    static PathState of(AlignedPath path, AlignedPath.Point point, double off, AcrossReach across, double[] acrossAll) {
        double kept = Math.abs(point.kept()) * (1 + 0x1p-30);
        double[] strengths = point.strengths();
        double[] norms = new double[strengths.length];
        double[] sizes = new double[strengths.length];
        double sum = 0;
        double below = 1;
        for (int layer = 0; layer < norms.length; layer++) {
            double strength = Math.abs(strengths[layer]);
            norms[layer] = Math.max(strength, kept * across.of(layer, layer + 1)) + off;
            sizes[layer] = Math.hypot(strength, kept * acrossAll[layer]) + off;
            double above = across.of(layer + 1, norms.length) * Math.pow(kept, norms.length - 1.0 - layer);
            sum += below * below * above * above;
            below *= strengths[layer];
        }
        return new PathState(path, point, off, norms, sizes, path.inputNorm() * path.inputNorm() * sum);
    }

    /** ρ∏s_i − τ. */
    double error() {
        return path.inputNorm() * point.product() - path.targetNorm();
    }

    /** ‖J‖ within the distance: along u_L, and across it. */
    private double slope() {
        double there = Math.sqrt(Math.max(path.curvature(point.strengths()), acrossSlope)) * (1 + 0x1p-30);
        return there + bend() * off;
    }

    /** Bound on ‖f(x̂) − y‖. */
    double residual() {
        return Math.abs(error()) + slope() * off;
    }

    /** ‖D²f‖: (L − 1)ρ times the largest product of all norms but two. */
    private double bend() {
        return (norms.length - 1) * path.inputNorm() * without(2);
    }

    /** ‖D³f‖: (L − 1)(L − 2)ρ times the largest product of all norms but three. */
    private double twist() {
        return (norms.length - 1.0) * (norms.length - 2) * path.inputNorm() * without(3);
    }

    /** The product of all norms but the smallest few; 0 if there are fewer. */
    private double without(int few) {
        if (norms.length < few) {
            return 0;
        }
        double[] sorted = norms.clone();
        Arrays.sort(sorted);
        return AlignedPath.product(sorted, few, sorted.length);
    }

    /** Bound on how far the gradient's change over the distance is from what second derivatives say. */
    double curved() {
        double third = path.lossScale() * (3 * slope() * bend() + residual() * twist());
        return third * off * off / 2;
    }

    /** Bound on the second derivatives of the loss within the distance. */
    double steepest() {
        double slope = slope();
        return path.lossScale() * (slope * slope + residual() * bend())
                + path.method().weightDecay();
    }
}
