package org.idem.training.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.idem.array.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Vectors of either format know their length, and compute what they say; numbers are small and whole, thus exact. */
class MemoryTest {
    private static final int LARGE = Slab.MOST_NUMBERS + 1;

    private static double[] read(Memory memory) {
        double[] values = new double[Math.toIntExact(memory.length())];
        memory.read(values);
        return values;
    }

    @ParameterizedTest
    @EnumSource
    void aMemoryIsAsLongAsAskedForAndZero(Precision precision) {
        for (int length : new int[] {0, 1, 15, 16, 17, LARGE}) {
            Memory memory = Memory.allocate(length, precision);
            assertEquals(length, memory.length());
            assertEquals(0, memory.address() % Memory.CACHE_LINE);
            assertArrayEquals(new double[length], read(memory));
        }
    }

    @ParameterizedTest
    @EnumSource
    void viewsShareElementsAndEndWhereTheirMemoryEnds(Precision precision) {
        Memory memory = Memory.of(new double[] {1, 2, 3, 4, 5}, precision);
        assertArrayEquals(new double[] {3, 4, 5}, read(memory.from(2)));
        assertArrayEquals(new double[] {4}, read(memory.from(2).part(1, 1)));
        memory.part(1, 2).write(new double[] {7, 8});
        assertArrayEquals(new double[] {1, 7, 8, 4, 5}, read(memory));
        assertEquals(0, memory.from(5).length());
        for (Executable outside : List.<Executable>of(
                () -> memory.from(6), () -> memory.from(-1), () -> memory.part(4, 2), () -> memory.part(0, -1))) {
            assertThrows(IndexOutOfBoundsException.class, outside);
        }
    }

    @ParameterizedTest
    @EnumSource
    void operationsComputeWhatTheySay(Precision precision) {
        Memory x = Memory.of(new double[] {3, 4}, precision);
        Memory y = Memory.of(new double[] {1, 2, 5}, precision);
        Memory sum = Memory.of(new double[] {1, 1}, precision);
        sum.add(2, 2, x);
        assertArrayEquals(new double[] {7, 9}, read(sum));
        sum.scale(1, -1);
        assertArrayEquals(new double[] {-7, 9}, read(sum));
        assertEquals(5, x.norm(2));
        assertEquals(25, x.squares(2));
        assertEquals(9, x.squares(1));
        Memory matrix = Memory.allocate(6, precision);
        matrix.addOuter(2, 3, 1, x, y);
        assertArrayEquals(new double[] {3, 6, 15, 4, 8, 20}, read(matrix));
        Memory image = Memory.allocate(2, precision);
        image.multiplyVector(false, 2, 3, 1, matrix, y, 0);
        assertArrayEquals(new double[] {90, 120}, read(image));
        Memory back = Memory.of(new double[] {1, 1, 1}, precision);
        back.multiplyVector(true, 2, 3, 1, matrix, x, 2);
        assertArrayEquals(new double[] {27, 52, 127}, read(back));
        Memory product = Memory.allocate(9, precision);
        product.multiply(true, false, 3, 3, 2, 1, matrix, matrix, 0);
        assertArrayEquals(new double[] {25, 50, 125, 50, 100, 250, 125, 250, 625}, read(product));
        matrix.copy(2, image);
        assertArrayEquals(new double[] {90, 120, 15, 4, 8, 20}, read(matrix));
    }

    /**
     * In float64 each square and each of the sums is rounded once, all of one sign; in float32 the norm is, in whatever
     * order sums of 64 bits are made.
     */
    @ParameterizedTest
    @EnumSource
    void squaresAreSummedInDouble(Precision precision) {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int n : new int[] {0, 1, 7, 31, 32, 33, 100, 784, 2352}) {
            double[] values = random.doubles(n, -1, 1)
                    .map(value -> precision.round(value))
                    .toArray();
            BigDecimal exact = Arrays.stream(values)
                    .mapToObj(value -> new BigDecimal(value).pow(2))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            double observed = new BigDecimal(Memory.of(values, precision).squares(n))
                    .subtract(exact)
                    .abs()
                    .doubleValue();
            double roundings = (n + 1) * Precision.FLOAT64.unitRoundoff()
                    + (precision == Precision.FLOAT32 ? 3 * precision.unitRoundoff() : 0);
            assertTrue(observed <= roundings * exact.doubleValue(), n + " numbers of seed " + seed + ": " + observed);
        }
        assertEquals(
                Double.NaN, Memory.of(new double[] {1, Double.NaN}, precision).squares(2));
        assertEquals(
                Double.POSITIVE_INFINITY,
                Memory.of(new double[] {1, Double.NEGATIVE_INFINITY}, precision).squares(2));
    }

    /** A norm does neither. */
    @Test
    void squaresMayOverflowAndUnderflow() {
        Memory large = Memory.of(new double[] {1e200, 1e-200}, Precision.FLOAT64);
        assertEquals(Double.POSITIVE_INFINITY, large.squares(2));
        assertEquals(0, large.from(1).squares(1));
        assertEquals(1e200, large.norm(2));
    }

    @ParameterizedTest
    @EnumSource
    void noOperationLeavesItsMemories(Precision precision) {
        Memory two = Memory.allocate(2, precision);
        Memory three = Memory.allocate(3, precision);
        Memory six = Memory.allocate(6, precision);
        List<Executable> beyond = List.of(
                () -> two.write(new double[3]),
                () -> two.read(new double[3]),
                () -> two.store(1, new double[2], 2),
                () -> two.load(-1, new double[2], 1),
                () -> two.copy(3, three),
                () -> three.copy(3, two),
                () -> two.add(3, 1, three),
                () -> three.add(3, 1, two),
                () -> two.scale(3, 1),
                () -> two.norm(3),
                () -> two.squares(3),
                () -> three.addOuter(2, 3, 1, two, three),
                () -> six.addOuter(2, 3, 1, two, two),
                () -> six.addOuter(3, 2, 1, two, two),
                () -> two.multiplyVector(false, 3, 2, 1, six, two, 0),
                () -> three.multiplyVector(true, 3, 2, 1, six, two, 0),
                () -> two.multiplyVector(false, 2, 3, 1, three, three, 0),
                () -> three.multiply(false, false, 2, 2, 3, 1, six, six, 0),
                () -> six.multiply(false, false, 2, 3, 2, 1, two, six, 0),
                () -> six.multiply(false, true, 3, 2, 2, 1, six, three, 0));
        for (int i = 0; i < beyond.size(); i++) {
            assertThrows(IndexOutOfBoundsException.class, beyond.get(i), "operation " + i);
        }
    }

    private static Float32Memory singles(double... values) {
        return (Float32Memory) Memory.of(values, Precision.FLOAT32);
    }

    @Test
    void viewsOfMatricesMultiplyWithoutTheNumbersBetweenTheirRows() {
        // rows of 2 numbers, 3 apart
        MatrixView a = new MatrixView(singles(1, 2, 99, 3, 4), 2, 2, 3);
        MatrixView b = new MatrixView(singles(5, 6, 7, 8), 2, 2, 2);
        Float32Memory into = singles(-1, -1, -1, -1, -1);
        new MatrixView(into, 2, 2, 3).setProduct(a, b, 0);
        assertArrayEquals(new double[] {19, 22, -1, 43, 50}, read(into));
        new MatrixView(into, 2, 2, 3).setProduct(a.transpose(), b, 1);
        assertArrayEquals(new double[] {19 + 26, 22 + 30, -1, 43 + 38, 50 + 44}, read(into));
        new MatrixView(into, 2, 2, 3).setProduct(a, b.transpose(), 0);
        assertArrayEquals(new double[] {17, 23, -1, 39, 53}, read(into));
    }

    @Test
    void shapesOfAProductMustFit() {
        MatrixView wide = new MatrixView(singles(1, 2, 3, 4, 5, 6), 2, 3, 3);
        MatrixView square = new MatrixView(singles(1, 2, 3, 4), 2, 2, 2);
        for (Executable wrong : List.<Executable>of(
                () -> square.setProduct(wide, wide, 0),
                () -> wide.setProduct(wide, square, 0),
                () -> wide.transpose().setProduct(wide.transpose(), square, 0),
                () -> new MatrixView(singles(1, 2, 3, 4), 2, 2, 1))) {
            assertThrows(IllegalArgumentException.class, wrong);
        }
        assertThrows(IndexOutOfBoundsException.class, () -> new MatrixView(singles(1, 2, 3, 4), 2, 2, 3));
    }
}
