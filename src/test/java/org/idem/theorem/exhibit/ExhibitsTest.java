package org.idem.theorem.exhibit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.idem.array.Array;
import org.idem.image.DrawnImages;
import org.idem.image.GivenImages;
import org.idem.image.Image;
import org.idem.image.ImagePool;
import org.junit.jupiter.api.Test;

class ExhibitsTest {
    private static final Image SMALL = DrawnImages.draw(DrawnImages.Kind.DIGIT, 1, 9, 9, 3);

    @Test
    void curvesFollowFromTheSeed() {
        LossCurves curves = new LossCurves(ImagePool.DRAWN, 1);
        assertEquals(curves.fcn(), curves.fcn());
        assertFalse(curves.fcn().equals(new LossCurves(ImagePool.DRAWN, 2).fcn()), "the seed matters");
    }

    @Test
    void predictedLossesAreThoseOfTraining() {
        LossCurves curves = new LossCurves(ImagePool.DRAWN, 1);
        for (List<LossCurve> methods : List.of(curves.fcn(), curves.cnn())) {
            for (LossCurve curve : methods) {
                // a step rounds sums of at most 256 products; the losses of all steps before feed into a loss
                double roundoff = 256 * curve.trained().size() * 0x1p-53;
                assertTrue(curve.largestDifference() <= roundoff, curve.method() + " " + curve.largestDifference());
                assertEquals(201, curve.trained().size());
            }
        }
    }

    @Test
    void stripsShowOneNetworkTwice() {
        ImageStrips strips = new ImageStrips(SMALL, DrawnImages.draw(DrawnImages.Kind.DIGIT, 1, 11, 9, 4), 1);
        ImageStrip strip = strips.cnn(5);
        assertEquals(strip, strips.cnn(5));
        assertEquals(
                List.of(1, 11, 9),
                List.of(
                        strip.trained().size(0),
                        strip.trained().size(1),
                        strip.trained().size(2)));
        assertTrue(strip.meanSquaredError() < 1, "the network learns something of the identity");
        assertThrows(IllegalArgumentException.class, strips::fcn, "an FCN cannot take an image of another size");
    }

    @Test
    void whatAnImageForbidsIsNamed() {
        Image black = new Image("black", Array.zeros(1, 3, 3));
        Image colour = new Image("colour", Array.zeros(3, 4, 4));
        Exhibits exhibits = Exhibits.of(black(black), List.of(black, colour), 1, Set.of("T1", "T2", "T4", "T5", "T6"));
        assertTrue(exhibits.losses().isEmpty());
        assertTrue(exhibits.strips().isEmpty());
        assertNull(exhibits.sweep());
        assertTrue(exhibits.deep().strengths().isEmpty());
        assertTrue(exhibits.deep().modes().isEmpty());
        assertTrue(exhibits.deep().shifts().isEmpty());
        assertEquals(4, exhibits.deep().sizes().size(), "random networks need no image");
        assertEquals(6, exhibits.deep().norms().size());
        assertEquals(
                2 + 1 + ImageStrips.KERNELS.size() + 1 + 6, exhibits.missing().size());
        assertTrue(exhibits.missing().contains("error against kernel size: no image is so wide"));
    }

    @Test
    void onlyWhatShowsTheTheoremsIsMade() {
        Image black = new Image("black", Array.zeros(1, 3, 3));
        Image colour = new Image("colour", Array.zeros(3, 4, 4));
        Exhibits exhibits = Exhibits.of(black(black), List.of(black, colour), 1, Set.of("T2"));
        assertEquals(1 + ImageStrips.KERNELS.size() + 1, exhibits.missing().size());
        assertEquals(Exhibits.NONE, Exhibits.of(black(black), List.of(black), 1, Set.of("T3")), "nothing shows T3");
    }

    /** Nothing but one image, which no sweep can have in its size. */
    private static ImagePool black(Image image) {
        ImagePool pool = new GivenImages(image.name(), List.of(image));
        return new ImagePool() {
            @Override
            public List<String> kinds() {
                return pool.kinds();
            }

            @Override
            public Array draw(int kind, int channels, int height, int width, long seed) {
                if (width == 12) {
                    throw new IllegalArgumentException("no image is so wide");
                }
                return pool.draw(kind, channels, height, width, seed);
            }

            @Override
            public String source() {
                return pool.source();
            }
        };
    }

    @Test
    void anImageTooLargeToShowIsRefusedBeforeItCosts() {
        Image large = new Image("large", Array.zeros(1, 2000, 2000));
        ImageStrips strips = new ImageStrips(large, large, 1);
        assertThrows(IllegalArgumentException.class, strips::fcn);
        assertThrows(IllegalArgumentException.class, () -> strips.cnn(5));
    }
}
