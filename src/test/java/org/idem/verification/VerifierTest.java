package org.idem.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.idem.array.Array;
import org.idem.space.Axis;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Claim;
import org.idem.theorem.Evidence;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every run draws its trials from a fresh seed. What a test says of them holds for all draws, or fails with probability
 * below 1e-13: that among 400 trials or more the share of a kind differs by 0.2 from its probability (Hoeffding).
 */
class VerifierTest {
    private static final Axis.Whole N = new Axis.Whole("n");

    private static final long SEED = new SecureRandom().nextLong();

    /** Says that n is n, which is wrong from some n on, and says nothing up to another. */
    record Counting(int wrongFrom, int silentBelow) implements Theorem<Integer> {
        /** Far below the budget, but what is seen is no copy of what is claimed. */
        private static final double OFF = 0x1p-10;

        @Override
        public String id() {
            return "counting";
        }

        @Override
        public Statement statement() {
            return new Statement("n is n", "n = n", "none", "made up");
        }

        @Override
        public List<Dimension> space() {
            return List.of(N.from(1, 99), new Dimension.Choice("colour", List.of("red", "blue")));
        }

        @Override
        public Integer scenario(Configuration configuration) {
            return configuration.get(N);
        }

        @Override
        public Observation observe(Integer n) {
            return n < silentBelow
                    ? new Observation.Nothing(new Evidence.NotConverged("too small"))
                    : new Observation.Seen(Array.of(new double[] {n - OFF}));
        }

        @Override
        public Claim claim(Integer n) {
            return equal(n >= wrongFrom ? n + 0.5 : n);
        }

        private static Claim equal(double value) {
            return new Claim.Equality(Array.of(new double[] {value}), Array.of(new double[] {0.25}));
        }

        @Override
        public List<FalseVariant<Integer>> falseVariants() {
            return List.of(
                    new FalseVariant.WrongClaim<>("n is 0", n -> equal(0)),
                    new FalseVariant.WrongConstruction<>("n + 1 is n", n -> n + 1),
                    new FalseVariant.WrongClaim<>("not wrong at all", n -> equal(n)));
        }
    }

    @BeforeAll
    static void print() {
        System.out.println("VerifierTest: trials drawn from seed " + SEED);
    }

    private static TheoremResult verify(Counting theorem, int trials) {
        return new Verifier(trials, SEED, 0.99).verify(theorem, 1, Progress.SILENT);
    }

    @Test
    void withoutContradictionTheLimitIsThatOfClopperAndPearson() {
        TheoremResult result = verify(new Counting(1000, 0), 200);
        Verdict.Confirmed verdict = assertInstanceOf(Verdict.Confirmed.class, result.verdict());
        // no failure in n trials: the limit p solves (1 − p)ⁿ = α; both sides are correct to a few roundings
        double expected = -Math.expm1(Math.log(0.01) / 200);
        assertEquals(expected, verdict.violationShare(), 1000 * Math.ulp(expected));
        assertEquals("violated on less than 2.3 % of its configurations, confidence 99 %", verdict.guarantee());
        assertEquals(200, result.tally().decided());
    }

    @Test
    void severalTheoremsShareTheConfidence() {
        TheoremResult result = new Verifier(200, SEED, 0.99).verify(new Counting(1000, 0), 10, Progress.SILENT);
        double expected = -Math.expm1(Math.log(0.001) / 200);
        assertEquals(expected, ((Verdict.Confirmed) result.verdict()).violationShare(), 1000 * Math.ulp(expected));
    }

    @Test
    void aFalseTheoremIsRefutedByItsSmallestCounterexample() {
        Verdict.Refuted verdict = assertInstanceOf(
                Verdict.Refuted.class, verify(new Counting(17, 0), 50).verdict());
        assertEquals(17, verdict.smallest().get(N));
        assertEquals("red", verdict.smallest().get(new Axis.Text("colour")));
        assertEquals(0.5 + 0x1p-10, verdict.evidence().measured());
        assertTrue(verdict.guarantee().contains("n=17 colour=red seed="), verdict.guarantee());
        assertEquals("refuted", verdict.word());
    }

    @Test
    void silentTrialsAreCountedAndNamed() {
        TheoremResult result = verify(new Counting(1000, 40), 400);
        long silent = result.entries().stream()
                .filter(entry -> entry.configuration().get(N) < 40)
                .count();
        assertEquals(silent, result.tally().notConverged());
        assertTrue(result.verdict().guarantee().contains("% of its configurations that decide"));
        assertTrue(result.verdict().guarantee().contains("not converged"));
    }

    @Test
    void whereHardlyAnyTrialDecidesThereIsNoVerdict() {
        TheoremResult result = verify(new Counting(1000, 95), 400);
        assertInstanceOf(Verdict.Undecided.class, result.verdict());
        assertEquals("not converged", result.verdict().word());
        assertTrue(
                result.verdict().guarantee().startsWith("only " + result.tally().decided() + " of 400"));
    }

    @Test
    void aGuaranteeThatAllowsMostOfTheSpaceIsNone() {
        // six trials without contradiction leave 1 − 0.01^(1/6) = 0.54, seven 0.48
        Verdict verdict = verify(new Counting(1000, 0), 6).verdict();
        assertInstanceOf(Verdict.Underpowered.class, verdict);
        assertEquals("underpowered", verdict.word());
        assertEquals(
                "no guarantee: after only 6 trials most of its configurations may violate it", verdict.guarantee());
        assertTrue(verify(new Counting(1000, 0), 7).verdict().isConfirmation());
    }

    @Test
    void variantsAreRefutedUnlessTheyAreTrue() {
        TheoremResult result = verify(new Counting(1000, 0), 100);
        assertEquals(2, result.refutedVariants());
        assertEquals(
                1, result.variants().get(0).counterexample().configuration().get(N));
        assertEquals(
                1, result.variants().get(1).counterexample().configuration().get(N));
        assertTrue(!result.variants().get(2).refuted());
    }

    @Test
    void theSeedDecidesEverything() {
        assertEquals(
                verify(new Counting(30, 5), 150).entries(),
                verify(new Counting(30, 5), 150).entries());
        List<Long> heard = new ArrayList<>();
        new Verifier(150, SEED, 0.99).verify(new Counting(30, 5), 1, (id, done, all) -> heard.add(done));
        assertEquals(150, heard.get(heard.size() - 1));
    }

    @Test
    void impossibleRunsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Verifier(0, 1, 0.99));
        assertThrows(IllegalArgumentException.class, () -> new Verifier(1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Verifier(1, 1, Double.NaN));
    }

    @Test
    void aGuaranteeDecidesHowManyTrialsItTakes() {
        // half of the trials decide; without contradiction 459 deciding ones say "less than 1 %" at 99 %
        TheoremResult result = new Verifier(new Effort.Guarantee(0.01), SEED, 0.99, 1e-4)
                .verify(new Counting(1000, 50), 1, Progress.SILENT);
        Verdict.Confirmed verdict = assertInstanceOf(Verdict.Confirmed.class, result.verdict());
        assertTrue(verdict.violationShare() < 0.01);
        assertTrue(result.tally().decided() >= 459);
        // whole blocks are run, no more
        assertTrue(result.tally().decided() < 459 + Verifier.BLOCK);
    }

    @Test
    void aGuaranteeOutOfReachLeavesTheTheoremUndecided() {
        TheoremResult result = new Verifier(new Effort.Guarantee(0.01), SEED, 0.99, 1e-4)
                .verify(new Counting(1000, 95), 1, Progress.SILENT);
        assertEquals("not converged", result.verdict().word());
        assertEquals(4 * 459, result.tally().trials());
    }

    @Test
    void allTestsOfARunAreCorrectedTogether() {
        // each of ten tests alone is refuted below 1e-3; with one p-value of 1e-9 gone, nine share the 1e-2
        Verifier run = new Verifier(new Effort.Trials(1), 1, 0.99, 1e-2);
        List<TheoremResult> results = new ArrayList<>();
        for (double pValue : new double[] {1e-9, 1.05e-3, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5}) {
            results.add(exceeding(pValue));
        }
        List<TheoremResult> concluded = run.concluded(results);
        assertTrue(concluded.get(0).verdict().isRefutation());
        Verdict.Improbable second =
                assertInstanceOf(Verdict.Improbable.class, concluded.get(1).verdict());
        assertEquals(1.05e-3, second.pValue());
        assertEquals(1e-2 / 9, second.level());
        assertEquals(results.subList(2, 10), concluded.subList(2, 10));
    }

    /** One trial that exceeds a bound with a failure probability equal to its p-value. */
    private static TheoremResult exceeding(double pValue) {
        Counting theorem = new Counting(1000, 0);
        Evidence evidence = new Evidence.Bounded(2, 1, 1, pValue);
        Tally tally = Tally.of(List.of(evidence));
        return new TheoremResult(
                theorem,
                new Verdict.BoundConfirmed(pValue, 1, 1, 0.99, tally),
                List.of(new TheoremResult.Entry(theorem.draw(1), evidence)),
                List.of(),
                null);
    }

    /** One of the variants of {@link Counting} is the theorem itself. */
    @Test
    void aFalseVariantThatStandsLeavesOnlyAUsualRunUndecided() {
        Theorem<Integer> theorem = new Counting(Integer.MAX_VALUE, 0);
        TheoremResult brief = new Verifier(Effort.USUAL_TRIALS - 1, SEED, 0.99).verify(theorem, 1, Progress.SILENT);
        assertTrue(brief.verdict().isConfirmation());
        TheoremResult usual = new Verifier(Effort.USUAL_TRIALS, SEED, 0.99).verify(theorem, 1, Progress.SILENT);
        Verdict.Insensitive verdict = assertInstanceOf(Verdict.Insensitive.class, usual.verdict());
        assertEquals(List.of("not wrong at all"), verdict.variants());
        assertEquals("undecided", verdict.word());
    }
}
