package org.idem.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.junit.jupiter.api.Test;

class GivenImagesTest {
    private static GivenImages one(double[] pixels, int channels, int height, int width) {
        return new GivenImages("given.npy", List.of(new Image("given", Array.of(pixels, channels, height, width))));
    }

    @Test
    void aSmallerImageHoldsTheMeansOfAreas() {
        GivenImages pool = one(new double[] {0, 1, 0.5, 0.5, 1, 0, 0, 1}, 1, 2, 4);
        assertArrayEquals(new double[] {0.5, 0.5}, pool.draw(0, 1, 1, 2, 7).values());
        // thirds of four columns: cells of width 4/3 take 1 and 1/3, 2/3 and 2/3, 1/3 and 1 of their neighbours
        double[] thirds = pool.draw(0, 1, 2, 3, 7).values();
        double unit = 0x1p-7;
        assertEquals(unit * Math.rint(0.25 / unit), thirds[0]);
        assertEquals(unit * Math.rint(0.75 / unit), thirds[1]);
    }

    @Test
    void anImageOfTheRightSizeIsKept() {
        double[] pixels = {0, 0.5, 1, 0.25};
        assertArrayEquals(pixels, one(pixels, 1, 2, 2).draw(0, 1, 2, 2, 3).values());
    }

    @Test
    void missingChannelsRepeat() {
        double[] pixels = {1, 0.5};
        assertArrayEquals(
                new double[] {1, 0.5, 1},
                one(pixels, 2, 1, 1).draw(0, 3, 1, 1, 3).values());
    }

    @Test
    void pixelsAreTheSameNumberInBothPrecisions() {
        for (int kind = 0; kind < ImagePool.DRAWN.kinds().size(); kind++) {
            Array image = ImagePool.DRAWN.draw(kind, 2, 6, 5, 11);
            assertEquals(image, image.rounded(Precision.FLOAT32));
            assertEquals(image, ImagePool.DRAWN.draw(kind, 2, 6, 5, 11));
        }
    }

    @Test
    void anEmptyPoolIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new GivenImages("nothing", List.of()));
    }
}
