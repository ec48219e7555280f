package org.idem.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.idem.array.Array;
import org.junit.jupiter.api.Test;

/** Pictures are read by the program's own reader and by the JDK's. */
class PictureTest {
    private static Array read(byte[] png) throws IOException {
        return PngFile.read(new ByteArrayInputStream(png), "x.png");
    }

    /** Levels of 8 bits, so that nothing is rounded. */
    private static Array levels(int... shape) {
        Array array = Array.zeros(shape);
        Arrays.setAll(array.values(), i -> (i * 37 % 256) / 255.0);
        return array;
    }

    @Test
    void oneImageFillsItsFile() throws IOException {
        for (int[] shape : new int[][] {{1, 1, 5, 8}, {1, 3, 7, 2}, {1, 1, 1, 1}}) {
            Array image = levels(shape);
            assertEquals(image, read(Picture.of(image)));
            BufferedImage seen = ImageIO.read(new ByteArrayInputStream(Picture.of(image)));
            assertEquals(shape[3], seen.getWidth());
            int top = Math.round(255 * (float) image.at(0, 0, 0, shape[3] - 1));
            assertEquals(top, seen.getRaster().getSample(shape[3] - 1, 0, 0));
        }
    }

    @Test
    void severalStandInRowsWithGreyBetweenThem() throws IOException {
        Array images = levels(5, 1, 2, 3);
        Array sheet = read(Picture.of(images));
        // five tiles in rows of three: 2 x 3 with gaps
        assertArrayEquals(new int[] {1, 1, 5, 11}, sheet.shape());
        for (int tile = 0; tile < 6; tile++) {
            for (int row = 0; row < 2; row++) {
                for (int column = 0; column < 3; column++) {
                    double expected = tile < 5 ? images.at(tile, 0, row, column) : 128 / 255.0;
                    assertEquals(expected, sheet.at(0, 0, tile / 3 * 3 + row, tile % 3 * 4 + column));
                }
            }
        }
        assertEquals(128 / 255.0, sheet.at(0, 0, 2, 5));
        assertEquals(128 / 255.0, sheet.at(0, 0, 1, 7));
        // neither grey nor colour: each channel is an image
        assertArrayEquals(
                new int[] {1, 1, 2, 7}, read(Picture.of(levels(1, 2, 2, 3))).shape());
        assertArrayEquals(
                new int[] {1, 3, 5, 7}, read(Picture.of(levels(3, 3, 2, 3))).shape());
    }

    @Test
    void whatLiesBeyondIsCutOffAndCounted() throws IOException {
        Array image = Array.of(new double[] {-0.1, 0, 0.5, 1, 1.5, 1e300}, 1, 1, 2, 3);
        assertEquals(Array.of(new double[] {0, 0, 128 / 255.0, 1, 1, 1}, 1, 1, 2, 3), read(Picture.of(image)));
        assertEquals(3, Picture.cutOff(image));
    }

    @Test
    void otherShapesAreNoPictures() {
        assertThrows(IllegalArgumentException.class, () -> Picture.of(Array.zeros(2, 3)));
        assertThrows(IllegalArgumentException.class, () -> Picture.of(Array.zeros(0, 1, 2, 3)));
    }
}
