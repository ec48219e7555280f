package org.idem.training.wide;

import org.apache.commons.numbers.gamma.Erf;
import org.idem.network.Activation;

/** An activation over rows of units: those whose kernels of infinite width have a closed form. */
enum Rectifier {
    LINEAR {
        @Override
        void apply(double[] hidden, double[] signal) {
            System.arraycopy(hidden, 0, signal, 0, hidden.length);
        }

        @Override
        void multiply(double[] hidden, double[] row) {
            // by 1
        }
    },
    RELU {
        @Override
        void apply(double[] hidden, double[] signal) {
            for (int i = 0; i < signal.length; i++) {
                signal[i] = Math.max(0, hidden[i]);
            }
        }

        @Override
        void multiply(double[] hidden, double[] row) {
            for (int i = 0; i < row.length; i++) {
                row[i] = hidden[i] > 0 ? row[i] : 0;
            }
        }
    },
    LEAKY_RELU {
        @Override
        void apply(double[] hidden, double[] signal) {
            for (int i = 0; i < signal.length; i++) {
                signal[i] = hidden[i] > 0 ? hidden[i] : hidden[i] / 100;
            }
        }

        @Override
        void multiply(double[] hidden, double[] row) {
            for (int i = 0; i < row.length; i++) {
                row[i] = hidden[i] > 0 ? row[i] : row[i] / 100;
            }
        }
    },
    ERF {
        @Override
        void apply(double[] hidden, double[] signal) {
            for (int i = 0; i < signal.length; i++) {
                signal[i] = Erf.value(hidden[i]);
            }
        }

        @Override
        void multiply(double[] hidden, double[] row) {
            for (int i = 0; i < row.length; i++) {
                row[i] *= AT_ZERO * StrictMath.exp(-hidden[i] * hidden[i]);
            }
        }
    };

    /** Slope of erf at 0. */
    private static final double AT_ZERO = 2 / StrictMath.sqrt(Math.PI);

    static Rectifier of(Activation activation) {
        return switch (activation) {
            case LINEAR -> LINEAR;
            case RELU -> RELU;
            case LEAKY_RELU -> LEAKY_RELU;
            case ERF -> ERF;
            case TANH, SIGMOID, SOFTPLUS ->
                throw new IllegalArgumentException(
                        "networks of two layers are trained with linear, relu, leaky-relu or erf, got " + activation);
        };
    }

    /** signal ← φ(hidden). */
    abstract void apply(double[] hidden, double[] signal);

    /** row ← row·φ′(hidden). */
    abstract void multiply(double[] hidden, double[] row);
}
