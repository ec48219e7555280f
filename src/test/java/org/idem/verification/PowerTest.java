package org.idem.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

class PowerTest {
    /** Says that a uniform number lies below 1 − failure, except with the probability of failure. */
    private record Uniform(double failure) implements Theorem<Double> {
        @Override
        public String id() {
            return "uniform";
        }

        @Override
        public Statement statement() {
            return new Statement("u is small", "u < 1", "none", "made up");
        }

        @Override
        public List<Dimension> space() {
            return List.of(new Dimension.Choice("colour", List.of("red")));
        }

        @Override
        public Double scenario(Configuration configuration) {
            return new SplittableRandom(configuration.seed()).nextDouble();
        }

        @Override
        public Observation observe(Double u) {
            return new Observation.Seen(Array.of(new double[] {u}));
        }

        @Override
        public Claim claim(Double u) {
            return new Claim.UpperBound(1 - failure, 1 - failure, failure);
        }

        @Override
        public List<FalseVariant<Double>> falseVariants() {
            return List.of(new FalseVariant.WrongClaim<>("half as large", u -> claim(u).off(0.5)));
        }
    }

    private static final Power POWER = new Power(200, 1, 1e-4);

    @Test
    void oneTrialThatContradictsIsEnough() {
        PowerResult result = POWER.of(new VerifierTest.Counting(1000, 0), Progress.SILENT);
        // an error is noticed where n · error > 1/4 for some n up to 99
        assertEquals(5e-3, result.smallestNoticed().orElseThrow(), 1e-12);
        assertEquals(
                new PowerResult.Variant("n is 0", 1, 1, 1), result.variants().get(0));
        assertEquals(
                new PowerResult.Variant("not wrong at all", 0, 0, 0),
                result.variants().get(2));
        assertFalse(result.refutesAllVariants());
    }

    @Test
    void boundsThatMayFailAreJudgedTogether() {
        PowerResult result = POWER.of(new Uniform(0.05), Progress.SILENT);
        // 200 trials must exceed 0.95(1 − error) often enough: P(X ≥ 23) < 1e-4 at a share of 0.05, so nine runs of ten
        // have 23 from a share of about 0.15 on
        assertEquals(0.2, result.smallestNoticed().orElseThrow(), 1e-12);
        assertEquals(
                new PowerResult.Variant("half as large", 64, 64, 1),
                result.variants().get(0));
        assertTrue(result.refutesAllVariants());
    }

    @Test
    void theSeedDecidesEverything() {
        assertEquals(
                POWER.of(new Uniform(0.05), Progress.SILENT).curve(),
                POWER.of(new Uniform(0.05), Progress.SILENT).curve());
    }

    @Test
    void impossibleRunsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Power(0, 1, 0.5));
        assertThrows(IllegalArgumentException.class, () -> new Power(1, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Power(1, 1, Double.NaN));
    }
}
