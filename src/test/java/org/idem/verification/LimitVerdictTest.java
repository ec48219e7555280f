package org.idem.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.space.Axis;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.statistics.ClopperPearson;
import org.idem.theorem.Claim;
import org.idem.theorem.Claim.Discrepancy;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Rate;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;
import org.junit.jupiter.api.Test;

/** What trials say of a claimed limit. */
class LimitVerdictTest {
    private static final Axis.Whole N = new Axis.Whole("n");

    /**
     * Says that discrepancies shrink like ε, which they do up to chance.
     *
     * @param failing share of the configurations in which they do not shrink at all
     */
    private record Shrinking(double failing) implements Theorem<Configuration> {
        @Override
        public String id() {
            return "shrinking";
        }

        @Override
        public Statement statement() {
            return new Statement("ε tends to 0", "\\varepsilon \\to 0", "none", "made up");
        }

        @Override
        public List<Dimension> space() {
            return List.of(N.from(1, 99));
        }

        @Override
        public Configuration scenario(Configuration configuration) {
            return configuration;
        }

        @Override
        public Observation observe(Configuration at) {
            SplittableRandom random = new SplittableRandom(at.seed());
            double fine = random.nextDouble() < failing ? 1 : random.nextDouble(0.2, 0.3);
            return new Observation.Seen(Array.of(new double[] {1, fine}, 2, 1));
        }

        @Override
        public Claim claim(Configuration at) {
            return like(1);
        }

        private static Claim like(double exponent) {
            return new Claim.Limit(
                    List.of(Rate.exactly(exponent)), row -> List.of(new Discrepancy(row.values()[0], 1e-9)));
        }

        @Override
        public List<FalseVariant<Configuration>> falseVariants() {
            return List.of(
                    new FalseVariant.WrongClaim<>("like its square", at -> like(2)),
                    new FalseVariant.WrongClaim<>("like its root", at -> like(0.5)));
        }
    }

    private static TheoremResult verify(double failing, int trials) {
        Verifier run = new Verifier(trials, 5, 0.99);
        return run.concluded(List.of(run.verify(new Shrinking(failing), 1, Progress.SILENT)))
                .get(0);
    }

    private static int missed(TheoremResult result) {
        return (int) result.entries().stream()
                .filter(entry -> entry.evidence() instanceof org.idem.theorem.Evidence.Shrunk one && !one.holds())
                .count();
    }

    @Test
    void fewMissesConfirmWithTheirExactLimit() {
        TheoremResult result = verify(0.03, 800);
        Verdict.LimitConfirmed verdict = assertInstanceOf(Verdict.LimitConfirmed.class, result.verdict());
        assertEquals(missed(result), verdict.missed());
        assertEquals(ClopperPearson.upperLimit(missed(result), 800, 1 - verdict.confidence()), verdict.limit());
        assertTrue(verdict.limit() < Claim.Limit.CONFIRMED_BELOW);
        assertTrue(
                verdict.guarantee().endsWith("confidence 99 %; a statement about these ε, not a proof of the limit"),
                verdict.guarantee());
        assertEquals("confirmed", verdict.word());
        assertEquals(2, result.refutedVariants());
    }

    @Test
    void manyMissesRefuteWithTheirExactLimit() {
        TheoremResult result = verify(0.5, 800);
        Verdict.LimitRefuted verdict = assertInstanceOf(Verdict.LimitRefuted.class, result.verdict());
        assertEquals(ClopperPearson.lowerLimit(missed(result), 800, verdict.level()), verdict.least());
        assertTrue(verdict.least() > Claim.Limit.REFUTED_ABOVE);
        assertTrue(verdict.guarantee().contains("where 25 % may"), verdict.guarantee());
        assertTrue(verdict.guarantee().endsWith("a statement about these ε"), verdict.guarantee());
        assertEquals("refuted", verdict.word());
    }

    @Test
    void betweenThemNothingIsDecided() {
        Verdict verdict = verify(0.17, 800).verdict();
        assertInstanceOf(Verdict.LimitOpen.class, verdict);
        assertEquals("undecided", verdict.word());
        assertTrue(
                verdict.guarantee().contains("to confirm takes less than 10 %, to refute more"), verdict.guarantee());
    }

    @Test
    void fewTrialsAreTooFew() {
        Verdict verdict = verify(0, 20).verdict();
        assertInstanceOf(Verdict.LimitOpen.class, verdict);
        assertEquals("underpowered", verdict.word());
        assertTrue(
                verdict.guarantee()
                        .startsWith("no guarantee: 0 of 20 trials missed a claimed rate, so it may be missed on"),
                verdict.guarantee());
        assertTrue(verdict.guarantee().endsWith("which more trials may show"), verdict.guarantee());
    }

    @Test
    void theTestOfTheLevelIsTheLowerLimit() {
        for (int failed : new int[] {30, 40, 60}) {
            double least = ClopperPearson.lowerLimit(failed, 100, 1e-4);
            assertEquals(
                    least > Claim.Limit.REFUTED_ABOVE,
                    StatisticalTest.tooMany(failed, 100, Claim.Limit.REFUTED_ABOVE) < 1e-4);
        }
    }
}
