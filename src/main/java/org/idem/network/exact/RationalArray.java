package org.idem.network.exact;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import org.apache.commons.math3.fraction.BigFraction;
import org.idem.array.Array;

/**
 * Immutable array of rational numbers over one common denominator, last axis fastest.
 *
 * <p>The numerators and the positive denominator have no common factor, so equal arrays have equal representations and
 * {@link #equals} is exact equality of numbers. One denominator for all entries keeps sums of products free of greatest
 * common divisors, which would dominate the cost otherwise.
 */
public final class RationalArray {
    private final BigInteger[] numerators;
    private final BigInteger denominator;
    private final int[] shape;

    private RationalArray(BigInteger[] numerators, BigInteger denominator, int[] shape) {
        this.numerators = numerators;
        this.denominator = denominator;
        this.shape = shape;
    }

    /**
     * An array of numerators over a common denominator.
     *
     * @param numerators entries times the denominator; owned by the array from now on
     * @param denominator not zero
     * @param shape lengths of the axes, all positive, with as many entries as numerators
     * @return the array, in lowest terms
     */
    public static RationalArray over(BigInteger[] numerators, BigInteger denominator, int... shape) {
        int entries = numerators.length;
        requireEntries(shape, entries);
        if (denominator.signum() == 0) {
            throw new IllegalArgumentException("the common denominator must not be 0");
        }
        BigInteger common = denominator;
        for (int i = 0; i < entries && !common.equals(BigInteger.ONE); i++) {
            common = common.gcd(numerators[i]);
        }
        BigInteger divisor = denominator.signum() < 0 ? common.abs().negate() : common.abs();
        if (!divisor.equals(BigInteger.ONE)) {
            for (int i = 0; i < entries; i++) {
                numerators[i] = numerators[i].divide(divisor);
            }
        }
        return new RationalArray(numerators, denominator.divide(divisor), shape.clone());
    }

    private static void requireEntries(int[] shape, int entries) {
        if (Arrays.stream(shape).reduce(1, Math::multiplyExact) != entries
                || Arrays.stream(shape).anyMatch(length -> length < 1)) {
            throw new IllegalArgumentException(
                    "shape " + Arrays.toString(shape) + " does not hold " + entries + " entries");
        }
    }

    /**
     * An array of fractions.
     *
     * @param values entries, copied
     * @param shape lengths of the axes
     * @return the array
     */
    public static RationalArray of(BigFraction[] values, int... shape) {
        BigInteger common = BigInteger.ONE;
        for (BigFraction value : values) {
            BigInteger other = value.getDenominator();
            common = common.divide(common.gcd(other)).multiply(other);
        }
        BigInteger[] numerators = new BigInteger[values.length];
        for (int i = 0; i < values.length; i++) {
            numerators[i] = values[i].getNumerator().multiply(common.divide(values[i].getDenominator()));
        }
        return over(numerators, common, shape);
    }

    /**
     * The exact values of floating-point numbers.
     *
     * @param array finite numbers
     * @return an array of the same shape; no entry is rounded
     * @throws IllegalArgumentException if a number is NaN or infinite
     */
    public static RationalArray of(Array array) {
        BigFraction[] values = new BigFraction[array.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = exactly(array.values()[i]);
        }
        return of(values, array.shape());
    }

    /** Not by the constructor of {@link BigFraction}, which of version 3.6.1 halves subnormal numbers. */
    static BigFraction exactly(double number) {
        BigDecimal decimal = new BigDecimal(number);
        return decimal.scale() > 0
                ? new BigFraction(decimal.unscaledValue(), BigInteger.TEN.pow(decimal.scale()))
                : new BigFraction(decimal.toBigIntegerExact());
    }

    /**
     * Zeros.
     *
     * @param shape lengths of the axes, all positive
     * @return an array of zeros
     */
    public static RationalArray zeros(int... shape) {
        BigInteger[] numerators = new BigInteger[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        Arrays.fill(numerators, BigInteger.ZERO);
        return over(numerators, BigInteger.ONE, shape);
    }

    /**
     * Number of entries.
     *
     * @return product of the lengths of the axes
     */
    public int length() {
        return numerators.length;
    }

    /**
     * Lengths of the axes.
     *
     * @return a copy
     */
    public int[] shape() {
        return shape.clone();
    }

    /**
     * Length of one axis.
     *
     * @param axis from 0
     * @return its length
     */
    public int size(int axis) {
        return shape[axis];
    }

    /**
     * One entry.
     *
     * @param index position in the order of storage
     * @return the number, in lowest terms
     */
    public BigFraction at(int index) {
        return new BigFraction(numerators[index], denominator);
    }

    /**
     * One entry times the common denominator.
     *
     * @param index position in the order of storage
     * @return a whole number
     */
    public BigInteger numerator(int index) {
        return numerators[index];
    }

    /**
     * The common denominator.
     *
     * @return positive; 1 if all entries are whole
     */
    public BigInteger denominator() {
        return denominator;
    }

    /**
     * Sum, entry by entry.
     *
     * @param other array of the same shape
     * @return this + other
     */
    public RationalArray plus(RationalArray other) {
        if (!Arrays.equals(shape, other.shape)) {
            throw new IllegalArgumentException(
                    "shapes must agree, got " + Arrays.toString(shape) + " and " + Arrays.toString(other.shape));
        }
        BigInteger common = denominator.gcd(other.denominator);
        BigInteger here = other.denominator.divide(common);
        BigInteger there = denominator.divide(common);
        BigInteger[] sums = new BigInteger[numerators.length];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = numerators[i].multiply(here).add(other.numerators[i].multiply(there));
        }
        return over(sums, denominator.multiply(here), shape);
    }

    /**
     * Difference, entry by entry.
     *
     * @param other array of the same shape
     * @return this − other
     */
    public RationalArray minus(RationalArray other) {
        return plus(other.times(BigFraction.MINUS_ONE));
    }

    /**
     * Multiple.
     *
     * @param factor any rational number
     * @return factor · this
     */
    public RationalArray times(BigFraction factor) {
        BigInteger[] products = new BigInteger[numerators.length];
        for (int i = 0; i < products.length; i++) {
            products[i] = numerators[i].multiply(factor.getNumerator());
        }
        return over(products, denominator.multiply(factor.getDenominator()), shape);
    }

    /**
     * The same entries in another shape.
     *
     * @param lengths lengths of the axes, with the same number of entries
     * @return the array
     */
    public RationalArray reshaped(int... lengths) {
        requireEntries(lengths, numerators.length);
        return new RationalArray(numerators, denominator, lengths.clone());
    }

    /**
     * Two axes exchanged.
     *
     * @return of (r, c) the array (c, r)
     */
    public RationalArray transposed() {
        int rows = shape[0];
        int columns = shape[1];
        BigInteger[] swapped = new BigInteger[numerators.length];
        Arrays.setAll(swapped, i -> numerators[i % rows * columns + i / rows]);
        return new RationalArray(swapped, denominator, new int[] {columns, rows});
    }

    /**
     * Consecutive slices along the first axis.
     *
     * @param from first slice
     * @param to one past the last slice, greater than {@code from}
     * @return an array whose first axis has length to − from
     */
    public RationalArray slices(int from, int to) {
        int slice = numerators.length / shape[0];
        int[] lengths = shape.clone();
        lengths[0] = to - from;
        return over(Arrays.copyOfRange(numerators, from * slice, to * slice), denominator, lengths);
    }

    /**
     * Images without their borders.
     *
     * @param border pixels to drop on each of the four sides
     * @return from (n, C, H, W) the array (n, C, H − 2·border, W − 2·border)
     */
    public RationalArray cropped(int border) {
        int width = shape[3] - 2 * border;
        int height = shape[2] - 2 * border;
        BigInteger[] kept = new BigInteger[shape[0] * shape[1] * height * width];
        for (int i = 0; i < kept.length; i++) {
            int row = i / (height * width) * shape[2] + i / width % height + border;
            kept[i] = numerators[row * shape[3] + i % width + border];
        }
        return over(kept, denominator, shape[0], shape[1], height, width);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RationalArray array
                && Arrays.equals(shape, array.shape)
                && denominator.equals(array.denominator)
                && Arrays.equals(numerators, array.numerators);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(numerators) + denominator.hashCode();
    }

    @Override
    public String toString() {
        return Arrays.toString(numerators) + "/" + denominator + " of shape " + Arrays.toString(shape);
    }
}
