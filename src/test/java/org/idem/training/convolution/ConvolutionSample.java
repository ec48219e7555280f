package org.idem.training.convolution;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.idem.array.Precision;
import org.idem.training.memory.Memory;

/** Weights in the plain order, inputs and gradient of 32 bits, and what becomes of them. */
final class ConvolutionSample {
    final ConvolutionShape shape;
    final double[] w;
    final double[] x;
    final double[] g;

    /**
     * Draws the numbers.
     *
     * @param rectified whether negative inputs become zeros, as after a ReLU
     */
    ConvolutionSample(ConvolutionShape shape, SplittableRandom random, boolean rectified) {
        this.shape = shape;
        w = ConvolutionSums.drawn(random, shape.weightLength(), Precision.FLOAT32);
        double[] inputs = ConvolutionSums.drawn(random, shape.inputLength(), Precision.FLOAT32);
        x = rectified ? Arrays.stream(inputs).map(v -> Math.max(0, v)).toArray() : inputs;
        g = ConvolutionSums.drawn(random, shape.outputLength(), Precision.FLOAT32);
    }

    /** Outputs, gradient of weights and of inputs, in 64 bits. */
    double[][] exact() {
        double[][] sums = zeros();
        ConvolutionSums.products(shape, (output, weight, input) -> {
            sums[0][output] += w[weight] * x[input];
            sums[1][weight] += g[output] * x[input];
            sums[2][input] += g[output] * w[weight];
        });
        return sums;
    }

    /** The same in 32 bits, one product after the other. */
    double[][] plain() {
        double[][] sums = zeros();
        ConvolutionSums.products(shape, (output, weight, input) -> {
            sums[0][output] = (float) (sums[0][output] + (float) (w[weight] * x[input]));
            sums[1][weight] = (float) (sums[1][weight] + (float) (g[output] * x[input]));
            sums[2][input] = (float) (sums[2][input] + (float) (g[output] * w[weight]));
        });
        return sums;
    }

    private double[][] zeros() {
        return new double[][] {new double[g.length], new double[w.length], new double[x.length]};
    }

    /** The same by a convolution that stores weights in an order. */
    double[][] of(Convolution convolution, WeightOrder order) {
        double[] stored = new double[w.length];
        for (int i = 0; i < stored.length; i++) {
            stored[order.place(i)] = w[i];
        }
        Memory weights = Memory.of(stored, Precision.FLOAT32);
        Memory inputs = Memory.of(x, Precision.FLOAT32);
        Memory outputs = Memory.allocate(g.length, Precision.FLOAT32);
        Memory weightGradient = Memory.allocate(w.length, Precision.FLOAT32);
        Memory inputGradient = Memory.allocate(x.length, Precision.FLOAT32);
        convolution.forward(weights, inputs, outputs);
        convolution.backward(weights, inputs, Memory.of(g, Precision.FLOAT32), weightGradient, inputGradient);
        double[] gradient = ConvolutionSums.read(weightGradient, w.length);
        return new double[][] {
            ConvolutionSums.read(outputs, g.length),
            IntStream.range(0, w.length)
                    .mapToDouble(i -> gradient[order.place(i)])
                    .toArray(),
            ConvolutionSums.read(inputGradient, x.length)
        };
    }

    /** The largest of the three ratios of a convolution's error to that of plain sums, in root mean square. */
    double errorBesidePlainSums(double[][] observed) {
        double[][] exact = exact();
        double[][] plain = plain();
        double largest = 0;
        for (int i = 0; i < 3; i++) {
            double ratio = distance(observed[i], exact[i]) / distance(plain[i], exact[i]);
            largest = ratio <= largest ? largest : ratio;
        }
        return largest;
    }

    /** Root of the summed squares of differences. */
    private static double distance(double[] from, double[] to) {
        double squares = 0;
        for (int i = 0; i < from.length; i++) {
            squares += (from[i] - to[i]) * (from[i] - to[i]);
        }
        return Math.sqrt(squares);
    }
}
