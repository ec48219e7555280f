package org.idem.training.convolution;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.training.DrawnNetwork;
import org.idem.training.memory.Memory;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to convolve against the sum it stands for. */
class ConvolutionTest {
    static Stream<Named<BiFunction<ConvolutionShape, Precision, Convolution>>> ways() {
        return Stream.of(
                Named.of("shifted", ShiftedConvolution::new),
                Named.of("patches", PatchConvolution::new),
                Named.of("scattered", ScatterConvolution::new));
    }

    private static double[] drawn(SplittableRandom random, int length, Precision precision) {
        return DrawnNetwork.gaussian(random, length).rounded(precision).values();
    }

    private static double[] read(Memory memory, int length) {
        double[] values = new double[length];
        memory.read(values);
        return values;
    }

    /** Sums of products, and of their sizes. */
    private record Sums(double[] values, double[] sizes, int[] terms) {
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

    @ParameterizedTest
    @MethodSource("ways")
    void agreesWithItsDefinition(BiFunction<ConvolutionShape, Precision, Convolution> way) {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int draw = 0; draw < 60; draw++) {
            Precision precision = Precision.values()[draw % 2];
            int kernel = 1 + 2 * random.nextInt(3);
            ConvolutionShape shape = new ConvolutionShape(
                    random.nextInt(1, 4),
                    kernel + random.nextInt(6),
                    kernel + random.nextInt(6),
                    random.nextInt(1, 6),
                    random.nextInt(1, 6),
                    kernel);
            double[] w = drawn(random, shape.weightLength(), precision);
            double[] x = drawn(random, shape.inputLength(), precision);
            double[] g = drawn(random, shape.outputLength(), precision);
            Sums outputs = new Sums(shape.outputLength());
            Sums weightGradient = new Sums(w.length);
            Sums inputGradient = new Sums(x.length);
            products(shape, (output, weight, input) -> {
                outputs.add(output, w[weight] * x[input]);
                weightGradient.add(weight, g[output] * x[input]);
                inputGradient.add(input, g[output] * w[weight]);
            });
            Convolution convolution = way.apply(shape, precision);
            Memory weights = Memory.of(w, precision);
            Memory inputs = Memory.of(x, precision);
            Memory observed = Memory.allocate(g.length, precision);
            Memory overWeights = Memory.of(w, precision);
            Memory overInputs = Memory.of(x, precision);
            String where = "seed " + seed + ", " + shape + ", " + precision + ":";
            for (int repeat = 0; repeat < 2; repeat++) {
                convolution.forward(weights, inputs, observed);
                outputs.check(read(observed, g.length), precision.unitRoundoff(), where + " output");
                convolution.backward(weights, inputs, Memory.of(g, precision), overWeights, overInputs);
                weightGradient.check(read(overWeights, w.length), precision.unitRoundoff(), where + " weight");
                inputGradient.check(read(overInputs, x.length), precision.unitRoundoff(), where + " input");
            }
        }
    }

    private static void products(ConvolutionShape shape, Triples.Visitor visitor) {
        int area = shape.outputRows() * shape.outputColumns();
        for (int site = 0; site < shape.images() * area; site++) {
            int image = site / area;
            int row = site % area / shape.outputColumns();
            int column = site % shape.outputColumns();
            for (int tap = 0; tap < shape.kernel() * shape.kernel(); tap++) {
                int pixel = (image * shape.rows() + row + tap / shape.kernel()) * shape.columns()
                        + column
                        + tap % shape.kernel();
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

    @ParameterizedTest
    @MethodSource("ways")
    void noticesAKernelThatIsTurned(BiFunction<ConvolutionShape, Precision, Convolution> way) {
        ConvolutionShape shape = new ConvolutionShape(1, 5, 5, 2, 2, 3);
        SplittableRandom random = new SplittableRandom(3);
        double[] w = drawn(random, shape.weightLength(), Precision.FLOAT64);
        double[] x = drawn(random, shape.inputLength(), Precision.FLOAT64);
        Sums outputs = new Sums(shape.outputLength());
        int perTap = shape.channels() * shape.outputs();
        products(
                shape,
                (output, weight, input) ->
                        outputs.add(output, w[(8 - weight / perTap) * perTap + weight % perTap] * x[input]));
        Memory observed = Memory.allocate(shape.outputLength(), Precision.FLOAT64);
        way.apply(shape, Precision.FLOAT64)
                .forward(Memory.of(w, Precision.FLOAT64), Memory.of(x, Precision.FLOAT64), observed);
        double largest = 0;
        double[] seen = read(observed, shape.outputLength());
        for (int i = 0; i < seen.length; i++) {
            largest = Math.max(largest, Math.abs(seen[i] - outputs.values()[i]));
        }
        assertTrue(largest > 0.1);
        assertTrue(Array.of(seen, seen.length).firstNonFinite() < 0);
    }
}
