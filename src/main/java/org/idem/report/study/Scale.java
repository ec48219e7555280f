package org.idem.report.study;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.idem.report.figure.Axis;

/**
 * Where numbers lie along one side of a picture.
 *
 * @param share of the side, from 0 to 1
 * @param ticks labelled numbers
 * @param labels their labels
 * @param complete whether every label must be read; otherwise some may be left out where there is no room
 */
record Scale(DoubleUnaryOperator share, List<Double> ticks, List<String> labels, boolean complete) {
    /** Longest linear scale, as ratio of its ends, for numbers of one sign. */
    private static final double LONGEST_LINEAR = 30;

    /** A scale with round labels. */
    static Scale of(Axis axis) {
        boolean logarithmic = axis.kind() == Axis.Kind.LOGARITHMIC;
        double from = moved(axis.lower(), logarithmic);
        double to = moved(axis.upper(), logarithmic);
        return new Scale(
                number -> (moved(axis.place(number), logarithmic) - from) / (to - from),
                axis.ticks(),
                axis.labels(),
                false);
    }

    private static double moved(double number, boolean logarithmic) {
        return logarithmic ? Math.log10(number) : number;
    }

    /** A scale for words: numbers lie where they belong, others at equal distances. */
    static Scale of(List<String> words) {
        if (!words.stream().allMatch(Layout::isNumber)) {
            int count = words.size();
            return new Scale(
                    index -> (index + 0.5) / count,
                    IntStream.range(0, count).mapToObj(i -> (double) i).toList(),
                    words.stream().map(Layout::shown).toList(),
                    true);
        }
        double[] numbers = words.stream().mapToDouble(Double::parseDouble).toArray();
        boolean logarithmic = numbers[0] > 0 && numbers[numbers.length - 1] > LONGEST_LINEAR * numbers[0];
        Scale scale = of(logarithmic ? Axis.logarithmic(numbers, 0) : Axis.linear(numbers, 0));
        return new Scale(
                index -> scale.share.applyAsDouble(numbers[(int) index]),
                IntStream.range(0, numbers.length).mapToObj(i -> (double) i).toList(),
                words,
                false);
    }
}
