package org.idem.wording;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers in lines for people: a few digits, in the form that options take, as 0.0123 or 8.079e-12. Pages have a form
 * of their own, with raised powers of ten; tables and JSON keep all digits.
 */
public final class Decimals {
    private static final int DIGITS = 4;
    /** Numbers of no more digits are told in full. */
    private static final int MOST_DIGITS = 6;

    /** Powers of ten between which digits are written out. */
    private static final int LEAST_PLAIN = -4;

    private static final int MOST_PLAIN = 6;

    private Decimals() {}

    /**
     * The nearest number of four digits.
     *
     * @param number any
     * @return for instance 0.2875, 254.6, 12346 or 8.078e-12; Infinity or NaN for what is not finite
     */
    public static String brief(double number) {
        return Double.isFinite(number) ? brief(new BigDecimal(number)) : Double.toString(number);
    }

    /**
     * The nearest number of four digits.
     *
     * @param number any
     * @return as {@link #brief(double)}
     */
    public static String brief(BigDecimal number) {
        return rounded(number, RoundingMode.HALF_EVEN);
    }

    /**
     * A bound with four digits, which holds where the number does: it is rounded up.
     *
     * @param number at least 0
     * @return for instance 8.079e-12 for 8.0781e-12
     */
    public static String atMost(double number) {
        return Double.isFinite(number) ? rounded(BigDecimal.valueOf(number), RoundingMode.UP) : Double.toString(number);
    }

    /**
     * All digits of a number, so that it can be given again.
     *
     * @param number any
     * @return the shortest decimal that reads as the number, for instance 0.9 or 4.902736249165803e-5
     */
    public static String full(double number) {
        return Double.isFinite(number) ? full(BigDecimal.valueOf(number)) : Double.toString(number);
    }

    /**
     * All digits of a number that was rounded to a float, of which most digits of its double say nothing.
     *
     * @param number any
     * @return the shortest decimal that reads as the float, for instance 0.9 for 0.8999999761581421
     */
    public static String full(float number) {
        return Float.isFinite(number) ? full(new BigDecimal(Float.toString(number))) : Float.toString(number);
    }

    /**
     * All digits of a number.
     *
     * @param number any
     * @return for instance 0.9 or 4.902736249165803e-5
     */
    public static String full(BigDecimal number) {
        BigDecimal digits = number.stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        return digits.signum() == 0 || exponent >= LEAST_PLAIN && exponent <= MOST_PLAIN
                ? digits.toPlainString()
                : digits.scaleByPowerOfTen(-exponent).toPlainString() + "e" + exponent;
    }

    /**
     * A setting that may be given again: with four digits first, if it has many.
     *
     * @param number any
     * @return for instance 0.01, or 0.0004903 (in full 0.0004902736249165803)
     */
    public static String setting(BigDecimal number) {
        return number.stripTrailingZeros().precision() <= MOST_DIGITS
                ? full(number)
                : brief(number) + " (in full " + full(number) + ")";
    }

    private static String rounded(BigDecimal number, RoundingMode mode) {
        int whole = number.precision() - number.scale();
        int digits = whole <= MOST_PLAIN + 1 ? Math.max(DIGITS, whole) : DIGITS;
        return full(number.round(new MathContext(digits, mode)));
    }
}
