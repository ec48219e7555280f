package org.idem.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.List;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Claim;
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

    private static final int TRIALS = 200;

    /** Fresh in every run; the tests say how often one fails by chance. */
    private final long seed = new SecureRandom().nextLong();

    private final Power power = new Power(TRIALS, seed, 1e-4);

    /** False alarm below 1e-40: that fewer than one in ten of 200 trials draws an n above 50. */
    @Test
    void oneTrialThatContradictsIsEnough() {
        PowerResult result = power.of(new VerifierTest.Counting(1000, 0), Progress.SILENT);
        // an error is noticed where n · error > 1/4 for some n up to 99: never for 2e-3, from n = 51 on for 5e-3
        assertEquals(5e-3, result.smallestNoticed().orElseThrow(), Math.ulp(5e-3));
        assertEquals(
                new PowerResult.Variant("n is 0", 1, 1, 1), result.variants().get(0));
        assertEquals(
                new PowerResult.Variant("not wrong at all", 0, 0, 0),
                result.variants().get(2));
        assertFalse(result.refutesAllVariants());
    }

    /**
     * An error e is exceeded in a share s = 1 − 0.95(1 − e) of trials, and 24 of 200 make P(X ≥ 24) &lt; 1e-4 at a
     * share of 0.05. A run has 24 with probability 0.17 at e = 0.05, and with 1 − 7e-6 at e = 0.2; at e = 0.1 chance
     * decides. The other two are told apart but with probability 1e-6: for another answer, the 800 trials from which
     * all runs are taken would have to have a share five deviations from s.
     */
    @Test
    void boundsThatMayFailAreJudgedTogether() {
        PowerResult result = power.of(new Uniform(0.05), Progress.SILENT);
        double noticed = result.smallestNoticed().orElseThrow();
        assertTrue(noticed > 0.05 && noticed < 0.3, noticed + ", seed " + seed);
        assertTrue(result.refutesAllVariants());
    }

    /**
     * Half of the bound is exceeded in 105 of 200 trials: each first look of a run sees it, so looks show in results.
     */
    @Test
    void looksAtManyTrialsWhenAVerifierDoes() {
        for (int trials : new int[] {TRIALS, Verifier.BLOCK, Verifier.BLOCK + TRIALS}) {
            int firstLook = Math.min(trials, Verifier.BLOCK);
            PowerResult result = new Power(trials, seed, 1e-4).of(new Uniform(0.05), Progress.SILENT);
            assertEquals(
                    new PowerResult.Variant("half as large", firstLook, firstLook, 1),
                    result.variants().get(0),
                    trials + " trials, seed " + seed);
        }
    }

    @Test
    void theSeedDecidesEverything() {
        assertEquals(
                power.of(new Uniform(0.05), Progress.SILENT).curve(),
                power.of(new Uniform(0.05), Progress.SILENT).curve());
    }

    @Test
    void impossibleRunsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Power(0, 1, 0.5));
        assertThrows(IllegalArgumentException.class, () -> new Power(1, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Power(1, 1, Double.NaN));
    }
}
