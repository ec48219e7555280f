package org.idem.check.format;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.jspecify.annotations.Nullable;

/**
 * Recognises numbers that were rounded to decimals, as by {@code np.round} or in a text file: each is the number of its
 * precision that lies nearest to a decimal of so many places, or of so many significant digits. Source:
 * proofs/check.md, §5.
 */
public final class DecimalGrid {
    /** Probability with which numbers lie on a grid although they were not rounded to it. */
    private static final double CHANCE = 1e-9;

    private final Precision precision;
    private final double[] numbers;
    private @Nullable StoredFormat best;
    /** Logarithm of the share of such numbers that the best grid holds. */
    private double rarest = Math.log(CHANCE);

    private DecimalGrid(Precision precision, double[] numbers) {
        this.precision = precision;
        this.numbers = numbers;
    }

    /**
     * The rarest grid that holds all numbers.
     *
     * @param precision of the training
     * @param arrays null ones are passed over
     * @return null if numbers that were not rounded could lie on it by chance
     */
    public static @Nullable StoredFormat of(Precision precision, @Nullable Array... arrays) {
        double[] numbers = Arrays.stream(arrays)
                .filter(Objects::nonNull)
                .flatMapToDouble(array -> Arrays.stream(array.values()))
                .filter(number -> number != 0)
                .toArray();
        DecimalGrid grid = new DecimalGrid(precision, numbers);
        // a float has at most 9 significant decimals, a double 17
        int most = precision == Precision.FLOAT32 ? 9 : 17;
        // the number was rounded to the decimal, and the decimal to the format
        double stored = precision.unitRoundoff();
        for (int places = 0; places < most; places++) {
            int fixed = places;
            grid.attempt(
                    new StoredFormat(places + " decimals", 0, stored, 0.5 * Math.pow(10, -places)), number -> fixed);
        }
        for (int digits = 1; digits < most; digits++) {
            int fixed = digits;
            grid.attempt(
                    new StoredFormat(digits + " significant digits", 0, stored + 0.5 * Math.pow(10, 1 - digits), 0),
                    number -> fixed - number.precision() + number.scale());
        }
        return grid.best;
    }

    /** Decimal places that a format leaves to each number. */
    private void attempt(StoredFormat format, ToIntFunction<BigDecimal> places) {
        double chance = 0;
        for (double number : numbers) {
            BigDecimal exact = new BigDecimal(number);
            BigDecimal decimal = exact.setScale(places.applyAsInt(exact), RoundingMode.HALF_EVEN);
            if (precision.round(decimal.doubleValue()) != number) {
                return;
            }
            double spacing = 2 * precision.unitRoundoff() * Math.abs(number);
            chance += Math.min(0, Math.log(spacing / decimal.ulp().doubleValue()));
        }
        if (chance < rarest) {
            rarest = chance;
            best = format;
        }
    }
}
