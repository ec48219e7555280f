package org.idem.training.convolution;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.idem.array.Array;
import org.idem.array.Precision;
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
            new ConvolutionSums(shape, precision, random)
                    .check(way.apply(shape, precision), "seed " + seed + ", " + shape + ", " + precision + ":");
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void noticesAKernelThatIsTurned(BiFunction<ConvolutionShape, Precision, Convolution> way) {
        ConvolutionShape shape = new ConvolutionShape(1, 5, 5, 2, 2, 3);
        SplittableRandom random = new SplittableRandom(3);
        double[] w = ConvolutionSums.drawn(random, shape.weightLength(), Precision.FLOAT64);
        double[] x = ConvolutionSums.drawn(random, shape.inputLength(), Precision.FLOAT64);
        ConvolutionSums.Sums outputs = new ConvolutionSums.Sums(shape.outputLength());
        int perTap = shape.channels() * shape.outputs();
        ConvolutionSums.products(
                shape,
                (output, weight, input) ->
                        outputs.add(output, w[(8 - weight / perTap) * perTap + weight % perTap] * x[input]));
        Memory observed = Memory.allocate(shape.outputLength(), Precision.FLOAT64);
        way.apply(shape, Precision.FLOAT64)
                .forward(Memory.of(w, Precision.FLOAT64), Memory.of(x, Precision.FLOAT64), observed);
        double largest = 0;
        double[] seen = ConvolutionSums.read(observed, shape.outputLength());
        for (int i = 0; i < seen.length; i++) {
            largest = Math.max(largest, Math.abs(seen[i] - outputs.values()[i]));
        }
        assertTrue(largest > 0.1);
        assertTrue(Array.of(seen, seen.length).firstNonFinite() < 0);
    }
}
