package org.idem.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArrayTest {
    private static final Array CUBE = counted(2, 3, 4);

    private static Array counted(int... shape) {
        Array array = Array.zeros(shape);
        for (int i = 0; i < array.length(); i++) {
            array.values()[i] = i;
        }
        return array;
    }

    @Test
    void theLastIndexVariesFastest() {
        assertEquals(3, CUBE.rank());
        assertEquals(24, CUBE.length());
        assertEquals(1 * 12 + 2 * 4 + 3, CUBE.at(1, 2, 3));
        assertEquals(7, Array.of(new double[] {7}).at());
    }

    @Test
    void reshapedArraysShareTheirStorage() {
        assertSame(CUBE.values(), CUBE.reshape(4, 6).values());
        assertArrayEquals(new int[] {4, 6}, CUBE.reshape(4, 6).shape());
        assertThrows(IllegalArgumentException.class, () -> CUBE.reshape(5, 5));
    }

    @Test
    void theShapeIsACopy() {
        CUBE.shape()[0] = 99;
        assertEquals(2, CUBE.size(0));
    }

    @Test
    void slicesAreCopiesAlongTheFirstAxis() {
        assertEquals(Array.of(new double[] {4, 5, 6, 7}, 4), CUBE.slice(0).slice(1));
        assertEquals(CUBE.slice(1), CUBE.slices(1, 2).reshape(3, 4));
        assertEquals(0, CUBE.slices(1, 1).length());
        assertEquals(0, Array.zeros(0, 5).slices(0, 0).length());
        Array part = CUBE.slices(0, 1);
        part.values()[0] = -1;
        assertEquals(0, CUBE.at(0, 0, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> CUBE.slice(2));
        assertThrows(IndexOutOfBoundsException.class, () -> CUBE.slices(1, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> Array.zeros().slice(0));
    }

    @Test
    void joiningSlicesGivesTheArrayBack() {
        assertEquals(CUBE, Array.concatenate(List.of(CUBE.slices(0, 1), CUBE.slices(1, 1), CUBE.slices(1, 2))));
        assertThrows(IllegalArgumentException.class, () -> Array.concatenate(List.of()));
        assertThrows(IllegalArgumentException.class, () -> Array.concatenate(List.of(CUBE, counted(2, 4, 3))));
        assertThrows(IllegalArgumentException.class, () -> Array.concatenate(List.of(Array.zeros(), Array.zeros())));
    }

    @Test
    void shapesAreCheckedWithoutOverflow() {
        assertThrows(IllegalArgumentException.class, () -> Array.zeros(-1));
        assertThrows(IllegalArgumentException.class, () -> Array.of(new double[0], 1 << 16, 1 << 16));
        assertThrows(
                IllegalArgumentException.class, () -> Array.lengthOf(Integer.MAX_VALUE, Integer.MAX_VALUE, 1 << 30));
        assertEquals(0, Array.lengthOf(Integer.MAX_VALUE, Integer.MAX_VALUE, 0));
        assertEquals(1, Array.lengthOf());
        assertEquals(Integer.MAX_VALUE, Array.lengthOf(Integer.MAX_VALUE, 1));
    }

    @Test
    void equalityIsExact() {
        assertEquals(CUBE.hashCode(), counted(2, 3, 4).hashCode());
        assertEquals(CUBE, counted(2, 3, 4));
        assertNotEquals(CUBE, CUBE.reshape(4, 3, 2));
        assertNotEquals(Array.of(new double[] {0.0}, 1), Array.of(new double[] {-0.0}, 1));
        assertEquals(Array.of(new double[] {Double.NaN}, 1), Array.of(new double[] {Double.NaN}, 1));
    }

    @Test
    void indicesAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> CUBE.at(0, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> CUBE.at(0, 0, 4));
        assertThrows(IndexOutOfBoundsException.class, () -> CUBE.at(0, -1, 0));
    }

    @Test
    void anArrayTellsShapeAndRange() {
        assertEquals("Array[2, 3, 4] in [0.0, 23.0]", CUBE.toString());
        assertEquals("Array[0]", Array.zeros(0).toString());
        assertEquals(
                1,
                Array.of(new double[] {1, Double.NEGATIVE_INFINITY, Double.NaN}, 3)
                        .firstNonFinite());
        assertEquals(-1, CUBE.firstNonFinite());
    }

    @Test
    void roundingIsToTheNearestNumberTiesToEven() {
        double halfway = 1 + Precision.FLOAT32.unitRoundoff();
        assertEquals(1, Precision.FLOAT32.round(halfway));
        assertEquals(1 + 0x1p-23, Precision.FLOAT32.round(Math.nextUp(halfway)));
        assertEquals(1 + 0x1p-22, Precision.FLOAT32.round(1 + 0x1.8p-23));
        assertEquals(halfway, Precision.FLOAT64.round(halfway));
        // The unit roundoff is the largest relative error: attained at the halfway point up to 1/(1 + u).
        assertEquals(Precision.FLOAT32.unitRoundoff(), (halfway - 1) / 1);
        assertEquals(1, 1 + Precision.FLOAT64.unitRoundoff());
        assertTrue(1 + Math.nextUp(Precision.FLOAT64.unitRoundoff()) > 1);
        Array rounded = Array.of(new double[] {0.1, halfway}, 2).rounded(Precision.FLOAT32);
        assertEquals(Array.of(new double[] {0.1f, 1}, 2), rounded);
    }

    @Test
    void precisionsHaveTheNamesOfNumPy() {
        for (Precision precision : Precision.values()) {
            assertSame(precision, Precision.parse(precision.toString()));
        }
        assertSame(Precision.FLOAT32, Precision.parse("Float32"));
        String message = assertThrows(IllegalArgumentException.class, () -> Precision.parse("float16"))
                .getMessage();
        assertTrue(message.contains("float16"), message);
    }
}
