package org.idem.training.convolution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.idem.array.Precision;
import org.idem.training.DrawnNetwork;
import org.idem.training.memory.Memory;
import org.idem.training.memory.Segments;
import org.junit.jupiter.api.Test;

/** Transforms that think zeros round their inputs give the bits of those whose inputs carry them as margins. */
class ThoughtZerosTest {
    private final SplittableRandom random = new SplittableRandom(19);

    private Memory drawn(int length, double deviation) {
        double[] values = Arrays.stream(DrawnNetwork.gaussian(random, length).values())
                .map(value -> value * deviation)
                .map(Precision.FLOAT32::round)
                .toArray();
        return Memory.of(values, Precision.FLOAT32);
    }

    private static Memory rubbish(int length) {
        double[] values = new double[length];
        Arrays.fill(values, Double.NaN);
        return Memory.of(values, Precision.FLOAT32);
    }

    private static void assertSame(Memory expected, Memory observed, int length, ConvolutionShape shape) {
        assertArrayEquals(
                ConvolutionSums.read(expected, length), ConvolutionSums.read(observed, length), shape.toString());
    }

    @Test
    void giveTheBitsOfMargins() {
        for (int i = 0; i < 60; i++) {
            int kernel = 3 + 2 * random.nextInt(3);
            ConvolutionShape shape = new ConvolutionShape(
                    1 + random.nextInt(3),
                    1 + random.nextInt(18),
                    1 + random.nextInt(18),
                    1 + random.nextInt(9),
                    1 + random.nextInt(9),
                    kernel,
                    (kernel - 1) / 2 + random.nextInt(3));
            checkBits(shape, 1 + random.nextInt(2), 1);
        }
    }

    /** @param deviation of the weights and of the gradient */
    private void checkBits(ConvolutionShape shape, int threads, double deviation) {
        ConvolutionShape framed = shape.withMargins();
        Memory weights = drawn(shape.weightLength(), deviation);
        Memory inputs = drawn(shape.inputLength(), 1);
        Memory gradient = drawn(shape.outputLength(), deviation);
        Memory withMargins = Memory.allocate(framed.inputLength(), Precision.FLOAT32);
        margins(shape, inputs, withMargins).copy();

        Memory[] expected = {rubbish(shape.outputLength()), rubbish(shape.weightLength()), rubbish(framed.inputLength())
        };
        Memory[] observed = {rubbish(shape.outputLength()), rubbish(shape.weightLength()), rubbish(shape.inputLength())
        };
        Convolution carried = new WinogradConvolution(framed, threads);
        carried.forward(weights, withMargins, expected[0]);
        carried.backward(weights, withMargins, gradient, expected[1], expected[2]);
        Convolution thought = new WinogradConvolution(shape, threads);
        // what the first round leaves in shared arrays must not matter
        for (int round = 0; round < 2; round++) {
            thought.forward(weights, inputs, observed[0]);
            thought.backward(weights, inputs, gradient, observed[1], observed[2]);
        }

        assertSame(expected[0], observed[0], shape.outputLength(), shape);
        assertSame(expected[1], observed[1], shape.weightLength(), shape);
        Memory within = Memory.allocate(shape.inputLength(), Precision.FLOAT32);
        margins(shape, within, expected[2]).addBack();
        assertSame(within, observed[2], shape.inputLength(), shape);
    }

    private static Segments margins(ConvolutionShape shape, Memory images, Memory framed) {
        return Segments.margins(
                images, framed, shape.images(), shape.rows(), shape.columns(), shape.channels(), shape.zeros(), false);
    }

    /**
     * Margins add the gradients of inputs to zeros, and a sum that begins with 0 is never −0; gradients from thought
     * zeros must not be either. Here products of weights and gradients are a few of the smallest numbers, a quarter of
     * which is ±0.
     */
    @Test
    void negativeZerosOfGradientsBecomeZeros() {
        for (int i = 0; i < 20; i++) {
            checkBits(new ConvolutionShape(1, 9, 9, 3, 2, 3, 1), 1, 0x1p-76);
        }
    }

    @Test
    void areChosenWhereTransformsAre() {
        Convolutions fastest = Convolutions.fastest(Precision.FLOAT32, 1);
        ConvolutionShape wide = new ConvolutionShape(2, 28, 28, 16, 16, 7, 5);
        boolean byLibrary = OneDnnConvolution.ifFast(wide, WeightOrder.PLAIN, 1).isPresent();
        for (boolean gradients : new boolean[] {true, false}) {
            Convolution convolution =
                    fastest.addingZeros(wide, WeightOrder.PLAIN, gradients).orElseThrow();
            assertEquals(byLibrary ? OneDnnConvolution.class : WinogradConvolution.class, convolution.getClass());
        }
        assertTrue(Convolutions.ofPlainSums(Precision.FLOAT32)
                .addingZeros(wide, WeightOrder.PLAIN, true)
                .isEmpty());
    }
}
