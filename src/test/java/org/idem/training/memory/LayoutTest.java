package org.idem.training.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.idem.array.Array;
import org.junit.jupiter.api.Test;

class LayoutTest {
    @Test
    void channelsComeLast() {
        int[] shape = {2, 3, 4, 5};
        double[] numbers = new double[Array.lengthOf(shape)];
        Arrays.setAll(numbers, i -> i);
        Array array = Array.of(numbers, shape);
        double[] ordered = Layout.channelsLast(array);
        for (int image = 0; image < 2; image++) {
            for (int channel = 0; channel < 3; channel++) {
                for (int row = 0; row < 4; row++) {
                    for (int column = 0; column < 5; column++) {
                        assertEquals(
                                array.at(image, channel, row, column),
                                ordered[((image * 4 + row) * 5 + column) * 3 + channel]);
                    }
                }
            }
        }
        assertEquals(array, Layout.channelsFirst(ordered, shape));
    }

    @Test
    void unitsStayInTheirOrder() {
        Array array = Array.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
        assertArrayEquals(array.values(), Layout.channelsLast(array));
        assertEquals(array, Layout.channelsFirst(array.values().clone(), array.shape()));
    }
}
