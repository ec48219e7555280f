package org.idem.theory.exact;

import java.math.BigInteger;
import java.util.Arrays;
import org.apache.commons.math3.fraction.BigFraction;
import org.idem.network.exact.RationalArray;

/**
 * Matrix of rational numbers; equality is exact.
 *
 * @param entries array with two axes, row by row
 */
public record RationalMatrix(RationalArray entries) {
    /** Checks the number of axes. */
    public RationalMatrix {
        if (entries.shape().length != 2) {
            throw new IllegalArgumentException("a matrix has two axes, got shape " + Arrays.toString(entries.shape()));
        }
    }

    /**
     * The unit matrix.
     *
     * @param size rows and columns, at least 1
     * @return I
     */
    public static RationalMatrix identity(int size) {
        BigInteger[] units = new BigInteger[size * size];
        Arrays.setAll(units, i -> i % (size + 1) == 0 ? BigInteger.ONE : BigInteger.ZERO);
        return new RationalMatrix(RationalArray.over(units, BigInteger.ONE, size, size));
    }

    /**
     * A matrix of four blocks.
     *
     * @param upperLeft A
     * @param upperRight B, with the rows of A
     * @param lowerLeft C, with the columns of A
     * @param lowerRight D
     * @return [[A, B], [C, D]]
     */
    public static RationalMatrix blocks(
            RationalMatrix upperLeft, RationalMatrix upperRight, RationalMatrix lowerLeft, RationalMatrix lowerRight) {
        RationalMatrix upper = upperLeft.beside(upperRight);
        RationalMatrix lower = lowerLeft.beside(lowerRight);
        return upper.transposed().beside(lower.transposed()).transposed();
    }

    /**
     * Number of rows.
     *
     * @return at least 1
     */
    public int rows() {
        return entries.size(0);
    }

    /**
     * Number of columns.
     *
     * @return at least 1
     */
    public int columns() {
        return entries.size(1);
    }

    /**
     * One entry.
     *
     * @param row from 0
     * @param column from 0
     * @return the number, in lowest terms
     */
    public BigFraction at(int row, int column) {
        return entries.at(row * columns() + column);
    }

    /**
     * Sum.
     *
     * @param other matrix of the same shape
     * @return this + other
     */
    public RationalMatrix plus(RationalMatrix other) {
        return new RationalMatrix(entries.plus(other.entries));
    }

    /**
     * Difference.
     *
     * @param other matrix of the same shape
     * @return this − other
     */
    public RationalMatrix minus(RationalMatrix other) {
        return new RationalMatrix(entries.minus(other.entries));
    }

    /**
     * Multiple.
     *
     * @param factor any rational number
     * @return factor · this
     */
    public RationalMatrix times(BigFraction factor) {
        return new RationalMatrix(entries.times(factor));
    }

    /**
     * Product.
     *
     * @param other matrix with as many rows as this has columns
     * @return this · other
     */
    public RationalMatrix times(RationalMatrix other) {
        if (columns() != other.rows()) {
            throw new IllegalArgumentException(
                    "cannot multiply " + rows() + " x " + columns() + " by " + other.rows() + " x " + other.columns());
        }
        BigInteger[] sums = new BigInteger[rows() * other.columns()];
        for (int row = 0; row < rows(); row++) {
            for (int column = 0; column < other.columns(); column++) {
                BigInteger sum = BigInteger.ZERO;
                for (int i = 0; i < columns(); i++) {
                    BigInteger factor = entries.numerator(row * columns() + i);
                    if (factor.signum() != 0) {
                        sum = sum.add(factor.multiply(other.entries.numerator(i * other.columns() + column)));
                    }
                }
                sums[row * other.columns() + column] = sum;
            }
        }
        BigInteger denominator = entries.denominator().multiply(other.entries.denominator());
        return new RationalMatrix(RationalArray.over(sums, denominator, rows(), other.columns()));
    }

    /**
     * Power by repeated squaring.
     *
     * @param exponent at least 0
     * @return this square matrix to the power of {@code exponent}
     */
    public RationalMatrix power(int exponent) {
        RationalMatrix result = identity(rows());
        RationalMatrix square = this;
        for (int left = exponent; left > 0; left >>= 1) {
            if ((left & 1) == 1) {
                result = result.times(square);
            }
            if (left > 1) {
                square = square.times(square);
            }
        }
        return result;
    }

    /**
     * Transpose.
     *
     * @return columns × rows
     */
    public RationalMatrix transposed() {
        return new RationalMatrix(entries.transposed());
    }

    /**
     * Some of the rows.
     *
     * @param from first row
     * @param to one past the last row, greater than {@code from}
     * @return (to − from) × columns
     */
    public RationalMatrix rows(int from, int to) {
        return new RationalMatrix(entries.slices(from, to));
    }

    /**
     * This matrix with another one to its right.
     *
     * @param right matrix with as many rows
     * @return rows × (columns + columns of {@code right})
     */
    public RationalMatrix beside(RationalMatrix right) {
        BigInteger common = entries.denominator().gcd(right.entries.denominator());
        BigInteger here = right.entries.denominator().divide(common);
        BigInteger there = entries.denominator().divide(common);
        BigInteger[] joined = new BigInteger[rows() * (columns() + right.columns())];
        int next = 0;
        for (int row = 0; row < rows(); row++) {
            for (int column = 0; column < columns(); column++) {
                joined[next++] = entries.numerator(row * columns() + column).multiply(here);
            }
            for (int column = 0; column < right.columns(); column++) {
                joined[next++] =
                        right.entries.numerator(row * right.columns() + column).multiply(there);
            }
        }
        BigInteger denominator = entries.denominator().multiply(here);
        return new RationalMatrix(RationalArray.over(joined, denominator, rows(), columns() + right.columns()));
    }
}
