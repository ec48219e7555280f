package org.idem.training.deep;

import java.nio.FloatBuffer;
import org.apache.commons.numbers.gamma.Erf;
import org.apache.commons.numbers.gamma.InverseErf;
import org.idem.network.Activation;
import org.idem.training.memory.Float32Memory;
import org.idem.training.memory.Memory;

/** Functions of single numbers on native memory, a piece at a time, computed in double and rounded once. */
final class Elementwise {
    /** Numbers that are worked on between two crossings to native memory. */
    private static final int PIECE = 4096;

    private static final double SLOPE_OF_ERF_AT_ZERO = 2 / StrictMath.sqrt(Math.PI);

    private Elementwise() {}

    /** z ← φ(z) over the first n elements. */
    static void activate(Activation activation, Memory signal, int n) {
        if (activation == Activation.LINEAR) {
            return;
        }
        if (activation == Activation.RELU && signal instanceof Float32Memory singles) {
            rectify(singles.buffer(n), n);
            return;
        }
        double[] piece = new double[Math.min(PIECE, n)];
        for (int from = 0; from < n; from += PIECE) {
            int length = Math.min(PIECE, n - from);
            signal.load(from, piece, length);
            for (int i = 0; i < length; i++) {
                piece[i] = value(activation, piece[i]);
            }
            signal.store(from, piece, length);
        }
    }

    /** Nothing is rounded, so the detour through double can be saved. */
    private static void rectify(FloatBuffer signal, int n) {
        float[] piece = new float[Math.min(PIECE, n)];
        for (int from = 0; from < n; from += PIECE) {
            int length = Math.min(PIECE, n - from);
            signal.get(from, piece, 0, length);
            for (int i = 0; i < length; i++) {
                piece[i] = Math.max(0, piece[i]);
            }
            signal.put(from, piece, 0, length);
        }
    }

    private static double value(Activation activation, double z) {
        return switch (activation) {
            case LINEAR -> z;
            case RELU -> Math.max(0, z);
            case LEAKY_RELU -> z > 0 ? z : z / 100;
            case TANH -> StrictMath.tanh(z);
            case SIGMOID -> 1 / (1 + StrictMath.exp(-z));
            // both branches of the textbook formula, the one that cannot overflow
            case SOFTPLUS -> Math.max(0, z) + StrictMath.log1p(StrictMath.exp(-Math.abs(z)));
            case ERF -> Erf.value(z);
        };
    }

    /** gradient ← gradient·φ'(z) over the first n elements, from the outputs φ(z) of the activation. */
    static void differentiate(Activation activation, Memory outputs, Memory gradient, int n) {
        if (activation == Activation.LINEAR) {
            return;
        }
        if (activation == Activation.RELU
                && outputs instanceof Float32Memory rectified
                && gradient instanceof Float32Memory singles) {
            mask(rectified.buffer(n), singles.buffer(n), n);
            return;
        }
        double[] piece = new double[Math.min(PIECE, n)];
        double[] slope = new double[piece.length];
        for (int from = 0; from < n; from += PIECE) {
            int length = Math.min(PIECE, n - from);
            outputs.load(from, slope, length);
            gradient.load(from, piece, length);
            for (int i = 0; i < length; i++) {
                piece[i] *= slope(activation, slope[i]);
            }
            gradient.store(from, piece, length);
        }
    }

    private static void mask(FloatBuffer rectified, FloatBuffer gradient, int n) {
        float[] piece = new float[Math.min(PIECE, n)];
        float[] outputs = new float[piece.length];
        for (int from = 0; from < n; from += PIECE) {
            int length = Math.min(PIECE, n - from);
            rectified.get(from, outputs, 0, length);
            gradient.get(from, piece, 0, length);
            for (int i = 0; i < length; i++) {
                // 1 for positive outputs, however small; a choice would be guessed wrong every other time
                piece[i] *= Math.min(1, outputs[i] * 0x1p100f * 0x1p100f);
            }
            gradient.put(from, piece, 0, length);
        }
    }

    /** φ'(z) as a function of φ(z); all activations here are monotone. */
    private static double slope(Activation activation, double output) {
        return switch (activation) {
            case LINEAR -> 1;
            case RELU -> output > 0 ? 1 : 0;
            case LEAKY_RELU -> output > 0 ? 1 : 0.01;
            case TANH -> (1 - output) * (1 + output);
            case SIGMOID -> output * (1 - output);
            case SOFTPLUS -> -StrictMath.expm1(-output);
            case ERF -> gaussian(InverseErf.value(output));
        };
    }

    /** Slope of the error function, 0 where its value is rounded to ±1. */
    private static double gaussian(double z) {
        return SLOPE_OF_ERF_AT_ZERO * StrictMath.exp(-z * z);
    }
}
