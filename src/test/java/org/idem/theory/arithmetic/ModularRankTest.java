package org.idem.theory.arithmetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class ModularRankTest {
    private static final BigInteger PRIME = BigInteger.ONE.shiftLeft(61).subtract(BigInteger.ONE);

    /** m·2^e by arithmetic on whole numbers. */
    @Test
    void residuesAreThoseOfExactArithmetic() {
        SplittableRandom random = new SplittableRandom(5);
        for (int trial = 0; trial < 1000; trial++) {
            double number = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(number)) {
                BigInteger scaled = new java.math.BigDecimal(number)
                        .multiply(new java.math.BigDecimal(BigInteger.TWO.pow(1100)))
                        .toBigIntegerExact();
                BigInteger back =
                        BigInteger.TWO.modPow(BigInteger.valueOf(1100), PRIME).modInverse(PRIME);
                assertEquals(
                        scaled.multiply(back).mod(PRIME).longValueExact(), ModularRank.residue(number), "" + number);
            }
        }
        assertEquals(0, ModularRank.residue(-0.0));
    }

    @Test
    void ranksThatRoundingHidesAreFound() {
        DMatrixRMaj equal = new DMatrixRMaj(new double[][] {{0.1, 0.2}, {0.3, 0.6}, {0.5, 0.7}});
        assertTrue(ModularRank.is(equal, 2));
        // 0.3 · 0.1 and 0.1 · 0.3 agree exactly, 0.1 · 3 and 0.3 do not
        DMatrixRMaj nearly = new DMatrixRMaj(new double[][] {{0.1, 1, 2}, {0.3, 3, 6}, {0, 0, 0}});
        assertFalse(ModularRank.is(nearly, 1));
        assertTrue(ModularRank.exceeds(nearly, 1));
        assertTrue(ModularRank.is(nearly, 2));
        assertFalse(ModularRank.exceeds(nearly, 2));
        DMatrixRMaj tiny = new DMatrixRMaj(new double[][] {{1, 1, 1}, {1, 1 + 0x1p-52, 1}, {2, 2, 2}});
        assertFalse(ModularRank.is(tiny, 1));
        assertTrue(ModularRank.is(tiny, 2));
        DMatrixRMaj twice = new DMatrixRMaj(new double[][] {{1, 2, 0x1p-300}, {2, 4, 0x1p-299}, {4, 8, 0x1p-298}});
        assertTrue(ModularRank.is(twice, 1));
        assertTrue(ModularRank.is(new DMatrixRMaj(3, 2), 0));
    }
}
