package org.idem.training.convolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.OptionalDouble;
import org.idem.array.Precision;
import org.idem.training.run.Footprint;
import org.junit.jupiter.api.Test;

/** Memory of convolutions, counted before they are made. */
class ConvolutionMemoryTest {
    private static Footprint[] counted(ConvolutionShape shape, Precision precision, boolean wraps, boolean reordered) {
        Footprint pass = new Footprint();
        Footprint all = new Footprint();
        Convolutions.fastest(precision, 1).count(shape, wraps, true, reordered, pass, all);
        return new Footprint[] {pass, all};
    }

    /** Six times six products for each pair of maps, and for each map and each of 49 tiles, and both images. */
    @Test
    void transformsOfTheLibraryHoldTransformedMapsAndImages() {
        ConvolutionShape shape = new ConvolutionShape(4, 28, 28, 128, 128, 3, 1);
        OptionalDouble forward = OneDnnWinograd.numbers(shape, false, 1);
        assumeTrue(forward.isPresent());
        double images = 2 * 28 * 28 * 128;
        double least = 36 * (128 * 128 + 2 * 49 * 128) + images;
        assertTrue(forward.orElseThrow() >= least, forward::toString);
        assertTrue(forward.orElseThrow() <= 1.5 * least, forward::toString);
        double gradients = OneDnnWinograd.numbers(shape, true, 1).orElseThrow();
        assertTrue(gradients >= forward.orElseThrow() + images, () -> String.valueOf(gradients));
    }

    @Test
    void convolutionsOfTheLibraryShareTheirMemory() {
        ConvolutionShape shape = new ConvolutionShape(1, 28, 28, 64, 64, 3, 1);
        assumeTrue(OneDnn.isAvailable());
        Footprint pass = new Footprint();
        Footprint all = new Footprint();
        Convolutions convolutions = Convolutions.fastest(Precision.FLOAT32, 1);
        assertTrue(convolutions.count(shape, false, true, false, pass, all));
        double one = all.numbers();
        assertTrue(one > 0);
        assertTrue(convolutions.count(shape, false, true, false, pass, all));
        assertEquals(one, all.numbers());
        assertEquals(0, pass.numbers(), "the library thinks the zeros");
    }

    /** Patches of 9 · 2 numbers for 25 pixels, inputs with margins and their gradient, and an own order of weights. */
    @Test
    void sumsOfProductsAreCountedByHand() {
        ConvolutionShape shape = new ConvolutionShape(1, 5, 5, 2, 3, 3, 1);
        Footprint[] plain = counted(shape, Precision.FLOAT64, false, false);
        int framed = 7 * 7 * 2;
        assertEquals(9 * 2 * 25 + 2 * framed, plain[0].numbers());
        assertEquals(0, plain[1].numbers());
        assertEquals(8.0 * (framed + 7 * 9 * 2), plain[0].heapBytes());
        Footprint[] reordered = counted(shape, Precision.FLOAT64, false, true);
        assertEquals(2 * 9 * 2 * 3, reordered[0].numbers() - plain[0].numbers());
        assertEquals(2 * 8 * 9 * 2 * 3, reordered[0].heapBytes() - plain[0].heapBytes());
    }

    /** All nine positions of one output are laid out, and their gradients; nothing else is kept. */
    @Test
    void aSingleOutputIsLaidOutOnce() {
        ConvolutionShape shape = new ConvolutionShape(6, 8, 8, 16, 1, 3);
        assertFalse(Convolutions.fastest(Precision.FLOAT32, 1)
                .count(shape, false, true, false, new Footprint(), new Footprint()));
        assertEquals(2 * 9 * 64, counted(shape, Precision.FLOAT32, false, false)[0].numbers());
    }
}
