package org.idem.theory.law;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvexTailTest {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** E max(0, z + c)^p by Simpson's rule: no formula of the code under test. */
    private static double moment(int power, double c) {
        int steps = 4_000;
        double width = (14 + c) / steps;
        double sum = 0;
        for (int i = 0; i <= steps; i++) {
            double size = i * width;
            double weight = i == 0 || i == steps ? 1 : i % 2 == 0 ? 2 : 4;
            sum += weight * Math.pow(size, power) * Math.exp(-(size - c) * (size - c) / 2);
        }
        return sum * width / 3 / Math.sqrt(2 * Math.PI);
    }

    private static double[] moments(int count, double c) {
        double[] moments = new double[count];
        for (int i = 0; i < count; i++) {
            moments[i] = moment(2 * i + 2, c);
        }
        return moments;
    }

    /** No function with the moments of max(0, z + c) has a larger quantile than it has. */
    @ParameterizedTest
    @CsvSource({"0.48, 1", "0.9, 1", "5, 1", "2, 2", "2, 4", "5, 8"})
    void theExtremeFunctionAttainsTheBound(double c, int count) {
        for (double q : new double[] {1e-12, 0.01, 0.05}) {
            double root = NORMAL.inverseSurvivalProbability(q) + c;
            // Simpson's rule on 4,000 steps is off by 10⁻⁹ at most
            assertEquals(root * root, ConvexTail.bound(moments(count, c), q), 1e-8 * root * root);
        }
    }

    /** Where the slope need not be the largest one, the bound is the largest over all admitted slopes. */
    @ParameterizedTest
    @CsvSource({"2, 1, 0.16", "2, 1, 0.3", "2, 1, 0.49", "2, 2.5, 0.45", "2, 40, 0.01", "4, 3, 0.2", "8, 105, 0.05"})
    void theBoundIsThatOfTheWorstSlope(int power, double moment, double q) {
        double deviations = NORMAL.inverseSurvivalProbability(q);
        double worst = 0;
        for (double c = 0.4; c < 120; c *= 1.01) {
            double extreme = moment(power, c);
            if (extreme >= moment) {
                worst = Math.max(worst, Math.pow(deviations + c, 2) * Math.pow(moment / extreme, 2.0 / power));
            }
        }
        double[] moments = new double[power / 2];
        for (int i = 0; i < moments.length; i++) {
            // the others say nothing
            moments[i] = i == moments.length - 1 ? moment : 1e30;
        }
        double bound = ConvexTail.bound(moments, q);
        // the grid of ratio 1.01 misses the best c by that much
        assertTrue(worst <= (1 + 1e-7) * bound && bound <= 1.02 * worst, bound + " " + worst);
    }

    @Test
    void belowTheMedianTheMeanIsABound() {
        assertEquals(3, ConvexTail.bound(new double[] {3, 27}, 0.5));
        assertEquals(3, ConvexTail.bound(new double[] {3, 27}, 0.9));
        assertEquals(3, ConvexTail.bound(new double[] {3, 27}, 1));
    }

    @Test
    void momentsThatOverflowAreLeftOut() {
        double[] plain = {3, 27};
        double[] more = {3, 27, Double.POSITIVE_INFINITY};
        assertEquals(ConvexTail.bound(plain, 0.05), ConvexTail.bound(more, 0.05));
    }

    /** Moments of (z + s)²: 1 + s², 3 + 6s² + s⁴, 15 + 45s² + 15s⁴ + s⁶; of χ²₃: 3, 15, 105. */
    @Test
    void momentsOfSquares() {
        assertArrayEquals(
                new double[] {5, 43, 15 + 180 + 240 + 64},
                new QuadraticFormTransform(new double[] {2}, new double[] {4}).moments(3),
                1e-12);
        assertArrayEquals(
                new double[] {3, 15, 105},
                new QuadraticFormTransform(new double[] {2, 2, 2}, new double[3]).moments(3),
                1e-12);
        // z² + y²/2: E(z² + y²/2)² = 3 + 1 + 3/4
        assertArrayEquals(
                new double[] {1.5, 4.75},
                new QuadraticFormTransform(new double[] {2, 1}, new double[2]).moments(2),
                1e-14);
    }

    /** One square far from 0 is nearly the square of a normal number: the bound is its quantile. */
    @ParameterizedTest
    @ValueSource(doubles = {8, 30, 1e4})
    void aLargeShiftIsBoundedExactly(double shift) {
        QuadraticFormLaw law = QuadraticFormLaw.of(new double[] {2.5}, new double[] {shift * shift});
        for (double q : new double[] {1e-6, 0.05}) {
            double quantile = law.upperQuantile(q);
            assertEquals(quantile, law.closedBound(q), 1e-9 * quantile);
        }
    }

    /** Chernoff's inequality loses a factor of up to 2.4, convexity some hundredths. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 10, 30})
    void sumsOfEqualSquaresAreBoundedClosely(int terms) {
        double[] weights = new double[terms];
        Arrays.fill(weights, 7);
        QuadraticFormLaw law = QuadraticFormLaw.of(weights, new double[terms]);
        double quantile = law.upperQuantile(0.05);
        assertTrue(law.chernoff(0.05) > 1.2 * quantile);
        assertTrue(law.closedBound(0.05) > quantile && law.closedBound(0.05) < 1.03 * quantile);
    }
}
