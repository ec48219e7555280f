package org.idem.theory.exact;

import static org.idem.theory.exact.RowReductionTest.whole;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import org.idem.network.Padding;
import org.idem.network.exact.RationalArray;
import org.idem.network.exact.RationalLayer;
import org.idem.training.exact.ExactForwardPass;
import org.junit.jupiter.api.Test;

class IdentityConstructionTest {
    /** Numbers of both signs, no two alike. */
    private static RationalArray distinct(int... shape) {
        int length = IntStream.of(shape).reduce(1, (a, b) -> a * b);
        int[] values =
                IntStream.range(0, length).map(i -> i % 2 == 0 ? i + 1 : -i - 1).toArray();
        return whole(length, 1, values).entries().reshaped(shape);
    }

    private static void assertOnlySignsAreUsed(List<RationalLayer> layers) {
        for (RationalLayer layer : layers) {
            RationalArray weights = layer.parameters().weights();
            assertEquals(BigInteger.ONE, weights.denominator());
            assertTrue(IntStream.range(0, weights.length())
                    .allMatch(i -> weights.numerator(i).abs().compareTo(BigInteger.ONE) <= 0));
        }
    }

    @Test
    void fullyConnectedNetworksReturnTheirInput() {
        RationalArray inputs = distinct(3, 4);
        for (boolean relu : new boolean[] {false, true}) {
            for (int depth = relu ? 2 : 1; depth < 5; depth++) {
                for (int width : new int[] {8, 11}) {
                    List<RationalLayer> layers = IdentityConstruction.fcn(4, width, depth, relu);
                    assertEquals(depth, layers.size());
                    assertEquals(inputs, ExactForwardPass.outputs(layers, inputs));
                    assertOnlySignsAreUsed(layers);
                }
            }
        }
    }

    @Test
    void convolutionsReturnTheirImages() {
        RationalArray images = distinct(2, 2, 7, 8);
        for (Padding padding : Padding.values()) {
            for (boolean relu : new boolean[] {false, true}) {
                for (int depth = relu ? 2 : 1; depth < 4; depth++) {
                    List<RationalLayer> layers = IdentityConstruction.cnn(2, 5, 3, padding, depth, relu);
                    RationalArray kept = padding == Padding.VALID ? images.cropped(depth) : images;
                    assertEquals(kept, ExactForwardPass.outputs(layers, images));
                    assertOnlySignsAreUsed(layers);
                }
            }
        }
    }

    /** Every layer but the last is cut by max(0, ·), none of a linear network. */
    @Test
    void onlyHiddenLayersAreCut() {
        for (boolean relu : new boolean[] {false, true}) {
            assertEquals(
                    List.of(relu, relu, false),
                    IdentityConstruction.fcn(1, 2, 3, relu).stream()
                            .map(RationalLayer::relu)
                            .toList());
        }
    }

    @Test
    void theLeastSizesAreNamed() {
        assertEquals(
                "the identity of size 3 needs a hidden width of at least 6 and 2 layers, got width 5 and 2 layers",
                assertThrows(IllegalArgumentException.class, () -> IdentityConstruction.fcn(3, 5, 2, true))
                        .getMessage());
        assertEquals(
                "the identity of size 3 needs a hidden width of at least 3 and 1 layers, got width 3 and 0 layers",
                assertThrows(IllegalArgumentException.class, () -> IdentityConstruction.fcn(3, 3, 0, false))
                        .getMessage());
    }
}
