package org.idem.cli.argument;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads numbers on the command line: finite ones, and none of the forms that only programs in Java use, such as 1f or
 * 0x1p3.
 */
public final class Numbers {
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+");
    private static final Pattern REAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    /** Numbers of usual length; only these are converted for a hint, because huge exponents would take very long. */
    private static final Pattern SHORT = Pattern.compile("[+-]?\\d{1,20}([.]\\d{0,20})?([eE][+-]?\\d{1,2})?");

    private Numbers() {}

    /**
     * Makes all commands of a line read their numbers in this way.
     *
     * @param line with its commands
     */
    public static void register(CommandLine line) {
        ITypeConverter<Integer> ints = word -> Integer.valueOf(matching(WHOLE, word));
        ITypeConverter<Long> longs = word -> Long.valueOf(matching(WHOLE, word));
        ITypeConverter<Double> doubles = Numbers::real;
        line.registerConverter(int.class, ints);
        line.registerConverter(Integer.class, ints);
        line.registerConverter(long.class, longs);
        line.registerConverter(Long.class, longs);
        line.registerConverter(double.class, doubles);
        line.registerConverter(Double.class, doubles);
    }

    /**
     * The rule of a number type that a word breaks.
     *
     * @param type of an option
     * @param word its value
     * @return the rule with the word; empty for types that are no numbers
     */
    public static String problem(Class<?> type, String word) {
        if (type == int.class || type == Integer.class) {
            return whole(Integer.MIN_VALUE, Integer.MAX_VALUE, word);
        }
        if (type == long.class || type == Long.class) {
            return whole(Long.MIN_VALUE, Long.MAX_VALUE, word);
        }
        return type == double.class || type == Double.class
                ? "must be a finite number such as 0.01 or 1e-3, got '" + word + "'"
                : "";
    }

    /** Options have rules of their own about which numbers they take, so only the end that is left is named. */
    private static String whole(long least, long most, String word) {
        if (WHOLE.matcher(word).matches()) {
            return "must be a whole number of " + (word.startsWith("-") ? "at least " + least : "at most " + most)
                    + ", got '" + word + "'";
        }
        String problem = "must be a whole number, got '" + word + "'";
        if (!SHORT.matcher(word).matches()) {
            return problem;
        }
        BigDecimal value = new BigDecimal(word);
        boolean fits = value.compareTo(BigDecimal.valueOf(least)) >= 0
                && value.compareTo(BigDecimal.valueOf(most)) <= 0
                && value.stripTrailingZeros().scale() <= 0;
        return fits ? problem + "; write " + value.toBigInteger() : problem;
    }

    private static double real(String word) {
        double value = Double.parseDouble(matching(REAL, word));
        if (Double.isInfinite(value)) {
            throw new TypeConversionException("not finite");
        }
        return value;
    }

    private static String matching(Pattern pattern, String word) {
        if (!pattern.matcher(word).matches()) {
            throw new TypeConversionException("no number");
        }
        return word;
    }
}
