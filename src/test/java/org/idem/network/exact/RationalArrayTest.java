package org.idem.network.exact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import org.apache.commons.math3.fraction.BigFraction;
import org.idem.array.Array;
import org.junit.jupiter.api.Test;

class RationalArrayTest {
    private static RationalArray whole(int denominator, int... numerators) {
        BigInteger[] entries = new BigInteger[numerators.length];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = BigInteger.valueOf(numerators[i]);
        }
        return RationalArray.over(entries, BigInteger.valueOf(denominator), numerators.length);
    }

    @Test
    void equalNumbersAreEqualArrays() {
        RationalArray reduced = whole(3, 1, -2);
        assertEquals(reduced, whole(6, 2, -4));
        assertEquals(reduced, whole(-6, -2, 4));
        assertEquals(reduced.hashCode(), whole(-6, -2, 4).hashCode());
        assertEquals(whole(1, 0, 0), whole(7, 0, 0));
        assertNotEquals(reduced, whole(3, 1, 2));
        assertNotEquals(reduced, reduced.reshaped(2, 1));
    }

    @Test
    void fractionsOfDifferentDenominatorsShareOne() {
        BigFraction[] values = {new BigFraction(1, 4), new BigFraction(-5, 6)};
        RationalArray array = RationalArray.of(values, 2);
        assertEquals(whole(12, 3, -10), array);
        assertEquals(values[1], array.at(1));
        assertEquals(BigInteger.valueOf(12), array.denominator());
    }

    @Test
    void arithmeticIsThatOfFractions() {
        RationalArray sixths = whole(6, 1, 5);
        RationalArray quarters = whole(4, 1, -1);
        assertEquals(whole(12, 5, 7), sixths.plus(quarters));
        assertEquals(whole(12, -1, 13), sixths.minus(quarters));
        assertEquals(whole(15, 1, 5), sixths.times(new BigFraction(2, 5)));
        assertThrows(IllegalArgumentException.class, () -> sixths.plus(whole(1, 1)));
    }

    @Test
    void floatingPointNumbersKeepTheirExactValue() {
        RationalArray array = RationalArray.of(Array.of(new double[] {0.1, -3, 0, Double.MIN_VALUE}, 4));
        BigInteger tenth = BigInteger.valueOf(3602879701896397L);
        assertEquals(new BigFraction(tenth, BigInteger.TWO.pow(55)), array.at(0));
        assertEquals(new BigFraction(-3), array.at(1));
        assertEquals(BigFraction.ZERO, array.at(2));
        assertEquals(new BigFraction(BigInteger.ONE, BigInteger.TWO.pow(1074)), array.at(3));
        assertThrows(IllegalArgumentException.class, () -> RationalArray.of(Array.of(new double[] {Double.NaN}, 1)));
    }

    @Test
    void croppingDropsTheBorderOfEveryPlane() {
        BigInteger[] entries = new BigInteger[2 * 3 * 4];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = BigInteger.valueOf(i);
        }
        RationalArray cropped =
                RationalArray.over(entries, BigInteger.ONE, 1, 2, 3, 4).cropped(1);
        assertArrayEquals(new int[] {1, 2, 1, 2}, cropped.shape());
        assertEquals(whole(1, 5, 6, 17, 18), cropped.reshaped(4));
    }

    @Test
    void contradictoryShapesAreRejected() {
        BigInteger[] two = {BigInteger.ONE, BigInteger.TWO};
        assertThrows(IllegalArgumentException.class, () -> RationalArray.over(two, BigInteger.ONE, 3));
        assertThrows(IllegalArgumentException.class, () -> RationalArray.over(two, BigInteger.ZERO, 2));
        assertThrows(IllegalArgumentException.class, () -> RationalArray.zeros(2, 0));
    }
}
