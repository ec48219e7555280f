package org.idem.laboratory.prediction;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.idem.laboratory.result.TheoryRow;

/**
 * A predicted number, and how far the trained network's may lie from it.
 *
 * @param mean predicted
 * @param low least possible value
 * @param high greatest possible value
 */
record Range(double mean, double low, double high) {
    /** A measure that does not exist for an image. */
    static final Range NONE = new Range(Double.NaN, Double.NaN, Double.NaN);

    /** Exactly a number. */
    static Range of(double value) {
        return new Range(value, value, value);
    }

    /** Range of the mean over images, of those for which the measure exists; outward by its own rounding. */
    static Range average(List<Range> all) {
        List<Range> there =
                all.stream().filter(range -> !Double.isNaN(range.mean)).toList();
        if (there.isEmpty()) {
            return NONE;
        }
        double size = 0;
        for (Range range : there) {
            size = Math.max(size, Math.max(Math.abs(range.low), Math.abs(range.high)));
        }
        double rounding = (there.size() + 2) * 0x1p-52 * size;
        return new Range(
                average(there, Range::mean),
                average(there, Range::low) - rounding,
                average(there, Range::high) + rounding);
    }

    private static double average(List<Range> all, ToDoubleFunction<Range> end) {
        return all.stream().mapToDouble(end).average().orElse(Double.NaN);
    }

    /** The row of a theorem; without a range if rounding could carry the measure anywhere. */
    TheoryRow row(String theorem, String measure) {
        boolean known = Double.isFinite(low) && Double.isFinite(high);
        return new TheoryRow(theorem, measure, mean, known ? low : Double.NaN, known ? high : Double.NaN);
    }
}
