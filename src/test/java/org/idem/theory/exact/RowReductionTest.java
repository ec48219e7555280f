package org.idem.theory.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.fraction.BigFraction;
import org.idem.network.exact.RationalArray;
import org.junit.jupiter.api.Test;

class RowReductionTest {
    static RationalMatrix whole(int rows, int columns, int... values) {
        BigInteger[] entries = new BigInteger[values.length];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = BigInteger.valueOf(values[i]);
        }
        return new RationalMatrix(RationalArray.over(entries, BigInteger.ONE, rows, columns));
    }

    /** Entries of −2 … 2 halves; often singular. */
    static RationalMatrix random(SplittableRandom random, int rows, int columns) {
        int[] values = random.ints(rows * columns, -2, 3).toArray();
        return whole(rows, columns, values).times(BigFraction.ONE_HALF);
    }

    @Test
    void theEchelonFormOfASingularMatrix() {
        RowReduction reduced = RowReduction.of(whole(3, 4, 0, 2, 4, 2, 0, 1, 2, 3, 0, 3, 6, 1));
        assertEquals(List.of(1, 3), reduced.pivots());
        assertEquals(2, reduced.rank());
        assertEquals(whole(3, 4, 0, 1, 2, 0, 0, 0, 0, 1, 0, 0, 0, 0), reduced.echelon());
        assertEquals(0, RowReduction.of(whole(2, 2, 0, 0, 0, 0)).rank());
    }

    @Test
    void aHilbertMatrixHasFullRankAndItsKnownInverse() {
        BigFraction[] entries = new BigFraction[9];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = new BigFraction(1, 1 + i / 3 + i % 3);
        }
        RationalMatrix hilbert = new RationalMatrix(RationalArray.of(entries, 3, 3));
        assertEquals(
                whole(3, 3, 9, -36, 30, -36, 192, -180, 30, -180, 180),
                RowReduction.solve(hilbert, RationalMatrix.identity(3)));
    }

    @Test
    void aSingularSystemIsReported() {
        RationalMatrix singular = whole(2, 2, 1, 2, 2, 4);
        assertThrows(ArithmeticException.class, () -> RowReduction.solve(singular, RationalMatrix.identity(2)));
    }

    @Test
    void theFourMoorePenroseEquationsHoldExactly() {
        SplittableRandom random = new SplittableRandom(20);
        int deficient = 0;
        for (int trial = 0; trial < 200; trial++) {
            RationalMatrix a = random(random, random.nextInt(1, 6), 2).times(random(random, 2, random.nextInt(1, 6)));
            RationalMatrix inverse = PseudoInverse.of(a);
            assertEquals(a, a.times(inverse).times(a));
            assertEquals(inverse, inverse.times(a).times(inverse));
            assertEquals(a.times(inverse), a.times(inverse).transposed());
            assertEquals(inverse.times(a), inverse.times(a).transposed());
            deficient += RowReduction.of(a).rank() < Math.min(a.rows(), a.columns()) ? 1 : 0;
        }
        assertTrue(deficient > 20, () -> "the trials must meet deficient ranks");
    }

    @Test
    void blocksAndPowersKeepTheirPlaces() {
        RationalMatrix one = whole(1, 1, 1);
        RationalMatrix fibonacci = RationalMatrix.blocks(one, one, one, whole(1, 1, 0));
        assertEquals(whole(2, 2, 89, 55, 55, 34), fibonacci.power(10));
        assertEquals(RationalMatrix.identity(2), fibonacci.power(0));
        assertThrows(IllegalArgumentException.class, () -> fibonacci.times(one));
        assertThrows(IllegalArgumentException.class, () -> new RationalMatrix(RationalArray.zeros(2, 1, 1)));
    }
}
