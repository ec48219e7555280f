package org.idem.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.space.Axis;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Claim;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;
import org.junit.jupiter.api.Test;

class WorstCaseSearchTest {
    private static final Axis.Whole EAST = new Axis.Whole("east");
    private static final Axis.Text GROUND = new Axis.Text("ground");
    private static final Axis.Whole NORTH = new Axis.Whole("north");

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
            return List.of(EAST.from(0, 999), NORTH.from(0, 999), GROUND.among(List.of("valley", "hill")));
        }

        @Override
        public Configuration scenario(Configuration configuration) {
            return configuration;
        }

        @Override
        public Observation observe(Configuration at) {
            double distance = Math.hypot(at.get(EAST) - 700, at.get(NORTH) - 300) / 1000;
            double height = at.get(GROUND).equals("hill") ? 1 / (1 + distance) : 0.01;
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

    private static final Duration LONG = Duration.ofDays(1);

    /** Runs of a test, each with trials and a search of its own. */
    private static final int RUNS = 20;

    private final long first = new SecureRandom().nextLong();

    private static TheoremResult verify(Hill theorem, long seed) {
        return new Verifier(40, seed, 0.99).verify(theorem, 1, Progress.SILENT);
    }

    private static WorstCase worst(TheoremResult result, long seed) {
        return new WorstCaseSearch(seed, LONG).of(result, Progress.SILENT).orElseThrow();
    }

    /**
     * No search ends below its trials. One comes within 4 % of the top with a probability above 0.9 (all of 200 did),
     * so fewer than half of 20 do with probability below 10⁻⁶.
     */
    @Test
    void theSearchClimbsAboveTheTrials() {
        int near = 0;
        for (long seed = first; seed < first + RUNS; seed++) {
            TheoremResult result = verify(new Hill(2, 0), seed);
            WorstCase worst = worst(result, ~seed);
            assertTrue(worst.ratio() >= worst.among() && worst.ratio() <= 0.5, worst + ", seed " + seed);
            assertEquals(worst, worst(result, ~seed));
            assertSame(result, new WorstCaseSearch(~seed, LONG).concluded(result, worst));
            near += worst.ratio() > 0.48 && worst.configuration().get(GROUND).equals("hill") ? 1 : 0;
        }
        assertTrue(near >= RUNS / 2, near + " of " + RUNS + " came near the top, first seed " + first);
    }

    /** One round of tries, whatever the time, and none after it. */
    @Test
    void timeEndsTheSearch() {
        TheoremResult result = verify(new Hill(2, 0), first);
        WorstCase worst = new WorstCaseSearch(first, Duration.ZERO)
                .of(result, Progress.SILENT)
                .orElseThrow();
        WorstCase whole = worst(result, first);
        assertTrue(worst.stopped() && !whole.stopped());
        assertTrue(worst.tried() > 0 && worst.tried() < whole.tried(), worst + " " + whole);
        assertTrue(worst.ratio() >= worst.among() && worst.ratio() <= whole.ratio(), worst + " " + whole);
    }

    /**
     * Only the hill's top is too high: the trials of a run miss it with a probability near 0.86 (172 of 200), and all
     * of those 172 searches found it. A quarter of 20 runs miss it, and half of those find it, but with probability
     * below 10⁻⁶.
     */
    @Test
    void aContradictionThatTrialsMissedIsShrunkAndRefutes() {
        int missed = 0;
        int found = 0;
        for (long seed = first; seed < first + RUNS; seed++) {
            TheoremResult result = verify(new Hill(0.96, 0), seed);
            if (result.verdict().isRefutation()) {
                continue;
            }
            missed++;
            WorstCase worst = worst(result, ~seed);
            TheoremResult concluded = new WorstCaseSearch(~seed, LONG).concluded(result, worst);
            assertEquals(worst.ratio() > 1, concluded.verdict().isRefutation(), worst + ", seed " + seed);
            if (worst.ratio() > 1) {
                found++;
                Verdict.Refuted refuted = assertInstanceOf(Verdict.Refuted.class, concluded.verdict());
                assertTrue(refuted.evidence().contradicts());
            }
        }
        assertTrue(missed >= RUNS / 4, missed + " of " + RUNS + " missed the top, first seed " + first);
        assertTrue(found >= missed / 2, found + " of " + missed + " searches found the top, first seed " + first);
    }

    /**
     * The mean of the luck is 1. That of 32 networks, drawn anew after the search, exceeds 1.6 with probability 10⁻⁸
     * (an Irwin–Hall law; six deviations), so that the ratio is above 0.8 in none of 20 runs; luck that is not averaged
     * out would take it to 1.
     */
    @Test
    void luckIsAveragedOut() {
        for (long seed = first; seed < first + RUNS; seed++) {
            TheoremResult result = verify(new Hill(2, 0.25), seed);
            WorstCase worst = worst(result, ~seed);
            assertTrue(worst.mean());
            assertTrue(worst.ratio() < 0.8, worst + ", seed " + seed);
            assertSame(result, new WorstCaseSearch(~seed, LONG).concluded(result, worst));
        }
    }
}
