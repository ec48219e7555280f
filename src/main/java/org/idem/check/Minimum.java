package org.idem.check;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Where a function with several valleys is smallest: a grid, then golden sections around its best points. */
final class Minimum {
    private static final int VALLEYS = 4;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    private Minimum() {}

    /** On an interval that is cut into equal pieces. */
    static double of(DoubleUnaryOperator function, double from, double to, int pieces) {
        double[] values = new double[pieces + 1];
        double width = (to - from) / pieces;
        for (int point = 0; point <= pieces; point++) {
            values[point] = function.applyAsDouble(from + point * width);
        }
        double best = from;
        double least = Double.POSITIVE_INFINITY;
        for (int point : lowest(values)) {
            double here = section(
                    function, Math.max(from, from + (point - 1) * width), Math.min(to, from + (point + 1) * width));
            double value = function.applyAsDouble(here);
            if (value < least) {
                least = value;
                best = here;
            }
        }
        return best;
    }

    /** The best points that are no worse than their neighbours. */
    private static int[] lowest(double[] values) {
        return IntStream.range(0, values.length)
                .filter(i -> (i == 0 || values[i] <= values[i - 1])
                        && (i == values.length - 1 || values[i] <= values[i + 1]))
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .limit(VALLEYS)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double section(DoubleUnaryOperator function, double from, double to) {
        double a = from;
        double b = to;
        double left = b - GOLDEN * (b - a);
        double right = a + GOLDEN * (b - a);
        double atLeft = function.applyAsDouble(left);
        double atRight = function.applyAsDouble(right);
        while (left < right && left > a && right < b) {
            if (atLeft <= atRight) {
                b = right;
                right = left;
                atRight = atLeft;
                left = b - GOLDEN * (b - a);
                atLeft = function.applyAsDouble(left);
            } else {
                a = left;
                left = right;
                atLeft = atRight;
                right = a + GOLDEN * (b - a);
                atRight = function.applyAsDouble(right);
            }
        }
        return atLeft <= atRight ? left : right;
    }

    /** Over whole numbers: all near a guess, a geometric grid further away, and downhill from the best of them. */
    static int ofWhole(IntToDoubleFunction function, int guess, int most, int near) {
        int[] tried = IntStream.concat(
                        IntStream.rangeClosed(Math.max(0, guess - near), Math.min(most, guess + near)),
                        IntStream.iterate(1, n -> n <= most / 8 * 7, n -> n + 1 + n / 8))
                .distinct()
                .sorted()
                .toArray();
        double[] values = Arrays.stream(tried).mapToDouble(function).toArray();
        int best = guess;
        double least = Double.POSITIVE_INFINITY;
        for (int index : lowest(values)) {
            int a = tried[Math.max(0, index - 1)];
            int b = tried[Math.min(tried.length - 1, index + 1)];
            while (b - a > 4) {
                int left = a + (b - a) / 3;
                int right = b - (b - a) / 3;
                if (function.applyAsDouble(left) <= function.applyAsDouble(right)) {
                    b = right;
                } else {
                    a = left;
                }
            }
            for (int n = a; n <= b; n++) {
                double value = function.applyAsDouble(n);
                if (value < least) {
                    least = value;
                    best = n;
                }
            }
        }
        return best;
    }
}
