package org.idem.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * A logarithmic axis over whole powers of ten; below its first labelled power lies a place for zeros.
 *
 * @param least exponent of the lower edge, where zeros are drawn
 * @param most exponent of the upper edge
 */
record Decades(int least, int most) {
    private static final int MOST_LABELS = 7;
    /** Smaller numbers than so many powers of ten below the largest are drawn as zeros. */
    private static final int MOST_DECADES = 30;

    /** An axis for positive finite numbers, with zeros and tiny ones at its lower edge. */
    static <T> Decades of(Stream<T> items, ToDoubleFunction<T> number) {
        List<Double> exponents = items.map(number::applyAsDouble)
                .filter(value -> value > 0 && Double.isFinite(value))
                .map(Math::log10)
                .toList();
        double low = exponents.stream().mapToDouble(exponent -> exponent).min().orElse(-1);
        double high = exponents.stream().mapToDouble(exponent -> exponent).max().orElse(0);
        int first = (int) Math.floor(Math.max(low, high - MOST_DECADES));
        return new Decades(first - 1, Math.max((int) Math.ceil(high), first + 1));
    }

    double lower() {
        return power(least);
    }

    double upper() {
        return power(most);
    }

    /** A number moved onto the axis: zeros to the lower edge, infinities and what is not a number to the upper. */
    double place(double number) {
        return number <= upper() ? Math.max(number, lower()) : upper();
    }

    List<Double> domain() {
        return List.of(lower(), upper());
    }

    /** The lower edge and some whole powers above it. */
    List<Double> labels() {
        int stride = Math.max(1, (int) Math.ceil((most - least) / (double) MOST_LABELS));
        List<Double> labels = new ArrayList<>(List.of(lower()));
        for (int exponent = most; exponent > least; exponent -= stride) {
            labels.add(1, power(exponent));
        }
        return labels;
    }

    private static double power(int exponent) {
        return Double.parseDouble("1e" + exponent);
    }
}
