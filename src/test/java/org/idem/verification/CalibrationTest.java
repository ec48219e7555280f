package org.idem.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.execution.Share;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.statistics.BinomialTail;
import org.idem.theorem.Claim;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    /** Says that a uniform number is uniform, or that its fourth power is. */
    private record Uniform(boolean right) implements Theorem<Double> {
        @Override
        public String id() {
            return "uniform";
        }

        @Override
        public Statement statement() {
            return new Statement("a law", "u", "none", "made up");
        }

        @Override
        public List<Dimension> space() {
            return List.of(new Dimension.Whole("one", 1, 1));
        }

        @Override
        public Double scenario(Configuration configuration) {
            return new SplittableRandom(configuration.seed()).nextDouble();
        }

        @Override
        public Observation observe(Double u) {
            return new Observation.Seen(Array.of(new double[] {right ? u : Math.pow(u, 4)}));
        }

        @Override
        public Claim claim(Double u) {
            return new Claim.Law(seen -> seen.values()[0], x -> x);
        }

        @Override
        public List<FalseVariant<Double>> falseVariants() {
            return List.of();
        }
    }

    private static final int RUNS = 1500;

    private static final double LEVEL = 0.05;

    private final long seed = new SecureRandom().nextLong();

    private Calibration of(boolean right, int runs) {
        return Calibration.of(List.of(new Uniform(right)), seed, 100, LEVEL, runs, Share.ALL, Progress.SILENT);
    }

    /**
     * A run raises an alarm with probability at most the level, and at least a third of it: that of the χ² test of the
     * squares, one of three that share the level and exact. So either bound fails with probability below 10⁻⁹.
     */
    @Test
    void trueLawsAreRefutedAsOftenAsDeclaredAtMost() {
        Calibration calibration = of(true, RUNS);
        String what = calibration + ", seed " + seed;
        assertTrue(BinomialTail.atLeast(calibration.alarms(), RUNS, LEVEL) > 1e-9, what);
        assertTrue(BinomialTail.atMost(calibration.alarms(), RUNS, LEVEL / 3) > 1e-9, what);
        assertEquals(calibration, of(true, RUNS));
    }

    /** Scores Φ⁻¹(u⁴) have a mean below −1 and a deviation below 1: ten deviations of an average of 100. */
    @Test
    void falseLawsAreNot() {
        Calibration calibration = of(false, 400);
        assertEquals(400, calibration.alarms(), "seed " + seed);
        assertEquals(1, calibration.upper());
        assertFalse(calibration.holds());
    }

    /** Limits of Clopper and Pearson at the declared level: 5 alarms of 100 agree with 5 %, 12 do not. */
    @Test
    void alarmsAreHeldAgainstTheLevel() {
        assertTrue(new Calibration(1, 1, LEVEL, 100, 5).holds());
        assertFalse(new Calibration(1, 1, LEVEL, 100, 12).holds());
    }

    @Test
    void everyRunIsHeardOf() {
        List<Long> heard = new ArrayList<>();
        Calibration.of(List.of(new Uniform(true)), 1, 2, 0.5, 3, Share.ALL, (name, done, all) -> heard.add(done));
        assertEquals(List.of(1L, 2L, 3L), heard);
        assertThrows(
                IllegalArgumentException.class,
                () -> Calibration.of(List.of(), 1, 2, 0.5, 0, Share.ALL, Progress.SILENT));
    }
}
