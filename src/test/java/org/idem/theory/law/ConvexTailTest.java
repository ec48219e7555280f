package org.idem.theory.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvexTailTest {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** E max(0, z + c)² by Simpson's rule: no formula of the code under test. */
    private static double square(double c) {
        int steps = 20_000;
        double width = (12 + Math.max(0, c)) / steps;
        double sum = 0;
        for (int i = 0; i <= steps; i++) {
            double size = i * width;
            double weight = i == 0 || i == steps ? 1 : i % 2 == 0 ? 2 : 4;
            sum += weight * size * size * Math.exp(-(size - c) * (size - c) / 2);
        }
        return sum * width / 3 / Math.sqrt(2 * Math.PI);
    }

    /** max(0, z + c) has the largest quantile of all functions of its mean square. */
    @ParameterizedTest
    @ValueSource(doubles = {0.4707, 0.9, 2, 5})
    void theExtremeFunctionAttainsTheBound(double c) {
        for (double q : new double[] {1e-12, 0.01, 0.05, 0.15}) {
            double root = NORMAL.inverseSurvivalProbability(q) + c;
            // Simpson's rule on 20,000 steps is off by 10⁻¹¹ at most
            assertEquals(root * root, ConvexTail.bound(square(c), q), 1e-9 * root * root);
        }
    }

    /** Where the slope need not be the largest one, the bound is the largest over all admitted slopes. */
    @ParameterizedTest
    @CsvSource({"1, 0.16", "1, 0.3", "1, 0.49", "2.5, 0.3", "2.5, 0.45", "40, 0.45", "40, 0.01"})
    void theBoundIsThatOfTheWorstSlope(double mean, double q) {
        double deviations = NORMAL.inverseSurvivalProbability(q);
        double worst = 0;
        for (double c = 0.4706; c < 60; c *= 1.001) {
            double square = square(c);
            if (square >= mean) {
                worst = Math.max(worst, mean * (deviations + c) * (deviations + c) / square);
            }
        }
        double bound = ConvexTail.bound(mean, q);
        // c on a grid of ratio 1.001 misses the largest value by that much
        assertTrue(worst <= (1 + 1e-9) * bound && bound <= 1.003 * worst, bound + " " + worst);
    }

    @Test
    void belowTheMedianTheMeanIsABound() {
        assertEquals(3, ConvexTail.bound(3, 0.5));
        assertEquals(3, ConvexTail.bound(3, 0.9));
        assertEquals(3, ConvexTail.bound(3, 1));
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

    /** Where one direction makes all of the error, convexity is much tighter than Chernoff's inequality. */
    @Test
    void oneSquareIsBoundedWithinASixth() {
        QuadraticFormLaw law = QuadraticFormLaw.of(new double[] {7}, new double[] {0});
        double quantile = law.upperQuantile(0.05);
        assertTrue(law.chernoff(0.05) > 2.3 * quantile);
        assertTrue(law.closedBound(0.05) > 1.16 * quantile && law.closedBound(0.05) < 1.17 * quantile);
    }
}
