package org.idem.property;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.idem.array.Precision;
import org.idem.network.LinearMethod;
import org.idem.theory.linear.AcrossReach;
import org.idem.theory.linear.AlignedBudget;
import org.idem.theory.linear.AlignedPath;
import org.idem.theory.path.ResidualPolynomial;

/** T4.path against real training, and the recursion of the strengths by itself. */
class T4PathProperties extends KnownTheoremProperties {
    /** Unit roundoff of doubles. */
    private static final double UNIT = 0x1p-53;

    T4PathProperties() {
        super("T4.path");
    }

    private static double[] drawn(SplittableRandom random, int depth) {
        return random.doubles(depth, 0.5, 1.5).toArray();
    }

    private static double[] scaled(double[] numbers, double factor) {
        return Arrays.stream(numbers).map(number -> factor * number).toArray();
    }

    private static double[] reversed(double[] numbers) {
        double[] reversed = new double[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            reversed[i] = numbers[numbers.length - 1 - i];
        }
        return reversed;
    }

    private static double[] after(AlignedPath path, double[] start, int steps) {
        return path.points(start, steps).get(steps).strengths();
    }

    private static AlignedPath path(double input, double target, double rate, double decay) {
        return new AlignedPath(input, target, 1, new LinearMethod(rate, 0, false, decay));
    }

    /** Two layers do not know which of them is first: a product of two numbers has no order. */
    @Property(tries = 50)
    void layersMayBeExchanged(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        AlignedPath path = path(random.nextDouble(0.5, 2), random.nextDouble(0.5, 2), 0.125, 0.25);
        double[] start = drawn(random, 2);
        assertArrayEquals(reversed(after(path, start, 5)), after(path, reversed(start), 5));
    }

    /**
     * Strengths in another unit u, with the input's norm in u to the −L and the rate in u²: the same path in that unit.
     */
    @Property(tries = 50)
    void unitsScale(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int depth) {
        SplittableRandom random = new SplittableRandom(seed);
        double unit = Math.scalb(1.0, random.nextInt(-3, 4));
        double[] start = drawn(random, depth);
        double rate = 0x1p-6;
        AlignedPath path = path(1.5, 0.75, rate, 0);
        AlignedPath other = path(1.5 * Math.pow(unit, -depth), 0.75, rate * unit * unit, 0);
        assertArrayEquals(scaled(after(path, start, 7), unit), after(other, scaled(start, unit), 7));
    }

    /** From equal strengths the limit of stability is ηcρ²L = 2: 1.95 converges, 2.05 does not, but stays bounded. */
    @Property(tries = 20)
    void theStabilityLimitHoldsTheDepth(
            @ForAll @IntRange(min = 2, max = 20) int depth, @ForAll @IntRange(min = 1, max = 9) int tenths) {
        double norm = tenths / 3.0;
        double[] start = new double[depth];
        Arrays.fill(start, 0.99);
        double stable = 1.95 / (norm * norm * depth);
        double[] end = after(path(norm, norm, stable, 0), start, 4000);
        // near 1 an error shrinks by |1 − 1.95| in a step, which rounds sums and products of its L factors
        assertEquals(1, end[0], (4 * depth + 8) * UNIT / (1 - 0.95));
        // within 1/(400L) of 1 every step of s − h(s^{2L−1} − s^{L−1}), h = 2.05/L, enlarges an error by 1.025 at
        // least:
        // its second derivative is below h(2L − 1)(2L − 2)e^{1/200} < 8.3L, so the slope −1.05 changes by less than
        // 0.025
        double near = 1.0 / (400 * depth);
        double[] wild = path(norm, norm, stable * 2.05 / 1.95, 0).points(start, 4000).stream()
                .skip(2500)
                .mapToDouble(point -> point.strengths()[0])
                .toArray();
        double furthest = Arrays.stream(wild).map(s -> Math.abs(s - 1)).max().orElseThrow();
        assertTrue(furthest > near && Arrays.stream(wild).allMatch(s -> Math.abs(s) < 2), "furthest " + furthest);
        double curvature = norm * norm * depth;
        assertEquals(curvature, path(norm, norm, stable, 0).curvature(ones(depth)), (2 * depth + 4) * UNIT * curvature);
        // without the L the limit would be ηcρ² = 2: half of it does not come to rest from three layers on
        boolean rests = path(norm, norm, 1 / (norm * norm), 0).points(start, 4000).stream()
                .skip(3900)
                .allMatch(point -> Math.abs(point.strengths()[0] - 1) < near);
        assertTrue(depth == 2 || !rests);
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** With one layer the strength is a least-squares trajectory: its residual polynomial says where it is. */
    @Property(tries = 50)
    void oneLayerFollowsTheResidualPolynomial(
            @ForAll long seed, @ForAll boolean nesterov, @ForAll @IntRange(min = 0, max = 200) int steps) {
        SplittableRandom random = new SplittableRandom(seed);
        double norm = random.nextDouble(0.5, 2);
        double decay = random.nextDouble(0, 0.5);
        LinearMethod method = new LinearMethod(0.125, random.nextDouble(0.1, 0.9), nesterov, decay);
        AlignedPath path = new AlignedPath(norm, 1, 1, method);
        double start = random.nextDouble(0.5, 1.5);
        double rest = norm / (norm * norm + decay);
        ResidualPolynomial polynomial = new ResidualPolynomial(method, steps);
        List<AlignedPath.Point> points = path.points(new double[] {start}, steps);
        AlignedPath.Point end = points.get(steps);
        // what rounding makes of the recursion is part of the budget of a training with R = 1; the formula rounds a
        // few numbers below 4
        double[] across = {1};
        double budget = new AlignedBudget(path, AcrossReach.of(across), across, 2, Precision.FLOAT64).after(points)
                + 4 * 4 * UNIT;
        assertEquals(rest + polynomial.value(norm * norm + decay) * (start - rest), end.strengths()[0], budget);
        assertEquals(polynomial.value(decay), end.kept(), budget);
    }
}
