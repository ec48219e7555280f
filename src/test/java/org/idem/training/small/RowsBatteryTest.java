package org.idem.training.small;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.TreeSet;
import org.idem.Implementations;
import org.idem.array.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every operation on rows against one number at a time, in the order written, to the last bit.
 *
 * <p>Numbers of 24 digits multiply and add in double without or with one harmless rounding more, so one scalar serves
 * both formats: each result is rounded to the rows' format.
 */
class RowsBatteryTest {
    private static final int ROWS = 7;

    /** Rows with a copy of plain numbers. */
    private static final class Twin {
        final Precision precision;
        final Rows rows;
        final double[][] numbers;

        Twin(Precision precision, int width, long seed) {
            this.precision = precision;
            rows = Rows.allocate(ROWS, width, precision);
            numbers = new double[ROWS][width];
            SplittableRandom random = new SplittableRandom(seed);
            for (int row = 0; row < ROWS; row++) {
                for (int i = 0; i < width; i++) {
                    double value = random.nextDouble(-2, 2);
                    rows.set(row, i, value);
                    numbers[row][i] = precision.round(value);
                }
            }
        }

        double round(double value) {
            return precision.round(value);
        }

        void assertSame(String what) {
            assertRows(numbers, rows, what);
        }
    }

    private static void assertRows(double[][] expected, Rows rows, String what) {
        for (int row = 0; row < expected.length; row++) {
            for (int i = 0; i < expected[row].length; i++) {
                assertEquals(expected[row][i], rows.get(row, i), what + ", row " + row + ", number " + i);
            }
        }
    }

    /** One operation on rows and what it stands for. */
    private interface Operation {
        void apply(Twin target, Twin left, Twin right);
    }

    /** On different rows, and with all three operands the same. */
    private static void check(Precision precision, String what, Operation operation) {
        for (int width : new int[] {0, 1, 2, 3, 19}) {
            Twin target = new Twin(precision, width, 1);
            Twin left = new Twin(precision, width, 2);
            Twin right = new Twin(precision, width, 3);
            for (int repeat = 0; repeat < 2; repeat++) {
                operation.apply(target, left, right);
                target.assertSame(what + " of width " + width);
                left.assertSame(what + " changed its left operand");
                right.assertSame(what + " changed its right operand");
            }
            Twin all = new Twin(precision, width, 4);
            operation.apply(all, all, all);
            all.assertSame(what + " on itself, of width " + width);
        }
    }

    @Test
    void everyFormatIsHere() {
        TreeSet<String> tried = new TreeSet<>();
        for (Precision precision : Precision.values()) {
            tried.add(Rows.allocate(1, 1, precision).getClass().getSimpleName());
        }
        assertEquals(Implementations.of(Rows.class), tried);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void sums(Precision precision) {
        check(precision, "add", (t, a, b) -> {
            t.rows.add(1, a.rows, 2);
            for (int i = 0; i < t.numbers[1].length; i++) {
                t.numbers[1][i] = t.round(t.numbers[1][i] + a.numbers[2][i]);
            }
        });
        check(precision, "add a row to itself", (t, a, b) -> {
            t.rows.add(1, t.rows, 1);
            for (int i = 0; i < t.numbers[1].length; i++) {
                t.numbers[1][i] = t.round(2 * t.numbers[1][i]);
            }
        });
        check(precision, "subtract", (t, a, b) -> {
            t.rows.subtract(1, a.rows, 2);
            for (int i = 0; i < t.numbers[1].length; i++) {
                t.numbers[1][i] = t.round(t.numbers[1][i] - a.numbers[2][i]);
            }
        });
        check(precision, "clear", (t, a, b) -> {
            t.rows.clear(3);
            t.numbers[3] = new double[t.numbers[3].length];
        });
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void products(Precision precision) {
        check(precision, "scale", (t, a, b) -> {
            t.rows.scale(0, a.rows, 4);
            for (int i = 0; i < t.numbers[0].length; i++) {
                t.numbers[0][i] = t.round(t.numbers[0][i] * a.numbers[4][i]);
            }
        });
        for (int sign : new int[] {1, -1}) {
            check(precision, "product times " + sign, (t, a, b) -> {
                if (sign > 0) {
                    t.rows.addProduct(0, a.rows, 5, b.rows, 6);
                } else {
                    t.rows.subtractProduct(0, a.rows, 5, b.rows, 6);
                }
                for (int i = 0; i < t.numbers[0].length; i++) {
                    t.numbers[0][i] = plusProduct(t, t.numbers[0][i], sign * a.numbers[5][i], b.numbers[6][i]);
                }
            });
        }
    }

    private static double plusProduct(Twin format, double sum, double left, double right) {
        return format.round(sum + format.round(left * right));
    }

    /** From none to more than are taken in one pass. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void sumsOfProducts(Precision precision) {
        int[] lefts = {1, 6, 1, 3, 2, 5};
        int[] rights = {4, 1, 5, 5, 6, 2};
        for (int count = 0; count <= lefts.length; count++) {
            int terms = count;
            check(precision, count + " products", (t, a, b) -> {
                t.rows.addProducts(0, a.rows, lefts, b.rows, rights, lefts.length - terms, lefts.length);
                for (int term = lefts.length - terms; term < lefts.length; term++) {
                    for (int i = 0; i < t.numbers[0].length; i++) {
                        t.numbers[0][i] =
                                plusProduct(t, t.numbers[0][i], a.numbers[lefts[term]][i], b.numbers[rights[term]][i]);
                    }
                }
            });
        }
    }

    /** Coefficients stand in one row, so it is as long as there are terms. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void combinations(Precision precision) {
        for (int count = 0; count <= ROWS - 1; count++) {
            Twin coefficients = new Twin(precision, ROWS, 8);
            int terms = count;
            check(precision, count + " terms", (t, a, b) -> {
                t.rows.addCombination(0, coefficients.rows, 2, a.rows, 1, terms);
                for (int term = 0; term < terms; term++) {
                    for (int i = 0; i < t.numbers[0].length; i++) {
                        t.numbers[0][i] =
                                plusProduct(t, t.numbers[0][i], coefficients.numbers[2][term], a.numbers[1 + term][i]);
                    }
                }
                coefficients.assertSame("coefficients changed");
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void descents(Precision precision) {
        int[] chosen = {6, 6, 5, 0};
        for (int count = 0; count <= 4; count++) {
            int rows = count;
            check(precision, "descent of " + count, (t, a, b) -> {
                // rows that move are not among those that are read
                t.rows.descend(1, rows, a.rows, b.rows, 5, b.rows, chosen);
                for (int row = 0; row < rows; row++) {
                    for (int i = 0; i < t.numbers[0].length; i++) {
                        double slope = t.round(b.numbers[5][i] * b.numbers[chosen[row]][i]);
                        t.numbers[1 + row][i] = plusProduct(t, t.numbers[1 + row][i], -a.numbers[0][i], slope);
                    }
                }
            });
        }
    }

    /** In 64 bits whatever the format: squares of 32-bit numbers are not rounded. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void squares(Precision precision) {
        Twin twin = new Twin(precision, 19, 5);
        double[] sums = new double[19];
        double[] expected = new double[19];
        for (int row = 0; row < 2; row++) {
            twin.rows.addSquares(sums, row);
            for (int i = 0; i < sums.length; i++) {
                expected[i] += twin.numbers[row][i] * twin.numbers[row][i];
            }
        }
        assertArrayEquals(expected, sums);
        twin.assertSame("squares");
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void restsAreCopies(Precision precision) {
        Twin twin = new Twin(precision, 5, 6);
        for (int first = 0; first <= 5; first++) {
            Rows rest = twin.rows.from(first);
            for (int row = 0; row < ROWS; row++) {
                for (int i = first; i < 5; i++) {
                    assertEquals(twin.numbers[row][i], rest.get(row, i - first));
                    rest.set(row, i - first, 9);
                }
                rest.clear(row);
            }
            twin.assertSame("a rest from " + first + " was changed");
        }
    }
}
