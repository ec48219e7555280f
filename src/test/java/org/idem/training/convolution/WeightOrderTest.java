package org.idem.training.convolution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.idem.array.Precision;
import org.idem.training.memory.Memory;
import org.junit.jupiter.api.Test;

class WeightOrderTest {
    private static final ConvolutionShape SHAPE = new ConvolutionShape(2, 9, 8, 16, 160, 3, 1);

    private static Memory random(int length, SplittableRandom random) {
        return Memory.of(random.doubles(length, -1, 1).toArray(), Precision.FLOAT32);
    }

    private static double[] values(Memory memory, int length) {
        double[] values = new double[length];
        memory.read(values);
        return values;
    }

    /** The same numbers, stored in another order. */
    private static double[] stored(double[] plain, WeightOrder order) {
        double[] stored = new double[plain.length];
        for (int i = 0; i < plain.length; i++) {
            stored[order.place(i)] = plain[i];
        }
        return stored;
    }

    private static WeightOrder chosen(ConvolutionShape shape) {
        WeightOrder order = Convolutions.fastest(Precision.FLOAT32, 1).order(shape);
        assumeTrue(!order.isPlain(), "oneDNN has no order of its own here");
        return order;
    }

    @Test
    void everyPlaceIsTakenOnce() {
        WeightOrder order = chosen(SHAPE);
        int[] places = IntStream.range(0, SHAPE.weightLength())
                .map(order::place)
                .sorted()
                .toArray();
        assertArrayEquals(IntStream.range(0, SHAPE.weightLength()).toArray(), places);
        assertTrue(IntStream.range(0, places.length).anyMatch(i -> order.place(i) != i));
    }

    /**
     * Whatever takes the weights in their own order gives what the plain order gives: all passes, every convolution.
     */
    @Test
    void ordersChangeNoResult() {
        SplittableRandom random = new SplittableRandom(5);
        WeightOrder order = chosen(SHAPE);
        Memory plainWeights = random(SHAPE.weightLength(), random);
        Memory ordered = Memory.of(stored(values(plainWeights, SHAPE.weightLength()), order), Precision.FLOAT32);
        Memory inputs = random(SHAPE.inputLength(), random);
        Memory gradient = random(SHAPE.outputLength(), random);
        double[][] plain = results(OneDnnConvolution.of(SHAPE, WeightOrder.PLAIN, 1), plainWeights, inputs, gradient);
        Convolution[] others = {
            OneDnnConvolution.of(SHAPE, order, 1),
            new ReorderedConvolution(OneDnnConvolution.of(SHAPE, WeightOrder.PLAIN, 1), SHAPE, order, Precision.FLOAT32)
        };
        for (Convolution other : others) {
            double[][] results = results(other, ordered, inputs, gradient);
            assertArrayEquals(plain[0], results[0]);
            assertArrayEquals(stored(plain[1], order), results[1]);
            assertArrayEquals(plain[2], results[2]);
        }
    }

    private static double[][] results(Convolution convolution, Memory weights, Memory inputs, Memory gradient) {
        Memory outputs = Memory.allocate(SHAPE.outputLength(), Precision.FLOAT32);
        Memory weightGradient = Memory.allocate(SHAPE.weightLength(), Precision.FLOAT32);
        Memory inputGradient = Memory.allocate(SHAPE.inputLength(), Precision.FLOAT32);
        convolution.forward(weights, inputs, outputs);
        convolution.backward(weights, inputs, gradient, weightGradient, inputGradient);
        return new double[][] {
            values(outputs, SHAPE.outputLength()),
            values(weightGradient, SHAPE.weightLength()),
            values(inputGradient, SHAPE.inputLength())
        };
    }

    /** The library pads 3 channels to a whole register; parameters have no gaps, so these stay plain. */
    @Test
    void ordersWithGapsAreNotTaken() {
        for (int channels : new int[] {3, 8, 20, 32}) {
            ConvolutionShape shape = new ConvolutionShape(1, 8, 8, channels, channels, 3, 1);
            WeightOrder order = Convolutions.fastest(Precision.FLOAT32, 1).order(shape);
            int most = IntStream.range(0, shape.weightLength())
                    .map(order::place)
                    .max()
                    .orElseThrow();
            assertEquals(shape.weightLength() - 1, most, "channels " + channels);
        }
    }

    @Test
    void theoremsKeepThePlainOrder() {
        assertTrue(Convolutions.ofPlainSums(Precision.FLOAT32).order(SHAPE).isPlain());
        assertTrue(Convolutions.fastest(Precision.FLOAT64, 1).order(SHAPE).isPlain());
        assertFalse(chosen(SHAPE).isPlain());
    }
}
