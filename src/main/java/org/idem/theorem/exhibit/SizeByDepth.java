package org.idem.theorem.exhibit;

import java.util.List;

/**
 * A mean square of random networks against their depth, exact and measured.
 *
 * @param kind of the networks, in a few words
 * @param residual whether they have shortcuts, and ‖f(x) − x‖² is meant; ‖f(x)‖² otherwise
 * @param networks how many were drawn at each depth
 * @param rows the shallowest first
 */
public record SizeByDepth(String kind, boolean residual, int networks, List<Row> rows) {
    /** Probability with which an interval may miss the mean. */
    public static final double FAILURE = 0.05;

    /** Copies the rows. */
    public SizeByDepth {
        rows = List.copyOf(rows);
    }

    /**
     * All numbers are relative to ‖x‖².
     *
     * @param depth layers
     * @param exact mean over all networks
     * @param measured mean over those drawn
     * @param margin of the measured mean, by Chebyshev's inequality with the exact variance: with a probability of at
     *     least 1 − {@value SizeByDepth#FAILURE} the exact mean is no farther away, whatever the law
     */
    public record Row(int depth, double exact, double measured, double margin) {}
}
