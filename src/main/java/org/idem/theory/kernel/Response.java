package org.idem.theory.kernel;

import org.idem.network.Activation;

/**
 * What an activation makes of a pair of Gaussian signals: moments E[φφ], E[φ′φ′] and E[φ].
 *
 * <p>Source: Cho and Saul (2009) for ReLU, Williams (1998) for erf; proofs/kernel.md. A signal is told as (scaled)
 * variance and a power of two, so that depth can neither overflow nor underflow it.
 */
sealed interface Response permits KinkResponse, ErfResponse {
    /**
     * Moments at two inputs.
     *
     * @param fluctuation covariances of φ(h) − E φ(h), in the scales of the signals
     * @param meanX E φ at x
     * @param meanZ E φ at z
     * @param slope E[φ′φ′]
     * @param slopeX E[φ′²] at x
     * @param slopeZ E[φ′²] at z
     */
    record Moments(Overlap fluctuation, double meanX, double meanZ, double slope, double slopeX, double slopeZ) {}

    /** The response of an activation; refuses those without closed form. */
    static Response of(Activation activation) {
        return switch (activation) {
            case LINEAR -> new KinkResponse(1, 0);
            case RELU -> new KinkResponse(0, 1);
            case LEAKY_RELU -> new KinkResponse(0.01, 0.99);
            case ERF -> new ErfResponse();
            case TANH, SIGMOID, SOFTPLUS ->
                throw new IllegalArgumentException(InfiniteNetwork.reasonAgainst(activation));
        };
    }

    /**
     * Moments of a pair of signals.
     *
     * @param signal covariances, in scales
     * @param scaleX e: the true variance at x is 4^e times the one told
     * @param scaleZ the same at z
     */
    Moments of(Overlap signal, long scaleX, long scaleZ);

    /**
     * The power of two by which a signal is told from here on.
     *
     * @param largestVariance largest variance as it is told now
     * @param scale e by which it is told now
     */
    long scale(double largestVariance, long scale);

    /**
     * Moments of a row of signals.
     *
     * @param scaleX as above
     * @param scaleZ as above
     * @param row sees variances and covariances, gets the results
     */
    void row(long scaleX, long scaleZ, MomentRow row);

    /** E φ at a variance, in the scale of the signal. */
    double mean(double variance);
}
