package org.idem.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.idem.theorem.Evidence;
import org.junit.jupiter.api.Test;

class SurvivalOddsTest {
    private static SurvivalOdds.Count count(int trials, int telling, Evidence tells, Evidence other) {
        SurvivalOdds.Count count = new SurvivalOdds.Count("");
        for (int i = 0; i < trials; i++) {
            count.add(i < telling ? tells : other);
        }
        return count;
    }

    @Test
    void oneTrialIsEnough() {
        Evidence contradicts = new Evidence.Compared(2, 1);
        Evidence agrees = new Evidence.Compared(0.5, 1);
        assertEquals(1, count(400, 0, contradicts, agrees).odds(1500, 1e-5));
        // all n trials: p has the lower limit (error/5)^(1/n), so 1,500 leave (1 − p)^1500
        double limit = Math.pow(1e-5 / 5, 1.0 / 40);
        double expected = Math.pow(1 - limit, 10);
        assertEquals(
                expected, count(40, 40, contradicts, agrees).odds(10, 1e-5), 1e-6 * expected, "bisection of the limit");
    }

    /** Averages that a run of 1,500 would take for a contradiction, and others. */
    @Test
    void oneAverageMayBeEnough() {
        Evidence far = new Evidence.Averaged(20, 16, 1, 1, 0.1);
        Evidence near = new Evidence.Averaged(1.5, 16, 1, 1, 0.1);
        assertTrue(count(400, 40, far, near).odds(1500, 1e-5) < 1e-20);
        assertEquals(1, count(400, 400, near, near).odds(1500, 1e-5));
        List<Evidence.Averaged> run =
                new ArrayList<>(Collections.nCopies(1499, new Evidence.Averaged(1, 16, 1, 1, 0.1)));
        run.add((Evidence.Averaged) far);
        assertTrue(PooledMeans.of(run).pValue() < Verifier.FALSE_ALARM, "one of 1,500 decides");
    }

    /** A run of 1,500 averages of 16 values that are all claimed 0.1 spreads too high is refuted by their sum. */
    @Test
    void averagesMayBeEnoughTogether() {
        Evidence right = new Evidence.Averaged(1, 16, 1, 1, 0.1);
        for (double shift : new double[] {0.001, 0.1}) {
            Evidence wrong = new Evidence.Averaged(1, 16, 1 + shift, 1, 0.1);
            SurvivalOdds.Count count = new SurvivalOdds.Count("");
            SurvivalOdds.Count twoSided = new SurvivalOdds.Count("");
            for (int i = 0; i < 400; i++) {
                count.add(wrong, right);
                twoSided.add(i % 2 == 0 ? wrong : right, i % 2 == 0 ? right : wrong);
            }
            assertEquals(shift == 0.1, count.odds(1500, 1e-5) < 1e-8, "shift " + shift);
            assertEquals(1, twoSided.odds(1500, 1e-5), "shifts in both directions may cancel");
        }
    }

    /** Of averages whose variance alone is known, noise has one deviation, and shifts are in units of it. */
    @Test
    void heavyAveragesMayBeEnoughTogether() {
        for (double shift : new double[] {0.02, 0.75}) {
            SurvivalOdds.Count count = new SurvivalOdds.Count("");
            SurvivalOdds.Count twoSided = new SurvivalOdds.Count("");
            SurvivalOdds.Count rare = new SurvivalOdds.Count("");
            for (int i = 0; i < 25_600; i++) {
                double noise = i % 2 == 0 ? 0.5 : -0.5;
                Evidence right = averaged(3 + noise, 3);
                Evidence wrong = averaged(3 + noise, 3 + shift / 2);
                count.add(wrong, right);
                twoSided.add(i % 4 < 2 ? wrong : right, i % 4 < 2 ? right : wrong);
                rare.add(i % 50 == 0 ? wrong : averaged(1, 1, Double.POSITIVE_INFINITY), right);
            }
            assertEquals(shift == 0.75, count.odds(1500, 1e-6) < 1e-7, "shift " + shift);
            assertEquals(1, twoSided.odds(1500, 1e-6), "shifts in both directions may cancel");
            assertEquals(1, rare.odds(1500, 1e-6), "30 of a run say too little");
        }
        List<Evidence.Averaged> run = new ArrayList<>();
        for (int i = 0; i < 1500; i++) {
            run.add((Evidence.Averaged) averaged(i % 2 == 0 ? 3.5 : 2.5, 3 + 0.75 / 2));
        }
        assertTrue(PooledMeans.of(run).pValue() < Verifier.FALSE_ALARM, "a run of such averages is refuted");
    }

    /** Of four values of variance 1. */
    private static Evidence averaged(double average, double mean) {
        return averaged(average, mean, 1);
    }

    private static Evidence averaged(double average, double mean, double variance) {
        return new Evidence.Averaged(average, 4, mean, variance, Double.POSITIVE_INFINITY);
    }

    @Test
    void boundsThatMayFailHaveToBeExceededTooOften() {
        Evidence exceeds = new Evidence.Bounded(2, 1, 1, 0.05);
        Evidence keeps = new Evidence.Bounded(0.5, 1, 1, 0.05);
        assertTrue(count(400, 20, exceeds, keeps).odds(1500, 1e-5) > 0.9, "as often as they may");
        assertTrue(count(400, 200, exceeds, keeps).odds(1500, 1e-5) < 1e-20);
    }

    @Test
    void lawsHaveToBeFarFromUniform() {
        SurvivalOdds.Count uniform = new SurvivalOdds.Count("");
        SurvivalOdds.Count squared = new SurvivalOdds.Count("");
        for (int i = 0; i < 1600; i++) {
            double place = (i + 0.5) / 1600;
            uniform.add(new Evidence.Placed(place));
            squared.add(new Evidence.Placed(place * place));
        }
        assertEquals(1, uniform.odds(1500, 1e-5));
        Evidence impossible = new Evidence.Placed(1);
        assertEquals(0, StatisticalTest.pValue(List.of(new Evidence.Placed(0.5), impossible)));
        assertTrue(count(400, 40, impossible, new Evidence.Placed(0.5)).odds(1500, 1e-5) < 1e-20);
        // distance 1/4 at place 1/4; margins √(ln(12e5)/3200) = 0.066 and √(ln(6e4)/3000) = 0.061
        double odds = squared.odds(1500, 1e-5);
        assertTrue(odds < 2 * Math.exp(-3000 * 0.115 * 0.115) && odds > 2 * Math.exp(-3000 * 0.13 * 0.13), "" + odds);
    }
}
