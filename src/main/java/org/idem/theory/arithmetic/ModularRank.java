package org.idem.theory.arithmetic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Rank of a matrix of doubles in exact arithmetic modulo the prime 2⁶¹ − 1, to confirm a rank found in floating point.
 *
 * <p>A double is an integer times a power of two, and 2⁶¹ = 1 here, so that every double has an exact residue. The rank
 * of the residues is never above the true one; it is below only if the prime divides every minor of that size, which no
 * data have by accident. Source: proofs/check.md, §4.
 */
public final class ModularRank {
    private static final int BITS = 61;
    private static final long PRIME = (1L << BITS) - 1;
    /** Stored bits of a double's significand. */
    private static final int FRACTION = 52;
    /** Multiplications up to which ranks are worked out; some seconds. */
    private static final double AFFORDABLE = 0x1p31;

    private ModularRank() {}

    /**
     * Whether the rank is a number found otherwise, which is never above the true rank.
     *
     * @param matrix any shape, finite numbers, not changed
     * @param rank lower bound of the rank
     * @return false also where the answer would cost too much
     */
    public static boolean is(DMatrixRMaj matrix, int rank) {
        OptionalInt exact = of(matrix, rank);
        return exact.isPresent() && exact.getAsInt() == rank;
    }

    /**
     * Whether the rank is larger than a number found otherwise: floating point has missed a direction.
     *
     * @param matrix any shape, finite numbers, not changed
     * @param rank lower bound of the rank
     * @return true if that is proved; false also where the answer would cost too much
     */
    public static boolean exceeds(DMatrixRMaj matrix, int rank) {
        OptionalInt exact = of(matrix, rank);
        return exact.isPresent() && exact.getAsInt() > rank;
    }

    /** The rank modulo the prime, at most the true one; the given one where it cannot be larger; or nothing. */
    private static OptionalInt of(DMatrixRMaj matrix, int rank) {
        List<double[]> rows = distinct(AccurateProduct.rows(matrix));
        if (rank == rows.size()) {
            return OptionalInt.of(rank);
        }
        List<double[]> columns = distinct(AccurateProduct.columns(matrix));
        if (rank == columns.size()) {
            return OptionalInt.of(rank);
        }
        List<double[]> shorter = rows.size() <= columns.size() ? rows : columns;
        double cost = (double) shorter.size() * rank * shorter.get(0).length;
        return cost <= AFFORDABLE ? OptionalInt.of(of(shorter)) : OptionalInt.empty();
    }

    /** Vectors that are not zero, each once. */
    private static List<double[]> distinct(double[][] vectors) {
        Set<String> seen = new HashSet<>();
        List<double[]> distinct = new ArrayList<>();
        for (double[] vector : vectors) {
            boolean zero = Arrays.stream(vector).allMatch(number -> number == 0);
            if (!zero && seen.add(Arrays.toString(vector))) {
                distinct.add(vector);
            }
        }
        return distinct;
    }

    private static int of(List<double[]> vectors) {
        List<long[]> left = new ArrayList<>();
        vectors.forEach(vector ->
                left.add(Arrays.stream(vector).mapToLong(ModularRank::residue).toArray()));
        int rank = 0;
        int length = vectors.get(0).length;
        for (int column = 0; column < length && !left.isEmpty(); column++) {
            long[] pivot = taken(left, column);
            if (pivot != null) {
                rank++;
                long inverse = power(pivot[column], PRIME - 2);
                for (long[] row : left) {
                    if (row[column] != 0) {
                        subtract(row, product(row[column], inverse), pivot, column);
                    }
                }
            }
        }
        return rank;
    }

    private static long @Nullable [] taken(List<long[]> left, int column) {
        for (int row = 0; row < left.size(); row++) {
            if (left.get(row)[column] != 0) {
                return left.remove(row);
            }
        }
        return null;
    }

    private static void subtract(long[] row, long factor, long[] pivot, int from) {
        for (int at = from; at < row.length; at++) {
            long difference = row[at] - product(factor, pivot[at]);
            row[at] = difference < 0 ? difference + PRIME : difference;
        }
    }

    /** m·2^e, where multiplying by 2 turns the bits round. */
    static long residue(double number) {
        long bits = Double.doubleToRawLongBits(number) & Long.MAX_VALUE;
        int field = (int) (bits >>> FRACTION);
        long fraction = bits & ((1L << FRACTION) - 1);
        long size = field == 0 ? fraction : fraction | 1L << FRACTION;
        int exponent = Math.max(field, 1) + Double.MIN_EXPONENT - 1 - FRACTION;
        int turn = Math.floorMod(exponent, BITS);
        long turned = ((size << turn) & PRIME) | (size >>> (BITS - turn));
        return number < 0 && turned > 0 ? PRIME - turned : turned;
    }

    private static long product(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        long sum = (low & PRIME) + ((low >>> BITS) | (high << (Long.SIZE - BITS)));
        return sum >= PRIME ? sum - PRIME : sum;
    }

    private static long power(long base, long exponent) {
        long power = 1;
        long square = base;
        for (long left = exponent; left > 0; left >>= 1) {
            power = (left & 1) == 1 ? product(power, square) : power;
            square = product(square, square);
        }
        return power;
    }
}
