package org.idem.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.idem.theorem.Evidence;
import org.junit.jupiter.api.Test;

/** Means of which nothing but the variance is known. */
class HeavyMeansTest {
    private static Evidence.Averaged average(double average, double mean, double variance) {
        return new Evidence.Averaged(average, 4, mean, variance, Double.POSITIVE_INFINITY);
    }

    /** Averages of a mean, the same number above and below it by two deviations. */
    private static List<Evidence.Averaged> around(int pairs, double mean, double claimed) {
        List<Evidence.Averaged> averages = new ArrayList<>(Collections.nCopies(pairs, average(mean + 2, claimed, 4)));
        averages.addAll(Collections.nCopies(pairs, average(mean - 2, claimed, 4)));
        return averages;
    }

    @Test
    void tailsDecideWhichTest() {
        assertInstanceOf(HeavyMeans.class, PooledMeans.of(around(1, 1, 1)));
        assertInstanceOf(LightMeans.class, PooledMeans.of(List.of(new Evidence.Averaged(1, 4, 1, 4, 0))));
    }

    @Test
    void rightMeansAreLikelyAndWrongOnesAreNot() {
        for (int sign : new int[] {1, -1}) {
            PooledMeans right = PooledMeans.of(around(300, sign, sign));
            assertEquals(1, right.pValue());
            assertEquals(2400, right.values());
            assertTrue(PooledMeans.of(around(300, sign * 1.5, sign)).pValue() < 1e-8);
            assertTrue(PooledMeans.of(around(300, sign * 0.5, sign)).pValue() < 1e-8);
        }
    }

    /** About √(2·5·4/2400): the weight is chosen for smaller levels. */
    @Test
    void errorsBeyondTheLimitAreRefuted() {
        PooledMeans right = PooledMeans.of(around(300, 1, 1));
        double limit = right.commonError(0.01);
        assertTrue(limit > 0.05 && limit < 0.3, String.valueOf(limit));
        assertEquals(1, PooledMeans.of(around(3, 1, 1)).commonError(0.01));
        assertEquals(1, PooledMeans.of(around(300, 0, 0)).commonError(0.01), "a mean of 0 has no relative error");
    }

    @Test
    void meansOfZeroAreJudgedInDeviations() {
        assertEquals(1, PooledMeans.of(around(300, 0, 0)).pValue());
        assertTrue(PooledMeans.of(around(300, 0.5, 0)).pValue() < 1e-8);
    }

    /** Many averages of little variance must not hide that all of large variance are wrong. */
    @Test
    void errorsOfTheUncertainShow() {
        List<Evidence.Averaged> mixed = new ArrayList<>();
        mixed.addAll(Collections.nCopies(500, average(1, 1, 1e-6)));
        mixed.addAll(around(250, 2, 1));
        assertTrue(PooledMeans.of(mixed).pValue() < 1e-8);
    }

    @Test
    void whatHasNoVarianceSaysNothing() {
        List<Evidence.Averaged> silent = new ArrayList<>(List.of(average(7, 1, Double.POSITIVE_INFINITY)));
        assertEquals(1, PooledMeans.of(silent).pValue());
        silent.addAll(around(300, 1.5, 1));
        assertEquals(
                PooledMeans.of(around(300, 1.5, 1)).pValue(),
                PooledMeans.of(silent).pValue());
    }

    @Test
    void oneAverageFarOffIsEnough() {
        List<Evidence.Averaged> averages = around(300, 1, 1);
        averages.add(average(1e6, 1, 4));
        assertTrue(PooledMeans.of(averages).pValue() < 1e-8);
        assertTrue(PooledMeans.of(averages).worst() < 1e-8);
    }

    @Test
    void whatIsNotFiniteIsImpossible() {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            List<Evidence.Averaged> averages = around(10, 1, 1);
            averages.add(average(bad, 1, 4));
            assertEquals(0, PooledMeans.of(averages).pValue());
            assertEquals(0, PooledMeans.of(averages).worst());
            averages.set(averages.size() - 1, average(1, bad, 4));
            assertEquals(0, PooledMeans.of(averages).pValue());
        }
    }

    /** As of inputs that are 0, whose outputs are 0. */
    @Test
    void whatHasToBeExactIsExactOrImpossible() {
        List<Evidence.Averaged> averages = around(300, 1, 1);
        double others = PooledMeans.of(averages).pValue();
        averages.add(average(0, 0, 0));
        assertEquals(others, PooledMeans.of(averages).pValue());
        averages.add(average(Double.MIN_VALUE, 0, 0));
        assertEquals(0, PooledMeans.of(averages).pValue());
        assertEquals(1, PooledMeans.of(List.of(average(1, 1, 0))).pValue());
    }
}
