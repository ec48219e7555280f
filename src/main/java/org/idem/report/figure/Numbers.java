package org.idem.report.figure;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as readers of a page want them: three significant digits, powers of ten as such. */
public final class Numbers {
    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    /** Significant digits, where no more are needed to tell numbers apart. */
    static final int DIGITS = 3;

    private static final double LEAST_PLAIN = 1e-2;
    private static final double MOST_PLAIN = 1e5;

    private Numbers() {}

    /**
     * For instance 0.0123, 12.3, 4,567 or 1.23×10⁻¹⁵.
     *
     * @param number any
     * @return three significant digits; words for what is not a finite number
     */
    public static String brief(double number) {
        return brief(number, DIGITS);
    }

    /**
     * For instance 0.0123, or 0.012346 with five digits.
     *
     * @param number any
     * @param digits significant ones, at least three
     * @return so many digits, or more before the point, without zeros at the end; words for what is not a finite number
     */
    static String brief(double number, int digits) {
        if (Double.isNaN(number)) {
            return "not a number";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "∞" : "−∞";
        }
        if (number == 0) {
            return "0";
        }
        BigDecimal all = new BigDecimal(number);
        double size = Math.abs(number);
        if (size >= LEAST_PLAIN && size < MOST_PLAIN) {
            int whole = all.precision() - all.scale();
            BigDecimal rounded =
                    all.round(new MathContext(Math.max(digits, whole))).stripTrailingZeros();
            return String.format(Locale.ROOT, "%,." + Math.max(0, rounded.scale()) + "f", rounded)
                    .replace('-', '−');
        }
        return scientific(all.round(new MathContext(digits)));
    }

    /**
     * All digits of a finite number, for labels that have to be what they say.
     *
     * @param number which
     * @param plain whether digits are written out; otherwise as a power of ten or a multiple of one, but for 1 and 10
     */
    static String exact(double number, boolean plain) {
        BigDecimal decimal = BigDecimal.valueOf(number).stripTrailingZeros();
        if (!plain && number != 0 && number != 1 && number != 10) {
            return scientific(decimal);
        }
        return decimal.scale() <= 0
                ? whole(decimal.longValueExact()).replace('-', '−')
                : decimal.toPlainString().replace('-', '−');
    }

    private static String scientific(BigDecimal number) {
        int exponent = number.precision() - number.scale() - 1;
        String mantissa =
                number.scaleByPowerOfTen(-exponent).stripTrailingZeros().toPlainString();
        return (mantissa.equals("1") ? "" : mantissa.replace('-', '−') + "×") + "10" + superscript(exponent);
    }

    /**
     * Whole numbers with commas between thousands.
     *
     * @param number any
     * @return the digits
     */
    public static String whole(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String superscript(int exponent) {
        StringBuilder raised = new StringBuilder(exponent < 0 ? "⁻" : "");
        for (char digit : String.valueOf(Math.abs(exponent)).toCharArray()) {
            raised.append(SUPERSCRIPTS.charAt(digit - '0'));
        }
        return raised.toString();
    }
}
