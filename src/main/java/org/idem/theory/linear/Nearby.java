package org.idem.theory.linear;

import java.util.Arrays;

/**
 * Bounds that hold within a distance of the predicted layers at one step.
 *
 * @param task what is learnt, and how
 * @param off the distance, in the Frobenius norm over all layers together
 * @param norms bounds on the spectral norms of the layers, there
 * @param sizes bounds on their Frobenius norms, there
 * @param slopeOfPath ‖J‖ of the predicted layers
 * @param missed ‖f − y‖ of the predicted layers, over all examples
 * @param numbers of the recursion
 */
record Nearby(
        Task task, double off, double[] norms, double[] sizes, double slopeOfPath, double missed, Numbers numbers) {
    /**
     * Sizes of what the recursion works on, for each layer.
     *
     * @param stored its numbers
     * @param speeds η times their velocities
     * @param gradients sums of the sizes of the terms of their gradients
     */
    record Numbers(double[] stored, double[] speeds, double[] gradients) {}

    /** Within another distance of layers whose norms are these. */
    static Nearby of(
            Task task, double off, double[] norms, double[] sizes, double slope, double missed, Numbers numbers) {
        return new Nearby(
                task,
                off,
                Arrays.stream(norms).map(norm -> norm + off).toArray(),
                Arrays.stream(sizes).map(size -> size + off).toArray(),
                slope,
                missed,
                numbers);
    }

    private double slope() {
        return slopeOfPath * (1 + 0x1p-30) + bend() * off;
    }

    /** Bound on ‖f − y‖ over all examples. */
    double residual() {
        return missed + slope() * off;
    }

    /** ‖D²f‖: (L − 1)ρ times the largest product of all norms but two. */
    private double bend() {
        return (norms.length - 1) * task.reach() * without(2);
    }

    /** ‖D³f‖: (L − 1)(L − 2)ρ times the largest product of all norms but three. */
    private double twist() {
        return (norms.length - 1.0) * (norms.length - 2) * task.reach() * without(3);
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
        double third = task.lossScale() * (3 * slope() * bend() + residual() * twist());
        return third * off * off / 2;
    }

    /** Bound on the second derivatives of the loss within the distance. */
    double steepest() {
        double slope = slope();
        return task.lossScale() * (slope * slope + residual() * bend())
                + task.method().weightDecay();
    }
}
