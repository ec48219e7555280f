package org.idem.theory.linear;

/** What is known of layers near one point of the path of one example. */
final class PathState {
    private PathState() {}

    /**
     * From bounds on the spectral and Frobenius norms of R_j at the start.
     *
     * @param off distance from the point, in the Frobenius norm over all layers together
     */
    static Nearby of(AlignedPath path, AlignedPath.Point point, double off, AcrossReach across, double[] acrossAll) {
        double kept = kept(point);
        double rate = path.method().learningRate();
        double[] strengths = point.strengths();
        int depth = strengths.length;
        double[] norms = new double[depth];
        double[] sizes = new double[depth];
        double[] stored = new double[depth];
        double[] speeds = new double[depth];
        double[] gradients = new double[depth];
        double all = path.inputNorm() * Math.abs(point.product()) + path.targetNorm();
        for (int layer = 0; layer < depth; layer++) {
            double strength = Math.abs(strengths[layer]);
            norms[layer] = Math.max(strength, kept * across.of(layer, layer + 1));
            sizes[layer] = Math.hypot(strength, kept * acrossAll[layer]);
            stored[layer] = strength + Math.abs(point.kept()) * acrossAll[layer];
            speeds[layer] = rate * Math.hypot(point.velocities()[layer], point.keptVelocity() * acrossAll[layer]);
            double pull = path.lossScale() * path.inputNorm() * all * Math.abs(AlignedPath.product(strengths, layer));
            gradients[layer] = pull + path.method().weightDecay() * stored[layer];
        }
        double slope = Math.sqrt(Math.max(path.curvature(strengths), acrossSlope(path, point, across)));
        double missed = Math.abs(path.inputNorm() * point.product() - path.targetNorm());
        Nearby.Numbers numbers = new Nearby.Numbers(stored, speeds, gradients);
        return Nearby.of(Task.of(path), off, norms, sizes, slope, missed, numbers);
    }

    private static double kept(AlignedPath.Point point) {
        return Math.abs(point.kept()) * (1 + 0x1p-30);
    }

    /** Bound on ρ²‖Σ_j ∏_{i<j}s_i² (R_L⋯R_{j+1})(R_L⋯R_{j+1})ᵀ‖. */
    static double acrossSlope(AlignedPath path, AlignedPath.Point point, AcrossReach across) {
        int depth = across.depth();
        double sum = 0;
        double below = 1;
        for (int layer = 0; layer < depth; layer++) {
            double above = across.of(layer + 1, depth) * Math.pow(kept(point), depth - 1.0 - layer);
            sum += below * below * above * above;
            below *= point.strengths()[layer];
        }
        return path.inputNorm() * path.inputNorm() * sum;
    }
}
