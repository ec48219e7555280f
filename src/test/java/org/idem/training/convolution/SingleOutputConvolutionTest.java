package org.idem.training.convolution;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.idem.array.Precision;
import org.junit.jupiter.api.Test;

class SingleOutputConvolutionTest {
    @Test
    void agreesWithItsDefinition() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int draw = 0; draw < 60; draw++) {
            int kernel = 1 + random.nextInt(7);
            ConvolutionShape shape = new ConvolutionShape(
                    random.nextInt(1, 4),
                    kernel + random.nextInt(9),
                    kernel + random.nextInt(9),
                    random.nextInt(1, 40),
                    1,
                    kernel);
            new ConvolutionSums(shape, Precision.FLOAT32, random)
                    .check(new SingleOutputConvolution(shape), "seed " + seed + ", " + shape + ":");
        }
    }

    /** The image turned. */
    @Test
    void noticesAnotherShape() {
        ConvolutionSums given =
                new ConvolutionSums(new ConvolutionShape(1, 6, 8, 2, 1, 3), Precision.FLOAT32, new SplittableRandom(5));
        Convolution turned = new SingleOutputConvolution(new ConvolutionShape(1, 8, 6, 2, 1, 3));
        AssertionError seen = assertThrows(AssertionError.class, () -> given.check(turned, "turned"));
        assertTrue(seen.getMessage().startsWith("turned output"), seen.getMessage());
    }

    @Test
    void hasOneOutput() {
        ConvolutionShape shape = new ConvolutionShape(1, 6, 6, 2, 2, 3);
        assertThrows(IllegalArgumentException.class, () -> new SingleOutputConvolution(shape));
    }
}
