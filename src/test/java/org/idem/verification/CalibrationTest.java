package org.idem.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.theorem.Claim;
import org.idem.theorem.Configuration;
import org.idem.theorem.Dimension;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    /** Says that a uniform number is uniform, or that its square is. */
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
            return new Observation.Seen(Array.of(new double[] {right ? u : u * u}));
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

    private static Calibration of(boolean right) {
        return Calibration.of(List.of(new Uniform(right)), 1, 100, 0.05, 400, Progress.SILENT);
    }

    @Test
    void trueLawsAreRefutedAsOftenAsDeclaredAtMost() {
        Calibration calibration = of(true);
        assertTrue(calibration.holds());
        // the bound of Bonferroni over three tests of the same places is not far from being attained
        assertTrue(calibration.alarms() > 0 && calibration.upper() < 0.1, calibration.toString());
        assertEquals(calibration, of(true));
    }

    @Test
    void falseLawsAreNot() {
        Calibration calibration = of(false);
        assertEquals(400, calibration.alarms());
        assertEquals(1, calibration.upper());
        assertFalse(calibration.holds());
    }

    @Test
    void everyRunIsHeardOf() {
        List<Long> heard = new ArrayList<>();
        Calibration.of(List.of(new Uniform(true)), 1, 2, 0.5, 3, (name, done, all) -> heard.add(done));
        assertEquals(List.of(1L, 2L, 3L), heard);
        assertThrows(IllegalArgumentException.class, () -> Calibration.of(List.of(), 1, 2, 0.5, 0, Progress.SILENT));
    }
}
