package org.idem.training.convolution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.idem.array.Precision;
import org.idem.training.memory.Memory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Convolutions without gradients share memory and change no bit. */
class ForwardOnlyTest {
    private static final SplittableRandom RANDOM = new SplittableRandom();

    private static double[] drawn(int length, Precision precision) {
        return ConvolutionSums.drawn(RANDOM, length, precision);
    }

    private static double[] outputs(
            Convolution convolution, ConvolutionShape shape, double[] weights, double[] inputs, Precision precision) {
        // what was there before must not matter
        double[] before = new double[shape.outputLength()];
        Arrays.fill(before, Double.NaN);
        Memory outputs = Memory.of(before, precision);
        convolution.forward(Memory.of(weights, precision), Memory.of(inputs, precision), outputs);
        return ConvolutionSums.read(outputs, shape.outputLength());
    }

    private static List<ConvolutionShape> shapes() {
        return List.of(
                new ConvolutionShape(3, 9, 8, 2, 3, 3),
                new ConvolutionShape(2, 12, 12, 16, 17, 5),
                new ConvolutionShape(4, 7, 9, 5, 2, 3),
                new ConvolutionShape(1, 20, 18, 24, 24, 7),
                new ConvolutionShape(2, 9, 9, 12, 1, 3),
                // two images at a time, with and without one that is left
                new ConvolutionShape(5, 42, 37, 16, 40, 5),
                new ConvolutionShape(4, 42, 37, 40, 16, 5));
    }

    @Test
    void fewImagesAtATimeGiveTheBitsOfAllTogether() {
        Convolutions convolutions = Convolutions.fastest(Precision.FLOAT32, 1);
        List<ConvolutionShape> several = new ArrayList<>(shapes().subList(5, 7));
        several.add(new ConvolutionShape(5, 38, 33, 16, 40, 5, 2));
        for (ConvolutionShape shape : several) {
            Convolution few = convolutions.transforming(shape);
            assertEquals(ConvolutionBatteryTest.FORWARD_ONLY, few.getClass().getSimpleName());
            for (int round = 0; round < 2; round++) {
                double[] weights = drawn(shape.weightLength(), Precision.FLOAT32);
                double[] inputs = drawn(shape.inputLength(), Precision.FLOAT32);
                Convolution all = new WinogradConvolution(shape, 1);
                assertArrayEquals(
                        outputs(all, shape, weights, inputs, Precision.FLOAT32),
                        outputs(few, shape, weights, inputs, Precision.FLOAT32));
            }
            assertForwardOnly(few);
        }
    }

    private static void assertForwardOnly(Convolution convolution) {
        Memory nothing = Memory.allocate(1, Precision.FLOAT32);
        assertThrows(
                UnsupportedOperationException.class,
                () -> convolution.backward(nothing, nothing, nothing, nothing, nothing));
    }

    @Test
    void allImagesAtATimeHaveNoGradientsEither() {
        ConvolutionShape shape = shapes().get(1);
        Convolution one = Convolutions.fastest(Precision.FLOAT32, 1).transforming(shape);
        assertEquals(WinogradConvolution.class, one.getClass());
        assertForwardOnly(one);
    }

    @ParameterizedTest
    @EnumSource
    void thoseThatShareMemoryGiveTheBitsOfThoseThatDoNot(Precision precision) {
        List<ConvolutionShape> shapes = shapes();
        for (Convolutions convolutions :
                List.of(Convolutions.fastest(precision, 1), Convolutions.ofPlainSums(precision))) {
            List<Convolution> sharing = new ArrayList<>();
            shapes.forEach(shape -> sharing.add(convolutions.forwardOnly(shape, WeightOrder.PLAIN)));
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < shapes.size(); i++) {
                    ConvolutionShape shape = shapes.get(i);
                    double[] weights = drawn(shape.weightLength(), precision);
                    double[] inputs = drawn(shape.inputLength(), precision);
                    double[] expected =
                            outputs(convolutions.of(shape, WeightOrder.PLAIN), shape, weights, inputs, precision);
                    assertArrayEquals(expected, outputs(sharing.get(i), shape, weights, inputs, precision));
                }
            }
        }
    }
}
