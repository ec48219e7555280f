package org.idem.training.convolution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.idem.array.Precision;
import org.idem.training.memory.Memory;
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
        Memory outputs = Memory.allocate(shape.outputLength(), precision);
        convolution.forward(Memory.of(weights, precision), Memory.of(inputs, precision), outputs);
        return ConvolutionSums.read(outputs, shape.outputLength());
    }

    @ParameterizedTest
    @EnumSource
    void thoseThatShareMemoryGiveTheBitsOfThoseThatDoNot(Precision precision) {
        List<ConvolutionShape> shapes = List.of(
                new ConvolutionShape(3, 9, 8, 2, 3, 3),
                new ConvolutionShape(2, 12, 12, 16, 17, 5),
                new ConvolutionShape(4, 7, 9, 5, 2, 3),
                new ConvolutionShape(1, 20, 18, 24, 24, 7),
                new ConvolutionShape(2, 9, 9, 12, 1, 3),
                // two images at a time, with and without one that is left
                new ConvolutionShape(5, 42, 37, 16, 40, 5),
                new ConvolutionShape(4, 42, 37, 40, 16, 5));
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
