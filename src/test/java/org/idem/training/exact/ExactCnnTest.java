package org.idem.training.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import org.idem.network.Cnn;
import org.idem.network.Padding;
import org.idem.network.exact.RationalArray;
import org.idem.network.exact.RationalParameters;
import org.junit.jupiter.api.Test;

/** Convolutions computed by hand. */
class ExactCnnTest {
    private static RationalArray whole(int[] shape, int... values) {
        BigInteger[] entries = new BigInteger[values.length];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = BigInteger.valueOf(values[i]);
        }
        return RationalArray.over(entries, BigInteger.ONE, shape);
    }

    /** The kernel that subtracts the right neighbour from the left one and adds ten times the pixel below. */
    private static RationalArray outputs(Padding padding) {
        RationalArray kernel = whole(new int[] {1, 1, 3, 3}, 0, 0, 0, 1, 0, -1, 0, 10, 0);
        RationalArray image = whole(new int[] {1, 1, 3, 3}, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        return new ExactCnn(new Cnn(1, 1, 3, padding, false)).forward(new RationalParameters(kernel, null), image);
    }

    @Test
    void correlatesWithoutFlippingTheKernel() {
        int[] shape = {1, 1, 3, 3};
        assertEquals(whole(new int[] {1, 1, 1, 1}, 4 - 6 + 80), outputs(Padding.VALID));
        assertEquals(
                whole(shape, -2 + 40, 1 - 3 + 50, 2 + 60, -5 + 70, 4 - 6 + 80, 5 + 90, -8, 7 - 9, 8),
                outputs(Padding.SAME));
        assertEquals(
                whole(
                        shape,
                        3 - 2 + 40,
                        1 - 3 + 50,
                        2 - 1 + 60,
                        6 - 5 + 70,
                        4 - 6 + 80,
                        5 - 4 + 90,
                        9 - 8 + 10,
                        7 - 9 + 20,
                        8 - 7 + 30),
                outputs(Padding.CIRCULAR));
    }

    @Test
    void aCircularImageSmallerThanTheKernelMeetsItselfSeveralTimes() {
        RationalArray kernel = whole(new int[] {1, 1, 3, 3}, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        ExactCnn layer = new ExactCnn(new Cnn(1, 1, 3, Padding.CIRCULAR, false));
        RationalArray pixel = whole(new int[] {1, 1, 1, 1}, 2);
        assertEquals(whole(new int[] {1, 1, 1, 1}, 90), layer.forward(new RationalParameters(kernel, null), pixel));
        assertEquals(
                whole(new int[] {1, 1, 3, 3}, 6, 6, 6, 6, 6, 6, 6, 6, 6),
                layer.backward(pixel, whole(new int[] {1, 1, 1, 1}, 3)).weights());
    }

    @Test
    void channelsAndBiasesKeepTheirPlaces() {
        ExactCnn layer = new ExactCnn(new Cnn(2, 3, 1, Padding.SAME, true));
        RationalArray weights = whole(new int[] {3, 2, 1, 1}, 1, 10, 2, 20, 3, 30);
        RationalArray bias = whole(new int[] {3}, 100, 200, 300);
        RationalArray images = whole(new int[] {2, 2, 1, 1}, 1, 2, 3, 4);
        RationalArray outputs = layer.forward(new RationalParameters(weights, bias), images);
        assertEquals(whole(new int[] {2, 3, 1, 1}, 121, 242, 363, 143, 286, 429), outputs);
        RationalParameters gradient = layer.backward(images, whole(new int[] {2, 3, 1, 1}, 1, 0, 5, 0, 1, 0));
        assertEquals(whole(new int[] {3, 2, 1, 1}, 1, 2, 3, 4, 5, 10), gradient.weights());
        assertEquals(whole(new int[] {3}, 1, 1, 5), gradient.bias());
    }
}
