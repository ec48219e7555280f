package org.idem.theory.linear;

import java.util.ArrayList;
import java.util.List;
import org.idem.network.LinearMethod;

/**
 * Errors that fall into blocks which do not feel each other, but share each step's disturbance: one ellipsoid over all
 * of them, which stays a sum of ellipsoids, one for each block. Source: proofs/T4.modes.md.
 */
final class ErrorBlocks {
    private final LinearMethod method;
    private final double start;
    private final List<ErrorEllipsoid> blocks = new ArrayList<>();

    /** For errors of norm at most {@code start}, all blocks together, without velocity. */
    ErrorBlocks(LinearMethod method, double start) {
        this.method = method;
        this.start = start;
    }

    /** One more block of so many numbers. */
    void add(int size) {
        blocks.add(new ErrorEllipsoid(method, size, start));
    }

    /**
     * Takes a step.
     *
     * @param curvatures η times the second derivatives in each block
     * @param disturbance bound on the norm of everything else that the step adds, over all blocks
     */
    void advance(List<double[][]> curvatures, double disturbance) {
        double ratio = 0;
        for (int i = 0; i < blocks.size(); i++) {
            blocks.get(i).propagate(curvatures.get(i));
            ratio = Math.max(ratio, blocks.get(i).ratio(disturbance));
        }
        for (ErrorEllipsoid block : blocks) {
            block.widen(ratio, disturbance);
        }
    }

    /** Bound on the norm of all errors now. */
    double radius() {
        return blocks.stream().mapToDouble(ErrorEllipsoid::radius).max().orElse(0);
    }
}
