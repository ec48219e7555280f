package org.idem.network;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.idem.network.random.NormalNumbers;
import org.idem.network.random.OrthogonalMatrix;

/**
 * Law of the initial weights of one linear map, all of mean 0 and of the same variance. Fan-in is the number of inputs
 * of one output (d, or K²C), fan-out the number of outputs of one input (k, or K²C_out).
 *
 * <p>Weights are independent under every law but {@link #ORTHOGONAL}. What speaks of single weights, such as a theorem
 * about the law of an error, is for {@linkplain #independent() independent} laws alone.
 */
public enum Initializer {
    /** Normal with variance 1 / fan-in. */
    GAUSSIAN,
    /** Uniform on [−1/√fan-in, 1/√fan-in], variance 1/(3·fan-in): the default of PyTorch. */
    PYTORCH,
    /** Uniform with variance 1 / fan-in. */
    UNIFORM,
    /** Glorot's uniform law, variance 2/(fan-in + fan-out). */
    XAVIER,
    /** He's normal law, variance 2 / fan-in. */
    HE,
    /**
     * The matrix (k, d) or (C_out, K²C) has orthonormal columns, or rows if those are fewer, and is drawn from the law
     * that no rotation changes (Saxe, McClelland and Ganguli 2014); variance 1 / the longer side.
     */
    ORTHOGONAL;

    /**
     * The laws under which weights are independent.
     *
     * @return fresh array of all but {@link #ORTHOGONAL}
     */
    public static Initializer[] independent() {
        return Stream.of(values()).filter(Initializer::isIndependent).toArray(Initializer[]::new);
    }

    /**
     * Whether weights are independent.
     *
     * @return false for {@link #ORTHOGONAL}
     */
    public boolean isIndependent() {
        return this != ORTHOGONAL;
    }

    /**
     * Variance of one weight of a map.
     *
     * @param map whose weights are meant
     * @return σ²
     */
    public double variance(LinearMap map) {
        return this == ORTHOGONAL ? 1.0 / Math.max(map.outputs(), map.fanIn()) : variance(map.fanIn(), map.fanOut());
    }

    /**
     * Variance of one weight, for independent laws.
     *
     * @param fanIn inputs per output, at least 1
     * @param fanOut outputs per input, at least 1
     * @return σ²
     * @throws IllegalArgumentException if weights are not independent: their variance then depends on the matrix
     */
    public double variance(int fanIn, int fanOut) {
        return switch (this) {
            case ORTHOGONAL -> throw notIndependent();
            case GAUSSIAN, UNIFORM -> 1.0 / fanIn;
            case PYTORCH -> 1.0 / (3.0 * fanIn);
            case XAVIER -> 2.0 / ((double) fanIn + fanOut);
            case HE -> 2.0 / fanIn;
        };
    }

    /**
     * Whether weights are independent and normal, so that laws and quantiles of the output are exact.
     *
     * @return true for {@link #GAUSSIAN} and {@link #HE}
     */
    public boolean isGaussian() {
        return this == GAUSSIAN || this == HE;
    }

    /**
     * Draws the weights of a map with a Java generator, so that every platform gets the same bits.
     *
     * @param map whose weights are drawn
     * @param gain factor on their deviation
     * @param random source, advanced by the call
     * @return fresh array of the weights in row-major order
     */
    double[] draw(LinearMap map, double gain, SplittableRandom random) {
        if (this != ORTHOGONAL) {
            int count = Math.multiplyExact(map.outputs(), map.fanIn());
            return draw(count, gain * Math.sqrt(variance(map)), random);
        }
        double[] weights = OrthogonalMatrix.draw(map.outputs(), map.fanIn(), random);
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= gain;
        }
        return weights;
    }

    /**
     * Draws weights of an independent law with a Java generator, so that every platform gets the same bits.
     *
     * @param count number of weights
     * @param fanIn inputs per output
     * @param fanOut outputs per input
     * @param random source, advanced by the call
     * @return fresh array of {@code count} weights
     * @throws IllegalArgumentException if weights are not independent and have to be drawn together
     */
    public double[] draw(int count, int fanIn, int fanOut, SplittableRandom random) {
        return draw(count, Math.sqrt(variance(fanIn, fanOut)), random);
    }

    /**
     * Draws independent numbers of the same kind of law with another standard deviation; those of ORTHOGONAL are
     * normal.
     */
    double[] draw(int count, double deviation, SplittableRandom random) {
        if (isGaussian() || this == ORTHOGONAL) {
            return NormalNumbers.next(count, deviation, random);
        }
        double halfWidth = Math.sqrt(3.0) * deviation;
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = halfWidth * (2 * random.nextDouble() - 1);
        }
        return numbers;
    }

    private static IllegalArgumentException notIndependent() {
        return new IllegalArgumentException(
                "the law must be one of independent weights, got orthogonal, whose weights are drawn together");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
