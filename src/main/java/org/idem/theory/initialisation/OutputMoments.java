package org.idem.theory.initialisation;

/**
 * Moments of the outputs of a linear or ReLU network before training, over its weights and biases.
 *
 * <p>The second moment is exact for all independent symmetric laws of the weights, for linear networks for all
 * independent laws of mean 0. The variance of the squared norm is that of normal weights and biases, and an upper bound
 * for laws of smaller kurtosis, uniform ones among them. Higher moments are those of normal weights without biases.
 * Source: proofs/T5.moments.md.
 */
public final class OutputMoments {
    private static final int MOST = 4;

    private OutputMoments() {}

    /**
     * E‖f(x)‖².
     *
     * @param network layers, with or without biases
     * @param squaredNorm ‖x‖², at least 0
     * @return k(σ_L²·E‖z_{L−1}‖² + σ_b²), E‖z_l‖² = ½n_l(σ_l²·E‖z_{l−1}‖² + σ_b²) with ReLU, without the ½ else
     */
    public static double meanSquare(RandomFcn network, double squaredNorm) {
        double mean = squaredNorm;
        for (RandomLayer layer : network.layers()) {
            mean = layer.passed() * layer.units() * (layer.weightVariance() * mean + layer.biasVariance());
        }
        return mean;
    }

    /**
     * E‖f(x)‖⁴ for normal weights and biases.
     *
     * @param network layers, with or without biases
     * @param squaredNorm ‖x‖², at least 0
     * @return not exceeded by other symmetric laws whose kurtosis is at most 3
     */
    public static double meanSquaredSquare(RandomFcn network, double squaredNorm) {
        double mean = squaredNorm;
        double square = squaredNorm * squaredNorm;
        for (RandomLayer layer : network.layers()) {
            double weights = layer.weightVariance();
            double biases = layer.biasVariance();
            double received = weights * weights * square + 2 * weights * biases * mean + biases * biases;
            square = moment(layer, 2) * received;
            mean = layer.passed() * layer.units() * (weights * mean + biases);
        }
        return square;
    }

    /**
     * E X^p of the factor X of a layer: χ²(n), with ReLU χ²(B), B ~ Bin(n, ½).
     *
     * @param layer whose units are meant
     * @param power p, from 1 to 4
     * @return n(n + 2)⋯(n + 2p − 2), or its mean over B
     */
    static double moment(RandomLayer layer, int power) {
        if (power < 1 || power > MOST) {
            throw new IllegalArgumentException("the power must be from 1 to " + MOST + ", got " + power);
        }
        if (!layer.rectified()) {
            return rising(layer.units(), power);
        }
        // B(B + 2)⋯(B + 2p − 2) in falling factorials B(B − 1)⋯(B − j + 1), whose means are n(n − 1)⋯(n − j + 1)/2^j
        double sum = 0;
        double falling = 1;
        for (int j = 1; j <= power; j++) {
            falling *= (layer.units() - j + 1) / 2.0;
            sum += coefficient(power, j) * falling;
        }
        return sum;
    }

    private static double rising(double units, int power) {
        double product = 1;
        for (int i = 0; i < power; i++) {
            product *= units + 2 * i;
        }
        return product;
    }

    /** Of the j-th falling factorial in the rising product of so many factors, by finite differences at 0. */
    private static double coefficient(int power, int j) {
        double difference = 0;
        double binomial = 1;
        double factorial = 1;
        for (int i = 0; i <= j; i++) {
            difference += ((j - i) % 2 == 0 ? 1 : -1) * binomial * rising(i, power);
            binomial = binomial * (j - i) / (i + 1);
            factorial *= Math.max(1, i);
        }
        return difference / factorial;
    }

    /**
     * E‖f(x)‖^{2p} of a network without biases and with normal weights.
     *
     * @param network without biases
     * @param squaredNorm ‖x‖², at least 0
     * @param power p, from 1 to 4
     * @return ‖x‖^{2p}·∏σ_l^{2p}·E X_l^p
     */
    public static double meanPower(RandomFcn network, double squaredNorm, int power) {
        return ofHidden(network, squaredNorm, power)
                * Math.pow(network.last().weightVariance(), power)
                * moment(network.last(), power);
    }

    /**
     * E f_i(x)⁴ of one output of a network without biases and with normal weights: 3(E f_i²)²·∏(1 + 2/n_l) over the
     * hidden layers, with ReLU ∏(1 + 5/n_l).
     *
     * @param network without biases
     * @param squaredNorm ‖x‖², at least 0
     * @return fourth moment
     */
    public static double fourth(RandomFcn network, double squaredNorm) {
        double variance = network.last().weightVariance();
        return 3 * ofHidden(network, squaredNorm, 2) * variance * variance;
    }

    /**
     * E of the square of (1/k)·Σ_i f_i(x)⁴ over the k outputs of such a network.
     *
     * @param network without biases
     * @param squaredNorm ‖x‖², at least 0
     * @return (105 + 9(k − 1))/k times the mean of (σ_L²‖z_{L−1}‖²)⁴
     */
    public static double squaredFourth(RandomFcn network, double squaredNorm) {
        double outputs = network.last().units();
        return (105 + 9 * (outputs - 1))
                / outputs
                * ofHidden(network, squaredNorm, MOST)
                * Math.pow(network.last().weightVariance(), MOST);
    }

    private static double ofHidden(RandomFcn network, double squaredNorm, int power) {
        if (network.hasBiases()) {
            throw new IllegalArgumentException(
                    "higher moments are those of networks without biases, got " + network.layers());
        }
        double product = Math.pow(squaredNorm, power);
        for (RandomLayer layer : network.hidden()) {
            product *= Math.pow(layer.weightVariance(), power) * moment(layer, power);
        }
        return product;
    }
}
