package org.idem.theory.deep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.array.SquaredErrors;
import org.idem.network.Network;
import org.idem.network.StageParameters;
import org.junit.jupiter.api.Test;

/** Which images can be painted on a blank one, and that a network of the least depth does it. */
class PaintingTest {
    /** A power of two: weights for whole images are divided by it without rounding. */
    private static final double LEVEL = 0.5;

    /** A multiple of the number of pixels in every class of an image of at most 7 × 7 pixels: their means are whole. */
    private static final int WHOLE = 420 * 420;

    private static Array blank(int height, int width) {
        Array blank = Array.zeros(1, 1, height, width);
        Arrays.fill(blank.values(), LEVEL);
        return blank;
    }

    /** What a built network of some depth paints. */
    private static Array painted(Array image, int kernel, int depth) {
        Network network = Painting.painter(image.size(1), kernel, depth);
        List<StageParameters> weights = Painting.paint(image, kernel, depth, LEVEL);
        return DeepForward.of(network, weights, blank(image.size(2), image.size(3)), Precision.FLOAT64)
                .values();
    }

    @Test
    void positionsStandStillWhereNoBorderIsSeen() {
        int[] clipped = new int[9];
        Arrays.setAll(clipped, i -> BlankImage.clipped(i, 9, 2));
        assertEquals("[0, 1, 2, 2, 2, 2, 2, 3, 4]", Arrays.toString(clipped));
        Arrays.setAll(clipped, i -> BlankImage.clipped(i, 9, 4));
        assertEquals("[0, 1, 2, 3, 4, 5, 6, 7, 8]", Arrays.toString(clipped));
        Arrays.setAll(clipped, i -> BlankImage.clipped(i, 9, 0));
        assertEquals("[0, 0, 0, 0, 0, 0, 0, 0, 0]", Arrays.toString(clipped));
    }

    @Test
    void oneDotNeedsMoreLayersThanItIsPixelsFromTheBorder() {
        for (int side = 3; side <= 11; side++) {
            for (int at = 0; at < side; at++) {
                Array image = Array.zeros(1, 1, side, side);
                image.values()[at * side + at] = 1;
                // another pixel lies as far inside unless the dot is the centre: then the nearest lies one further out
                int distance = Math.min(at, side - 1 - at);
                int m = 2 * at + 1 == side ? distance - 1 : distance;
                for (int kernel : new int[] {3, 5}) {
                    int bound = (2 * (m + 1) + kernel - 2) / (kernel - 1);
                    assertEquals(Math.max(1, bound), Painting.leastDepth(image, kernel), side + " " + at);
                }
            }
        }
    }

    @Test
    void aConstantImageIsPaintedByOneLayer() {
        assertEquals(1, Painting.leastDepth(blank(7, 4), 3));
        assertEquals(blank(7, 4), painted(blank(7, 4), 3, 1));
    }

    /** All numbers on the way are whole and small, so nothing is rounded and equality is expected. */
    @Test
    void aNetworkOfTheLeastDepthPaintsTheImageAndNoneOfFewerLayersDoes() {
        SplittableRandom random = new SplittableRandom(3);
        for (int trial = 0; trial < 20; trial++) {
            int kernel = random.nextBoolean() ? 3 : 5;
            Array image = Array.zeros(1, 1 + random.nextInt(2), 1 + random.nextInt(7), 1 + random.nextInt(7));
            for (int i = 0; i < image.length(); i++) {
                image.values()[i] = WHOLE * random.nextInt(-8, 9);
            }
            int depth = Painting.leastDepth(image, kernel);
            if (depth <= 3) {
                assertEquals(image, painted(image, kernel, depth));
            }
            for (int fewer = 1; fewer < Math.min(4, depth); fewer++) {
                Array best = Painting.best(image, Painting.seeing(fewer * (kernel / 2)));
                assertTrue(SquaredErrors.mean(image, best) > 0);
                // as well as it can be done, the built network does it
                assertEquals(best, painted(image, kernel, fewer));
            }
        }
    }
}
