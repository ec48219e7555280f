package org.idem.training.convolution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.idem.Implementations;
import org.idem.array.Precision;
import org.idem.training.DrawnNetwork;
import org.idem.training.memory.Memory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every convolution promises besides its sums: whom it writes to, what it remembers, which sizes it takes. */
class ConvolutionBatteryTest {
    /** Has no gradients, and is held to the outputs of others by {@link ForwardOnlyTest}. */
    static final String FORWARD_ONLY = "FewAtOnce";

    /** A way to convolve, and where it may be used. */
    private enum Way {
        SHIFTED(ShiftedConvolution.class, ShiftedConvolution::new),
        PATCHES(PatchConvolution.class, PatchConvolution::new),
        SCATTERED(ScatterConvolution.class, ScatterConvolution::new),
        SINGLE(SingleOutputConvolution.class, (shape, precision) -> new SingleOutputConvolution(shape)),
        WINOGRAD(WinogradConvolution.class, (shape, precision) -> new WinogradConvolution(shape, 2)),
        ONE_DNN(OneDnnConvolution.class, (shape, precision) -> OneDnnConvolution.of(shape, WeightOrder.PLAIN, 1)),
        ONE_DNN_WINOGRAD(
                OneDnnWinograd.class,
                (shape, precision) ->
                        OneDnnWinograd.ifPossible(shape, WeightOrder.PLAIN, 1).orElseThrow()),
        REORDERED(
                ReorderedConvolution.class,
                (shape, precision) -> new ReorderedConvolution(
                        new PatchConvolution(shape, precision), shape, WeightOrder.PLAIN, precision));

        final Class<? extends Convolution> type;
        final BiFunction<ConvolutionShape, Precision, Convolution> maker;

        Way(Class<? extends Convolution> type, BiFunction<ConvolutionShape, Precision, Convolution> maker) {
            this.type = type;
            this.maker = maker;
        }

        List<Integer> kernels() {
            return switch (this) {
                case WINOGRAD -> List.of(3, 5, 7);
                case ONE_DNN_WINOGRAD -> List.of(3, 6);
                default -> List.of(1, 3, 5);
            };
        }

        boolean isMissing() {
            return switch (this) {
                case ONE_DNN -> !OneDnn.isAvailable();
                case ONE_DNN_WINOGRAD -> OneDnnWinogradTest.isMissing();
                default -> false;
            };
        }

        List<Precision> precisions() {
            return this == SINGLE || this == WINOGRAD || this == ONE_DNN || this == ONE_DNN_WINOGRAD
                    ? List.of(Precision.FLOAT32)
                    : List.of(Precision.values());
        }
    }

    /** One way on one shape, with data of its own. */
    private record Case(Way way, ConvolutionShape shape, Precision precision, double[][] data) {
        Case(Way way, ConvolutionShape shape, Precision precision, SplittableRandom random) {
            this(way, shape, precision, new double[][] {
                drawn(random, shape.weightLength(), precision),
                drawn(random, shape.inputLength(), precision),
                drawn(random, shape.outputLength(), precision)
            });
        }

        private static double[] drawn(SplittableRandom random, int length, Precision precision) {
            return DrawnNetwork.gaussian(random, length).rounded(precision).values();
        }

        Convolution fresh() {
            return way.maker.apply(shape, precision);
        }

        /** Weights, inputs and gradients changed number by number. */
        Case with(DoubleUnaryOperator ofWeights, DoubleUnaryOperator ofInputs, DoubleUnaryOperator ofGradients) {
            return new Case(way, shape, precision, new double[][] {
                changed(data[0], ofWeights), changed(data[1], ofInputs), changed(data[2], ofGradients)
            });
        }

        private double[] changed(double[] numbers, DoubleUnaryOperator change) {
            return Arrays.stream(numbers).map(change).map(precision::round).toArray();
        }

        /** Outputs, weight gradient and input gradient; what was there before must not matter. */
        double[][] results(Convolution convolution, double before) {
            Memory[] given = new Memory[3];
            Arrays.setAll(given, i -> Memory.of(data[i], precision));
            Memory[] results = {
                filled(data[2].length, before), filled(data[0].length, before), filled(data[1].length, before)
            };
            convolution.forward(given[0], given[1], results[0]);
            convolution.backward(given[0], given[1], given[2], results[1], results[2]);
            for (int i = 0; i < given.length; i++) {
                assertArrayEquals(data[i], read(given[i], data[i].length), this + " wrote to what it was given");
            }
            return new double[][] {
                read(results[0], data[2].length), read(results[1], data[0].length), read(results[2], data[1].length)
            };
        }

        private Memory filled(int length, double value) {
            double[] values = new double[length];
            Arrays.fill(values, value);
            return Memory.of(values, precision);
        }

        @Override
        public String toString() {
            return way + ", " + precision + ", " + shape;
        }
    }

    private static double[] read(Memory memory, int length) {
        double[] values = new double[length];
        memory.read(values);
        return values;
    }

    private static void assertSame(double[][] expected, double[][] observed, Object where) {
        for (int i = 0; i < expected.length; i++) {
            assertArrayEquals(expected[i], observed[i], where.toString());
        }
    }

    /** Least sizes, one number too many for whole tiles, more outputs than channels and fewer, several images. */
    static Stream<Case> cases() {
        SplittableRandom random = new SplittableRandom(14);
        List<Case> cases = new ArrayList<>();
        for (Way way : Way.values()) {
            if (way.isMissing()) {
                continue;
            }
            for (Precision precision : way.precisions()) {
                for (int kernel : way.kernels()) {
                    for (int[] sizes :
                            new int[][] {{1, 1, 1, 1, 1}, {2, 5, 4, 3, 2}, {1, 1, 9, 1, 5}, {3, 4, 4, 4, 4}}) {
                        int outputs = way == Way.SINGLE ? 1 : sizes[4];
                        ConvolutionShape shape = new ConvolutionShape(
                                sizes[0], sizes[1] + kernel - 1, sizes[2] + kernel - 1, sizes[3], outputs, kernel);
                        cases.add(new Case(way, shape, precision, random));
                    }
                }
            }
        }
        return cases.stream();
    }

    @Test
    void everyWayIsHere() {
        TreeSet<String> tried = new TreeSet<>(List.of(FORWARD_ONLY));
        Stream.of(Way.values()).forEach(way -> tried.add(way.type.getSimpleName()));
        assertEquals(Implementations.of(Convolution.class), tried);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void overwritesItsResultsAndNothingElse(Case given) {
        double[][] expected = given.results(given.fresh(), 0);
        assertSame(expected, given.results(given.fresh(), 1e30), given);
        assertSame(expected, given.results(given.fresh(), Double.NaN), given);
    }

    /** Other data in between leave no trace. */
    @ParameterizedTest
    @MethodSource("cases")
    void canBeUsedAgain(Case given) {
        Convolution convolution = given.fresh();
        double[][] first = given.results(convolution, 0);
        given.with(w -> 3 - w, x -> 5 * x + 1, g -> -g).results(convolution, 0);
        assertSame(first, given.results(convolution, 0), given);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void leavesOutAnInputGradientThatNobodyWants(Case given) {
        double[] expected = given.results(given.fresh(), 0)[1];
        Memory[] data = new Memory[3];
        Arrays.setAll(data, i -> Memory.of(given.data()[i], given.precision()));
        Convolution convolution = given.fresh();
        convolution.forward(data[0], data[1], Memory.allocate(given.data()[2].length, given.precision()));
        Memory gradient = Memory.allocate(expected.length, given.precision());
        convolution.backward(data[0], data[1], data[2], gradient, null);
        assertArrayEquals(expected, read(gradient, expected.length), given.toString());
    }

    /** Zeros give zeros, not numbers that cancel. */
    @ParameterizedTest
    @MethodSource("cases")
    void zerosGiveZeros(Case given) {
        double[][] silent = given.with(w -> w, x -> 0, g -> 0).results(given.fresh(), 7);
        for (double[] result : silent) {
            assertTrue(Arrays.stream(result).allMatch(value -> value == 0), given.toString());
        }
    }

    /** All sums are linear in weights, inputs and gradients, so powers of two go through to the last bit. */
    @ParameterizedTest
    @MethodSource("cases")
    void powersOfTwoGoThrough(Case given) {
        double[][] plain = given.results(given.fresh(), 0);
        double[][] scaled =
                given.with(w -> 4 * w, x -> -0.5 * x, g -> 0.125 * g).results(given.fresh(), 0);
        double[] factors = {-2, -0.0625, 0.5};
        for (int i = 0; i < plain.length; i++) {
            double factor = factors[i];
            // −0 and 0 are equal numbers
            assertArrayEquals(
                    Arrays.stream(plain[i]).map(value -> factor * value + 0.0).toArray(),
                    Arrays.stream(scaled[i]).map(value -> value + 0.0).toArray(),
                    given.toString());
        }
    }

    /** Memories that are only read may be one and the same. */
    @ParameterizedTest
    @MethodSource("cases")
    void readsOneMemoryInTwoRoles(Case drawn) {
        ConvolutionShape like = drawn.shape();
        // as many weights as inputs: one output unit that sees the whole image
        ConvolutionShape shape =
                new ConvolutionShape(1, like.kernel(), like.kernel(), like.channels(), 1, like.kernel());
        Case given = new Case(drawn.way(), shape, drawn.precision(), new SplittableRandom(3));
        double[] both = given.data()[0];
        Case apart = new Case(given.way(), shape, given.precision(), new double[][] {both, both, given.data()[2]});
        double[][] expected = apart.results(given.fresh(), 0);
        Memory one = Memory.of(both, given.precision());
        Memory[] results = new Memory[3];
        int[] lengths = {1, both.length, both.length};
        Arrays.setAll(results, i -> Memory.allocate(lengths[i], given.precision()));
        Convolution convolution = given.fresh();
        convolution.forward(one, one, results[0]);
        convolution.backward(one, one, Memory.of(given.data()[2], given.precision()), results[1], results[2]);
        for (int i = 0; i < results.length; i++) {
            assertArrayEquals(expected[i], read(results[i], lengths[i]), given.toString());
        }
    }
}
