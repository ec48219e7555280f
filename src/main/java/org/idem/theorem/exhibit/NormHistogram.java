package org.idem.theorem.exhibit;

import java.util.List;
import org.idem.network.Activation;

/**
 * Sizes ‖f(x)‖/‖x‖ of networks before training, counted, and as T5.law has them.
 *
 * @param activation of the hidden layers
 * @param depth number of layers
 * @param networks how many were drawn
 * @param bins equal steps of the logarithm, the smallest first; few networks lie beyond them
 * @param curve exact probability of a bin of the same width around each of many sizes
 * @param dead share of the networks with f(x) = 0
 * @param atom exact probability of f(x) = 0
 * @param distance largest distance between the counted and the exact distribution function
 */
public record NormHistogram(
        Activation activation,
        int depth,
        int networks,
        List<Bin> bins,
        List<Expected> curve,
        double dead,
        double atom,
        double distance) {
    /** Copies the lists. */
    public NormHistogram {
        bins = List.copyOf(bins);
        curve = List.copyOf(curve);
    }

    /**
     * One bar.
     *
     * @param from least size
     * @param to largest size
     * @param share of the networks
     * @param expected exact probability
     */
    public record Bin(double from, double to, double share, double expected) {}

    /**
     * A place of the curve.
     *
     * @param size middle of a bin, by its logarithm
     * @param probability of the bin
     */
    public record Expected(double size, double probability) {}
}
