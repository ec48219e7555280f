package org.idem.network.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Orthonormal within the proved bound, and of the law that no rotation changes. */
class OrthogonalMatrixTest {
    private static final double UNIT = 0x1p-53;
    /** Probability with which a statistical test of this class may fail although the law is right. */
    private static final double FALSE_ALARM = 1e-10;

    private static final int DRAWS = 100_000;

    private final long seed = new SecureRandom().nextLong();
    private final SplittableRandom random = new SplittableRandom(seed);

    private static double gamma(double count) {
        return count * UNIT / (1 - count * UNIT);
    }

    /** The proved bound, and the rounding of the sum of m products that is compared with it. */
    private static double bound(int rows, int columns) {
        int m = Math.max(rows, columns);
        double g = gamma(Math.min(rows, columns) * (4.0 * m + 7));
        return 2 * g + g * g + gamma(m) * (1 + g) * (1 + g);
    }

    /** Largest entry of the product of the shorter side with itself, less the unit matrix. */
    private static double deviation(double[] matrix, int rows, int columns) {
        boolean tall = rows >= columns;
        int count = Math.min(rows, columns);
        double largest = 0;
        for (int i = 0; i < count; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = 0; k < Math.max(rows, columns); k++) {
                    sum += tall
                            ? matrix[k * columns + i] * matrix[k * columns + j]
                            : matrix[i * columns + k] * matrix[j * columns + k];
                }
                largest = Math.max(largest, Math.abs(sum - (i == j ? 1 : 0)));
            }
        }
        return largest;
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 9", "9, 1", "2, 2", "3, 7", "7, 3", "16, 16", "32, 25", "25, 288", "128, 64"})
    void theShorterSideIsOrthonormal(int rows, int columns) {
        double[] matrix = OrthogonalMatrix.draw(rows, columns, random);
        double bound = bound(rows, columns);
        assertTrue(deviation(matrix, rows, columns) <= bound, () -> "seed " + seed);
        double[] longer = Arrays.stream(matrix).map(q -> q * (1 + bound)).toArray();
        assertFalse(deviation(longer, rows, columns) <= bound, "vectors that are longer by the bound are noticed");
    }

    /** The bound speaks of the worst rounding; where there are few roundings, some draw comes near it. */
    @Test
    void theBoundIsNotIdle() {
        double largest = 0;
        for (int draw = 0; draw < 1000; draw++) {
            largest = Math.max(largest, deviation(OrthogonalMatrix.draw(1, 2, random), 1, 2));
        }
        assertTrue(largest > 0.02 * bound(1, 2), largest + " of " + bound(1, 2) + ", seed " + seed);
    }

    @Test
    void oneRowOrColumnIsADirection() {
        assertEquals(1, Math.abs(OrthogonalMatrix.draw(1, 1, random)[0]), bound(1, 1));
        assertArrayEquals(
                OrthogonalMatrix.draw(1, 6, new SplittableRandom(3)),
                OrthogonalMatrix.draw(6, 1, new SplittableRandom(3)));
    }

    private static double[] unit(int length, SplittableRandom random) {
        double[] direction = new double[length];
        Arrays.setAll(direction, i -> random.nextDouble() - 0.5);
        double norm = Math.sqrt(Arrays.stream(direction).map(x -> x * x).sum());
        return Arrays.stream(direction).map(x -> x / norm).toArray();
    }

    /**
     * Whether uᵀQv looks uniform on [−1, 1] for fixed unit vectors u and v, as a coordinate of a random direction of
     * three-dimensional space is (Archimedes). By Dvoretzky, Kiefer and Wolfowitz with Massart's constant a true law is
     * rejected with probability {@link #FALSE_ALARM}.
     */
    private static boolean looksInvariant(
            int rows, int columns, SplittableRandom random, Function<SplittableRandom, double[]> law) {
        double[] left = unit(rows, random);
        double[] right = unit(columns, random);
        double[] seen = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            double[] matrix = law.apply(random);
            for (int i = 0; i < matrix.length; i++) {
                seen[draw] += left[i / columns] * matrix[i] * right[i % columns];
            }
        }
        Arrays.sort(seen);
        double distance = 0;
        for (int i = 0; i < DRAWS; i++) {
            double claimed = (seen[i] + 1) / 2;
            distance = Math.max(distance, Math.max(claimed - (double) i / DRAWS, (i + 1.0) / DRAWS - claimed));
        }
        return distance <= Math.sqrt(Math.log(2 / FALSE_ALARM) / (2.0 * DRAWS));
    }

    @ParameterizedTest
    @CsvSource({"3, 3", "3, 2", "2, 3", "3, 1"})
    void noRotationChangesTheLaw(int rows, int columns) {
        for (int directions = 0; directions < 3; directions++) {
            assertTrue(
                    looksInvariant(rows, columns, random, source -> OrthogonalMatrix.draw(rows, columns, source)),
                    "seed " + seed);
        }
    }

    /** Mistakes of a factorisation: the signs that LAPACK leaves, a constant sign, numbers that are not normal. */
    @Test
    void otherLawsAreNoticed() {
        UnaryOperator<double[]> signed = matrix -> {
            for (int column = 0; column < 3; column++) {
                double sign = -Math.signum(matrix[4 * column]);
                for (int row = 0; row < 3; row++) {
                    matrix[3 * row + column] *= sign;
                }
            }
            return matrix;
        };
        assertFalse(looksInvariant(
                3, 3, new SplittableRandom(1), source -> signed.apply(OrthogonalMatrix.draw(3, 3, source))));
        assertFalse(
                looksInvariant(3, 1, new SplittableRandom(2), source -> cubed(unit(3, source))), "no normal numbers");
    }

    /** A direction nearer to the axes. */
    private static double[] cubed(double[] direction) {
        double[] powers = Arrays.stream(direction).map(x -> x * x * x).toArray();
        double norm = Math.sqrt(Arrays.stream(powers).map(x -> x * x).sum());
        return Arrays.stream(powers).map(x -> x / norm).toArray();
    }

    /** The determinant of a square one is 1 or −1 equally often; the bound on the mean is Hoeffding's. */
    @Test
    void halfOfTheSquareOnesMirror() {
        double sum = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            double[] q = OrthogonalMatrix.draw(2, 2, random);
            sum += q[0] * q[3] - q[1] * q[2];
        }
        // determinants lie in [−1, 1] but for rounding, which is far smaller than the margin
        assertEquals(0, sum / DRAWS, 2 * Math.sqrt(Math.log(2 / FALSE_ALARM) / (2.0 * DRAWS)), "seed " + seed);
    }
}
