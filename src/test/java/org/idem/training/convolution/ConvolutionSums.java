package org.idem.training.convolution;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.idem.array.Precision;
import org.idem.training.DrawnNetwork;
import org.idem.training.memory.Memory;

/** A convolution as the sums of products it stands for, on drawn numbers. */
final class ConvolutionSums {
    private final ConvolutionShape shape;
    private final Precision precision;
    private final double[] w;
    private final double[] x;
    private final double[] g;
    private final Sums outputs;
    private final Sums weightGradient;
    private final Sums inputGradient;

    ConvolutionSums(ConvolutionShape shape, Precision precision, SplittableRandom random) {
        this.shape = shape;
        this.precision = precision;
        w = drawn(random, shape.weightLength(), precision);
        x = drawn(random, shape.inputLength(), precision);
        g = drawn(random, shape.outputLength(), precision);
        outputs = new Sums(g.length);
        weightGradient = new Sums(w.length);
        inputGradient = new Sums(x.length);
        products(shape, (output, weight, input) -> {
            outputs.add(output, w[weight] * x[input]);
            weightGradient.add(weight, g[output] * x[input]);
            inputGradient.add(input, g[output] * w[weight]);
        });
    }

    static double[] drawn(SplittableRandom random, int length, Precision precision) {
        return DrawnNetwork.gaussian(random, length).rounded(precision).values();
    }

    static double[] read(Memory memory, int length) {
        double[] values = new double[length];
        memory.read(values);
        return values;
    }

    /** Asserts that both passes are as near to the sums as rounding allows, twice. */
    void check(Convolution convolution, String where) {
        Memory weights = Memory.of(w, precision);
        Memory inputs = Memory.of(x, precision);
        Memory observed = Memory.allocate(g.length, precision);
        Memory overWeights = Memory.of(w, precision);
        Memory overInputs = Memory.of(x, precision);
        for (int repeat = 0; repeat < 2; repeat++) {
            convolution.forward(weights, inputs, observed);
            outputs.check(read(observed, g.length), precision.unitRoundoff(), where + " output");
            convolution.backward(weights, inputs, Memory.of(g, precision), overWeights, overInputs);
            weightGradient.check(read(overWeights, w.length), precision.unitRoundoff(), where + " weight");
            inputGradient.check(read(overInputs, x.length), precision.unitRoundoff(), where + " input");
        }
    }

    /** Outputs, weight gradient and input gradient of one forward and one backward pass. */
    double[][] results(Convolution convolution) {
        Memory weights = Memory.of(w, precision);
        Memory inputs = Memory.of(x, precision);
        Memory[] results = {
            Memory.allocate(g.length, precision),
            Memory.allocate(w.length, precision),
            Memory.allocate(x.length, precision)
        };
        convolution.forward(weights, inputs, results[0]);
        convolution.backward(weights, inputs, Memory.of(g, precision), results[1], results[2]);
        return new double[][] {read(results[0], g.length), read(results[1], w.length), read(results[2], x.length)};
    }

    /** Sums of products, and of their sizes. */
    record Sums(double[] values, double[] sizes, int[] terms) {
        Sums(int length) {
            this(new double[length], new double[length], new int[length]);
        }

        void add(int index, double product) {
            values[index] += product;
            sizes[index] += Math.abs(product);
            terms[index]++;
        }

        /**
         * A sum of p products in any order is off by γ_p times the sum of their sizes (proofs/rounding.md, Lemma 1); so
         * is the one here, and the sum of sizes.
         */
        void check(double[] observed, double roundoff, String where) {
            for (int i = 0; i < values.length; i++) {
                double own = gamma(terms[i], Precision.FLOAT64.unitRoundoff());
                double allowed = (gamma(terms[i], roundoff) + own) * sizes[i] / (1 - own);
                double difference = Math.abs(observed[i] - values[i]);
                assertTrue(difference <= allowed, where + " " + i + " off by " + difference);
            }
        }

        private static double gamma(int roundings, double roundoff) {
            return roundings * roundoff / (1 - roundings * roundoff);
        }
    }

    /** Every product of a weight and an input; none with the zeros that a convolution only thinks. */
    static void products(ConvolutionShape shape, Triples.Visitor visitor) {
        int area = shape.outputRows() * shape.outputColumns();
        for (int site = 0; site < shape.images() * area; site++) {
            int image = site / area;
            int row = site % area / shape.outputColumns();
            int column = site % shape.outputColumns();
            for (int tap = 0; tap < shape.kernel() * shape.kernel(); tap++) {
                int y = row + tap / shape.kernel() - shape.zeros();
                int x = column + tap % shape.kernel() - shape.zeros();
                if (y < 0 || y >= shape.rows() || x < 0 || x >= shape.columns()) {
                    continue;
                }
                int pixel = (image * shape.rows() + y) * shape.columns() + x;
                for (int channel = 0; channel < shape.channels(); channel++) {
                    for (int output = 0; output < shape.outputs(); output++) {
                        visitor.product(
                                site * shape.outputs() + output,
                                (tap * shape.channels() + channel) * shape.outputs() + output,
                                pixel * shape.channels() + channel);
                    }
                }
            }
        }
    }
}
