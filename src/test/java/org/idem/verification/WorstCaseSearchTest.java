package org.idem.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
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

class WorstCaseSearchTest {
    /**
     * Measures a hill over the plane, with its top at (700, 300), against a limit.
     *
     * @param limit the hill is 1 high
     * @param failure probability with which the limit may be exceeded; if any, the hill is multiplied by a random
     *     number
     */
    private record Hill(double limit, double failure) implements Theorem<Configuration> {
        @Override
        public String id() {
            return "hill";
        }

        @Override
        public Statement statement() {
            return new Statement("a hill is low", "h \\le 1", "none", "made up");
        }

        @Override
        public List<Dimension> space() {
            return List.of(
                    new Dimension.Whole("east", 0, 999),
                    new Dimension.Whole("north", 0, 999),
                    new Dimension.Choice("ground", List.of("valley", "hill")));
        }

        @Override
        public Configuration scenario(Configuration configuration) {
            return configuration;
        }

        @Override
        public Observation observe(Configuration at) {
            double distance = Math.hypot(at.whole("east") - 700, at.whole("north") - 300) / 1000;
            double height = at.word("ground").equals("hill") ? 1 / (1 + distance) : 0.01;
            double luck = failure > 0 ? 2 * new SplittableRandom(at.seed()).nextDouble() : 1;
            return new Observation.Seen(Array.of(new double[] {height * luck}));
        }

        @Override
        public Claim claim(Configuration at) {
            return new Claim.UpperBound(limit, limit, failure);
        }

        @Override
        public List<FalseVariant<Configuration>> falseVariants() {
            return List.of();
        }
    }

    private static TheoremResult verify(Hill theorem) {
        return new Verifier(40, 3, 0.99).verify(theorem, 1, Progress.SILENT);
    }

    private static WorstCase worst(TheoremResult result) {
        return new WorstCaseSearch(5).of(result, Progress.SILENT).orElseThrow();
    }

    @Test
    void theSearchClimbsAboveTheTrials() {
        TheoremResult result = verify(new Hill(2, 0));
        WorstCase worst = worst(result);
        assertTrue(worst.ratio() > worst.among(), worst.toString());
        assertTrue(worst.ratio() > 0.48 && worst.ratio() <= 0.5, worst.toString());
        assertEquals("hill", worst.configuration().word("ground"));
        assertEquals(worst, worst(result));
        assertSame(result, new WorstCaseSearch(5).concluded(result, worst));
    }

    @Test
    void aContradictionThatTrialsMissedIsShrunkAndRefutes() {
        // only the hill's top is too high: trials miss it
        TheoremResult result = verify(new Hill(0.96, 0));
        assertTrue(result.verdict().isConfirmation());
        WorstCase worst = worst(result);
        assertTrue(worst.ratio() > 1, worst.toString());
        TheoremResult concluded = new WorstCaseSearch(5).concluded(result, worst);
        Verdict.Refuted refuted = assertInstanceOf(Verdict.Refuted.class, concluded.verdict());
        assertTrue(refuted.evidence().contradicts());
    }

    @Test
    void luckIsAveragedOut() {
        TheoremResult result = verify(new Hill(2, 0.25));
        WorstCase worst = worst(result);
        assertTrue(worst.mean());
        // the mean of the luck is 1; that of 32 networks has the deviation 0.1, and the seed is fixed
        assertTrue(worst.ratio() < 0.75, worst.toString());
        assertSame(result, new WorstCaseSearch(5).concluded(result, worst));
    }
}
