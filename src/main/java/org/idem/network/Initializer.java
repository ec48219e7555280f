package org.idem.network;

import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Law of independent initial weights of mean 0. Fan-in is the number of inputs of one output (d, or K²C), fan-out the
 * number of outputs of one input (k, or K²C_out).
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
    HE;

    /**
     * Variance of one weight.
     *
     * @param fanIn inputs per output, at least 1
     * @param fanOut outputs per input, at least 1
     * @return σ²
     */
    public double variance(int fanIn, int fanOut) {
        return switch (this) {
            case GAUSSIAN, UNIFORM -> 1.0 / fanIn;
            case PYTORCH -> 1.0 / (3.0 * fanIn);
            case XAVIER -> 2.0 / ((double) fanIn + fanOut);
            case HE -> 2.0 / fanIn;
        };
    }

    /**
     * Whether weights are normal, so that laws and quantiles of the output are exact.
     *
     * @return true for {@link #GAUSSIAN} and {@link #HE}
     */
    public boolean isGaussian() {
        return this == GAUSSIAN || this == HE;
    }

    /**
     * Draws weights with a Java generator, so that every platform gets the same bits.
     *
     * @param count number of weights
     * @param fanIn inputs per output
     * @param fanOut outputs per input
     * @param random source, advanced by the call
     * @return fresh array of {@code count} weights
     */
    public double[] draw(int count, int fanIn, int fanOut, SplittableRandom random) {
        return draw(count, Math.sqrt(variance(fanIn, fanOut)), random);
    }

    /** Draws numbers of the same kind of law with another standard deviation. */
    double[] draw(int count, double deviation, SplittableRandom random) {
        double halfWidth = Math.sqrt(3.0) * deviation;
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = isGaussian() ? deviation * gaussian(random) : halfWidth * (2 * random.nextDouble() - 1);
        }
        return numbers;
    }

    /**
     * Polar method with StrictMath, which gives the same bits on every platform; the JDK does not promise that for its
     * own method.
     */
    private static double gaussian(SplittableRandom random) {
        while (true) {
            double a = 2 * random.nextDouble() - 1;
            double b = 2 * random.nextDouble() - 1;
            double square = a * a + b * b;
            if (square > 0 && square < 1) {
                return a * StrictMath.sqrt(-2 * StrictMath.log(square) / square);
            }
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
