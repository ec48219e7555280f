package org.idem.check;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Finds where a function with several valleys is smallest: on a grid, then by golden sections around its best points.
 */
final class Minimum {
    /** Most valleys that are searched: an oscillating factor makes several, and all but a few are shallow. */
    private static final int VALLEYS = 4;

    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    /**
     * Most Gauss–Newton steps. Each doubles the right digits, so two digits become 16 in three steps; the others are
     * for bad starts.
     */
    private static final int ROUNDS = 12;
    /** Step of the central differences, the cube root of the unit roundoff: h² of their own error, u/h of rounding. */
    private static final double DIFFERENCE = Math.cbrt(0x1p-53);

    private Minimum() {}

    /** On an interval that is cut into equal pieces, up to a width. */
    static double of(DoubleUnaryOperator function, double from, double to, int pieces, double width) {
        double[] values = new double[pieces + 1];
        double piece = (to - from) / pieces;
        for (int point = 0; point <= pieces; point++) {
            values[point] = function.applyAsDouble(from + point * piece);
        }
        double best = from;
        double least = Double.POSITIVE_INFINITY;
        for (int point : lowest(values)) {
            double here = section(
                    function,
                    Math.max(from, from + (point - 1) * piece),
                    Math.min(to, from + (point + 1) * piece),
                    width);
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

    private static double section(DoubleUnaryOperator function, double from, double to, double width) {
        double a = from;
        double b = to;
        double left = b - GOLDEN * (b - a);
        double right = a + GOLDEN * (b - a);
        double atLeft = function.applyAsDouble(left);
        double atRight = function.applyAsDouble(right);
        while (left < right && left > a && right < b && b - a > width) {
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

    /**
     * Over whole numbers: tries all near a guess and a geometric grid further away, then goes downhill from the best of
     * them.
     */
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

    /** Gauss–Newton from a point nearby, for one or two unknowns: the norm of the residuals never grows. */
    static double[] polished(UnaryOperator<double[]> residuals, double[] start) {
        double[] here = start.clone();
        double[] values = residuals.apply(here);
        double least = norm(values);
        for (int round = 0; round < ROUNDS; round++) {
            double[] step = step(residuals, here, values);
            if (!Arrays.stream(step).allMatch(Double::isFinite)) {
                return here; // residuals nearby overflow
            }
            double share = 1;
            double[] next = here;
            double[] there = values;
            do {
                next = plus(here, step, share);
                there = residuals.apply(next);
                share /= 4;
            } while (!(norm(there) < least) && share > 1e-4);
            if (!(norm(there) < least)) {
                return here;
            }
            here = next;
            values = there;
            least = norm(there);
        }
        return here;
    }

    private static double[] plus(double[] point, double[] step, double share) {
        double[] sum = point.clone();
        for (int at = 0; at < sum.length; at++) {
            sum[at] += share * step[at];
        }
        return sum;
    }

    private static double norm(double[] values) {
        double squares = 0;
        for (double value : values) {
            squares += value * value;
        }
        return Math.sqrt(squares);
    }

    /** Least-squares step of the linearised residuals. */
    private static double[] step(UnaryOperator<double[]> residuals, double[] here, double[] values) {
        double[][] slopes = new double[here.length][];
        for (int unknown = 0; unknown < here.length; unknown++) {
            double[] unit = new double[here.length];
            unit[unknown] = DIFFERENCE;
            double[] above = residuals.apply(plus(here, unit, 1));
            double[] below = residuals.apply(plus(here, unit, -1));
            slopes[unknown] = new double[values.length];
            for (int at = 0; at < values.length; at++) {
                slopes[unknown][at] = (above[at] - below[at]) / (2 * DIFFERENCE);
            }
        }
        double first = product(slopes[0], slopes[0]);
        double right = -product(slopes[0], values);
        if (here.length == 1) {
            return new double[] {first > 0 ? right / first : 0};
        }
        double mixed = product(slopes[0], slopes[1]);
        double second = product(slopes[1], slopes[1]);
        double other = -product(slopes[1], values);
        double determinant = first * second - mixed * mixed;
        return determinant > 0
                ? new double[] {
                    (second * right - mixed * other) / determinant, (first * other - mixed * right) / determinant
                }
                : new double[2];
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int at = 0; at < a.length; at++) {
            sum += a[at] * b[at];
        }
        return sum;
    }
}
