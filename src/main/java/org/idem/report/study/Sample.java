package org.idem.report.study;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.idem.statistics.MedianInterval;

/**
 * A quantity of networks that differ by their seeds alone.
 *
 * @param values finite or infinite, ascending, at least one
 */
record Sample(double[] values) {
    static final double CONFIDENCE = 0.95;
    static final List<String> COLUMNS =
            List.of("networks", "mean", "median", "least", "most", "median_low_95", "median_high_95");

    /** Of those networks that have the quantity; empty if none has. */
    static Optional<Sample> of(List<Network> networks, ToDoubleFunction<Network> quantity) {
        double[] values = networks.stream()
                .mapToDouble(quantity)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return values.length == 0 ? Optional.empty() : Optional.of(new Sample(values));
    }

    double median() {
        int n = values.length;
        return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
    }

    double mean() {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    /** An interval for the median, empty if there are too few values. */
    Optional<MedianInterval> interval() {
        return MedianInterval.of(values, CONFIDENCE);
    }

    /** The interval for the median, or the range of the values if they are too few for one. */
    MedianInterval bar() {
        return interval().orElse(new MedianInterval(values[0], values[values.length - 1]));
    }

    /** Cells of {@link #COLUMNS}. */
    List<Object> cells() {
        Optional<MedianInterval> interval = interval();
        return List.of(
                values.length,
                mean(),
                median(),
                values[0],
                values[values.length - 1],
                interval.<Object>map(MedianInterval::low).orElse(""),
                interval.<Object>map(MedianInterval::high).orElse(""));
    }

    /** What the bars of a picture are. */
    static String words(boolean anyInterval, boolean anyRange) {
        String interval = "an interval that holds the median over seeds with probability 95 % or more, whatever the "
                + "distribution (from the k-th smallest to the k-th largest network, by the exact binomial law)";
        String range = "the range over the seeds where there are fewer than six, too few for an interval of the median";
        return anyInterval && anyRange
                ? "Bars are " + interval + ", or " + range + "."
                : anyInterval ? "Bars are " + interval + "." : anyRange ? "Bars are " + range + "." : "";
    }
}
