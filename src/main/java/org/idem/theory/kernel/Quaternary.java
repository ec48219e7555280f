package org.idem.theory.kernel;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A number as factor · 4^power, as kernels of deep networks are told.
 *
 * @param factor what 4^power multiplies
 * @param power of 4
 */
public record Quaternary(double factor, long power) {
    /**
     * The number as a double.
     *
     * @return 0 or infinite beyond the range of doubles
     */
    public double value() {
        return new Scaled(factor, 2 * power).inUnits(0);
    }

    /** The shortest decimal of the double, or 16 digits beyond the range of doubles. */
    @Override
    public String toString() {
        double value = value();
        boolean within = factor == 0
                || Double.isInfinite(factor)
                || Double.isNaN(factor)
                || Math.abs(value) >= Double.MIN_NORMAL && Math.abs(value) < Double.POSITIVE_INFINITY;
        if (within) {
            return String.valueOf(value);
        }
        BigDecimal four = new BigDecimal(4).pow((int) Math.abs(power), new MathContext(40));
        BigDecimal number = new BigDecimal(factor);
        return (power < 0 ? number.divide(four, MathContext.DECIMAL64) : number.multiply(four, MathContext.DECIMAL64))
                .toString();
    }
}
