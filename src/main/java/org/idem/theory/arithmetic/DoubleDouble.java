package org.idem.theory.arithmetic;

/**
 * A number as the unevaluated sum of two doubles, about 106 bits.
 *
 * <p>Sums and products of such numbers are off by at most 2⁻¹⁰⁰ of the sizes involved. Source: Dekker (1971), doi
 * 10.1007/BF01397083, with fused multiply-add for the error of a product. {@code DD} of Commons Numbers splits factors
 * instead and answers NaN from 2⁹⁹⁶ on, which a path that diverges passes before it is infinite.
 *
 * @param high the number rounded to double
 * @param low what is missing
 */
public record DoubleDouble(double high, double low) {
    /**
     * A number as it is.
     *
     * @param value any double
     * @return the same number, exactly
     */
    public static DoubleDouble of(double value) {
        return new DoubleDouble(value, 0);
    }

    /**
     * a + b, exactly.
     *
     * @param a any double
     * @param b any double
     * @return the exact sum as two numbers
     */
    public static DoubleDouble sum(double a, double b) {
        double sum = a + b;
        double shift = sum - a;
        return new DoubleDouble(sum, (a - (sum - shift)) + (b - shift));
    }

    /**
     * a · b, exactly unless it underflows.
     *
     * @param a any double
     * @param b any double
     * @return the exact product as two numbers
     */
    public static DoubleDouble product(double a, double b) {
        double product = a * b;
        return new DoubleDouble(product, Math.fma(a, b, -product));
    }

    /**
     * Sum, off by at most 2⁻¹⁰⁰ of the sizes of the two.
     *
     * @param other summand
     * @return this + other
     */
    public DoubleDouble plus(DoubleDouble other) {
        DoubleDouble sum = sum(high, other.high);
        return sum(sum.high, sum.low + (low + other.low));
    }

    /**
     * Product, off by at most 2⁻¹⁰⁰ of itself unless it underflows.
     *
     * @param other factor
     * @return this · other
     */
    public DoubleDouble times(DoubleDouble other) {
        DoubleDouble product = product(high, other.high);
        return sum(product.high, product.low + (high * other.low + low * other.high));
    }
}
