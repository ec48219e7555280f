package org.idem.report.figure;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.stream.DoubleStream;

/**
 * An axis that its data fill: it reaches from the smallest number to the largest. Two kinds of numbers lie at a place
 * beyond its end, whose label says what lies there: numbers that it cannot hold, such as zeros on a logarithmic axis,
 * and a few stray ones that would leave most of the axis empty.
 *
 * @param kind how numbers are laid out
 * @param least smallest number, or its logarithm
 * @param most largest number, or its logarithm
 * @param below label of the place for smaller numbers, empty if there are none
 * @param above label of the place for larger numbers, empty if there are none
 */
public record Axis(Kind kind, double least, double most, String below, String above) {
    /** How numbers are laid out. */
    public enum Kind {
        /** Equal ratios are equally long. */
        LOGARITHMIC,
        /** Equal differences are equally long. */
        LINEAR,
        /** Equal differences are equally long, and labels are whole numbers. */
        COUNTS
    }

    /** Most powers of ten between the ends of an axis. */
    private static final int LONGEST = 30;
    /** Distance from the end to a place beyond it, relative to the axis. */
    private static final double GAP = 0.07;
    /** Space between the outermost marks and the ends, relative to the axis. */
    private static final double MARGIN = 0.02;

    /** Stray numbers are moved beyond an end if that shortens the axis by this share. */
    private static final double WORTHWHILE = 0.1;

    /** A logarithmic axis whose labels lie between a thousandth and a thousand writes them without powers of ten. */
    private static final int PLAIN_DECADES = 4;

    /** Other axes write labels without powers of ten if their length lies between these numbers. */
    private static final double LEAST_PLAIN = 1e-3;

    private static final double MOST_PLAIN = 1e7;

    private static final int MOST_TICKS = 7;
    private static final int LEAST_TICKS = 3;
    /** Divided into so many parts or fewer, an axis has that many ticks. */
    private static final int MOST_PARTS = 8;

    /** Share of a short logarithmic axis that equal steps may leave without a label at its lower end. */
    private static final double LARGEST_GAP = 1 / 3.0;
    /** Digits that are labelled where equal steps leave more: the first ones that are enough. */
    private static final List<String> DIGITS = List.of("125", "12357", "123456789");

    private static final double WHOLE_DECADES = 2;
    private static final double PARTS_OF_DECADES = 0.9;
    /** Shortest axis: the labels of a shorter one would differ only in their last digits. */
    private static final double SHORTEST = 1e-6;
    /** Largest power of ten: floating-point numbers end soon after it. */
    private static final int LARGEST = 300;

    /**
     * A logarithmic axis.
     *
     * @param numbers what is drawn
     * @param stray share of the numbers that may be moved beyond each end if they leave much of the axis empty
     * @param always positive numbers that are never moved
     * @return the axis
     */
    public static Axis logarithmic(double[] numbers, double stray, double... always) {
        return of(true, numbers, stray, always);
    }

    /**
     * A linear axis.
     *
     * @param numbers what is drawn
     * @param stray share of the numbers that may be moved beyond each end if they leave much of the axis empty
     * @param always numbers that are never moved
     * @return the axis
     */
    public static Axis linear(double[] numbers, double stray, double... always) {
        return of(false, numbers, stray, always);
    }

    /** For counts: from 0 to the largest, labelled at whole numbers. */
    static Axis counts(double most) {
        return new Axis(Kind.COUNTS, 0, Math.max(1, most) * (1 + MARGIN), "", "");
    }

    /** For numbers of things: from one to another, labelled at whole numbers. */
    static Axis numbered(int first, int last) {
        double margin = MARGIN * Math.max(1, last - first);
        return new Axis(Kind.COUNTS, first - margin, last + margin, "", "");
    }

    private static Axis of(boolean logarithmic, double[] numbers, double stray, double[] always) {
        double[] sorted = Arrays.stream(numbers)
                .filter(number -> Double.isFinite(number) && (!logarithmic || number > 0))
                .map(number -> logarithmic ? logarithm(number) : number)
                .sorted()
                .toArray();
        double[] fixed = Arrays.stream(always)
                .map(number -> logarithmic ? logarithm(number) : number)
                .toArray();
        double[] kept = DoubleStream.concat(withoutStrays(sorted, (int) (stray * sorted.length)), Arrays.stream(fixed))
                .toArray();
        double high = Arrays.stream(kept).max().orElse(0);
        double low = Arrays.stream(kept).min().orElse(high);
        low = logarithmic ? Math.max(low, high - LONGEST) : low;
        if (high - low < SHORTEST) {
            low -= 0.5;
            high += 0.5;
        }
        boolean cutBelow = sorted.length > 0 && sorted[0] < low;
        boolean cutAbove = sorted.length > 0 && sorted[sorted.length - 1] > high;
        double margin = MARGIN * (high - low);
        BigDecimal unit = logarithmic ? BigDecimal.ONE : step(high - low, MOST_TICKS);
        double least = cutBelow ? multiple(low, unit, RoundingMode.FLOOR).doubleValue() : low - margin;
        double most = cutAbove ? multiple(high, unit, RoundingMode.CEILING).doubleValue() : high + margin;
        return new Axis(
                logarithmic ? Kind.LOGARITHMIC : Kind.LINEAR,
                least,
                most,
                cutBelow
                        ? "<" + text(logarithmic, least, least, most)
                        : outside(numbers, number -> number < (logarithmic ? Double.MIN_VALUE : -Double.MAX_VALUE))
                                ? logarithmic ? "0" : "−∞"
                                : "",
                cutAbove
                        ? ">" + text(logarithmic, most, least, most)
                        : outside(numbers, number -> !(number <= Double.MAX_VALUE)) ? "not finite" : "");
    }

    /** Numbers without so many at either end, if the axis becomes much shorter without them. */
    private static DoubleStream withoutStrays(double[] sorted, int cut) {
        int first = 0;
        int last = sorted.length - 1;
        if (cut > 0) {
            double worthwhile = WORTHWHILE * (sorted[last] - sorted[0]);
            first = sorted[cut] - sorted[0] > worthwhile ? cut : 0;
            last = sorted[last] - sorted[last - cut] > worthwhile ? last - cut : last;
        }
        return Arrays.stream(sorted, first, last + 1);
    }

    private static double logarithm(double number) {
        return Math.max(-LARGEST, Math.min(LARGEST, Math.log10(number)));
    }

    private static boolean outside(double[] numbers, DoublePredicate where) {
        return Arrays.stream(numbers).anyMatch(where);
    }

    private static String text(boolean logarithmic, double end, double least, double most) {
        return Numbers.exact(logarithmic ? power((int) end) : end, isPlain(logarithmic, least, most));
    }

    /** Whether the labels of an axis are written out: all of them, or all as powers of ten. */
    private static boolean isPlain(boolean logarithmic, double least, double most) {
        double size = Math.max(Math.abs(least), Math.abs(most));
        return logarithmic ? size < PLAIN_DECADES : size >= LEAST_PLAIN && size < MOST_PLAIN;
    }

    private boolean isLogarithmic() {
        return kind == Kind.LOGARITHMIC;
    }

    /** Smallest number that lies where it belongs. */
    double from() {
        return number(least);
    }

    /** Largest such number. */
    double to() {
        return number(most);
    }

    /**
     * Where the scale begins.
     *
     * @return a number, positive on a logarithmic axis
     */
    public double lower() {
        return number(below.isEmpty() ? least : least - GAP * (most - least));
    }

    /**
     * Where the scale ends.
     *
     * @return a number larger than {@link #lower}
     */
    public double upper() {
        return number(above.isEmpty() ? most : most + GAP * (most - least));
    }

    /**
     * A number moved onto the axis.
     *
     * @param number any; what is not a number lies with the largest
     * @return a number between {@link #lower} and {@link #upper}
     */
    public double place(double number) {
        if (!(number <= number(most))) {
            return upper();
        }
        return number < number(least) ? lower() : number;
    }

    /**
     * Labelled numbers, with the places beyond the ends.
     *
     * @return ascending numbers
     */
    public List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        if (!below.isEmpty()) {
            ticks.add(lower());
        }
        ticks.addAll(inner());
        if (!above.isEmpty()) {
            ticks.add(upper());
        }
        return ticks;
    }

    /**
     * Labels of {@link #ticks}.
     *
     * @return as many texts
     */
    public List<String> labels() {
        List<String> labels = new ArrayList<>();
        if (!below.isEmpty()) {
            labels.add(below);
        }
        boolean plain = isPlain(isLogarithmic(), least, most);
        inner().forEach(tick -> labels.add(Numbers.exact(tick, plain)));
        if (!above.isEmpty()) {
            labels.add(above);
        }
        return labels;
    }

    /** Labelled numbers between the ends, none so close to a place beyond them that labels could touch. */
    private List<Double> inner() {
        double space = GAP * (most - least) / 2;
        double from = number(below.isEmpty() ? least : least + space);
        double to = number(above.isEmpty() ? most : most - space);
        return all().stream().filter(tick -> tick >= from && tick <= to).toList();
    }

    private List<Double> all() {
        if (!isLogarithmic()) {
            return multiples();
        }
        if (most - least < PARTS_OF_DECADES) {
            List<Double> even = multiples();
            boolean fills = !even.isEmpty() && Math.log10(even.get(0)) - least <= LARGEST_GAP * (most - least);
            return fills
                    ? even
                    : DIGITS.stream()
                            .map(this::multiplesOfPowers)
                            .filter(ticks -> ticks.size() >= LEAST_TICKS)
                            .findFirst()
                            .orElse(even);
        }
        List<Double> ticks = new ArrayList<>();
        int first = (int) Math.floor(least);
        int last = (int) Math.ceil(most);
        int stride = Math.max(1, (int) Math.ceil((most - least) / MOST_TICKS));
        for (int exponent = first; exponent <= last; exponent++) {
            if (Math.floorMod(exponent, stride) == 0) {
                ticks.add(power(exponent));
            }
            if (most - least < WHOLE_DECADES) {
                ticks.add(Double.parseDouble("2e" + exponent));
                ticks.add(Double.parseDouble("5e" + exponent));
            }
        }
        return ticks;
    }

    /** Some digits times powers of ten, on a logarithmic axis. */
    private List<Double> multiplesOfPowers(String digits) {
        List<Double> ticks = new ArrayList<>();
        for (int exponent = (int) Math.floor(least); exponent <= most; exponent++) {
            for (char digit : digits.toCharArray()) {
                double tick = Double.parseDouble(digit + "e" + exponent);
                if (tick >= number(least) && tick <= number(most)) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    /** Multiples of a short decimal number. */
    private List<Double> multiples() {
        double from = number(least);
        double to = number(most);
        List<Double> ticks = List.of();
        for (int parts = LEAST_TICKS + 2; ticks.size() < LEAST_TICKS && parts <= MOST_PARTS; parts++) {
            BigDecimal step = step(to - from, parts);
            ticks = multiples(from, to, kind == Kind.COUNTS ? step.max(BigDecimal.ONE) : step);
        }
        return ticks;
    }

    private static List<Double> multiples(double from, double to, BigDecimal step) {
        List<Double> ticks = new ArrayList<>();
        BigDecimal tick = multiple(from, step, RoundingMode.CEILING);
        for (; tick.doubleValue() <= to; tick = tick.add(step)) {
            ticks.add(tick.doubleValue());
        }
        return ticks;
    }

    /** The next multiple of a decimal number, in decimal digits, so that its label is short. */
    private static BigDecimal multiple(double number, BigDecimal step, RoundingMode mode) {
        return new BigDecimal(number).divide(step, 0, mode).multiply(step);
    }

    /** The smallest of 1, 2 and 5 times a power of ten that divides a length into at most so many parts. */
    private static BigDecimal step(double length, int parts) {
        BigDecimal unit = BigDecimal.ONE.scaleByPowerOfTen((int) Math.floor(Math.log10(length / parts)));
        for (int digit : new int[] {1, 2, 5}) {
            BigDecimal step = unit.multiply(BigDecimal.valueOf(digit));
            if (length / step.doubleValue() <= parts) {
                return step;
            }
        }
        return unit.movePointRight(1);
    }

    private double number(double end) {
        return !isLogarithmic() ? end : end == Math.rint(end) ? power((int) end) : Math.pow(10, end);
    }

    private static double power(int exponent) {
        return Double.parseDouble("1e" + exponent);
    }
}
