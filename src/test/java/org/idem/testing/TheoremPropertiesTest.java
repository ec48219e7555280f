package org.idem.testing;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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

/** The base class fails where it should. */
class TheoremPropertiesTest {
    private static final Axis.Whole N = new Axis.Whole("n");

    /**
     * Says that n is n.
     *
     * @param offset what observation really adds
     * @param wrong what the false variant adds
     * @param calls counts observations
     * @param restless whether a part of their number is added as well, so that no trial is like the other
     * @param least the smallest n at which the offset is added, and the one that is no trial
     * @param unseen observations after which the false variant begins to be wrong
     */
    private record Same(int offset, int wrong, AtomicInteger calls, boolean restless, int least, int unseen)
            implements Theorem<Integer> {
        @Override
        public String id() {
            return "same";
        }

        @Override
        public Statement statement() {
            return new Statement("n is n", "n = n", "none", "made up");
        }

        @Override
        public List<Dimension> space() {
            return List.of(
                    N.from(1, 9), new Dimension.Real("x", 0, 1), new Dimension.Choice("word", List.of("one", "two")));
        }

        @Override
        public Integer scenario(Configuration configuration) {
            return configuration.get(N);
        }

        @Override
        public Observation observe(Integer n) {
            int call = calls.incrementAndGet();
            return new Observation.Seen(
                    Array.of(new double[] {n + (n < least ? 0 : offset) + (restless ? 0.001 * call : 0)}));
        }

        @Override
        public double cost(Configuration configuration) {
            return configuration.get(N) == least ? Double.POSITIVE_INFINITY : 1;
        }

        private static Claim equal(double value) {
            return new Claim.Equality(Array.of(new double[] {value}), Array.of(new double[] {0.5}));
        }

        @Override
        public Claim claim(Integer n) {
            return equal(n);
        }

        @Override
        public List<FalseVariant<Integer>> falseVariants() {
            return List.of(new FalseVariant.WrongClaim<>(
                    "n is more", n -> equal(n + (calls.get() > unseen ? wrong : 0))));
        }
    }

    private static final class Properties extends TheoremProperties {
        Properties(Same theorem, int trials) {
            super(theorem, trials);
        }
    }

    private static Same same(int offset, int wrong) {
        return new Same(offset, wrong, new AtomicInteger(), false, 0, 0);
    }

    @Test
    void aTrueTheoremPasses() {
        Same theorem = same(0, 1);
        Properties properties = new Properties(theorem, 30);
        Configuration configuration = theorem.draw(1);
        properties.observationAgreesWithTheClaim(configuration);
        properties.aReplayLineReproducesItsTrial(configuration);
        properties.theTheoremIsConfirmedAndEveryFalseVariantRefuted(1);
        // of nine values in 200 draws hardly any is missed; all the same: probability below 10⁻¹⁰⁰
        assertTrue(properties
                        .configurations()
                        .sampleStream()
                        .limit(200)
                        .map(one -> one.get(N))
                        .distinct()
                        .count()
                > 1);
    }

    @Test
    void aContradictionFailsWithItsReplayLine() {
        Same theorem = same(1, 2);
        Properties properties = new Properties(theorem, 30);
        Configuration configuration = theorem.draw(1);
        String message = assertThrows(
                        AssertionError.class, () -> properties.observationAgreesWithTheClaim(configuration))
                .getMessage();
        // whatever contradicts is made small: every configuration of this theorem does
        assertTrue(message.contains("idem replay 'same n=1 x=0.0 word=one seed=0'"), message);
        assertTrue(
                assertThrows(AssertionError.class, () -> properties.theTheoremIsConfirmedAndEveryFalseVariantRefuted(1))
                        .getMessage()
                        .contains("same is not confirmed"));
    }

    /** What is made small must still contradict, so n is at least 5, and must be possible, which 5 is not. */
    @Test
    void aContradictionIsMadeSmallOnlyAsFarAsItStays() {
        Same theorem = new Same(1, 2, new AtomicInteger(), false, 5, 0);
        Properties properties = new Properties(theorem, 30);
        Configuration large = Configuration.parse(theorem.space(), "n=9 x=0.5 word=two seed=3");
        String message = assertThrows(AssertionError.class, () -> properties.observationAgreesWithTheClaim(large))
                .getMessage();
        assertTrue(message.contains("idem replay 'same n=6 x=0.0 word=one seed=0'"), message);
    }

    @Test
    void aVariantThatIsNotRefutedFails() {
        Properties properties = new Properties(same(0, 0), 30);
        assertTrue(
                assertThrows(AssertionError.class, () -> properties.theTheoremIsConfirmedAndEveryFalseVariantRefuted(1))
                        .getMessage()
                        .contains("'n is more' was not refuted by 120 trials"));
    }

    /** One round observes 30 times, the last of four begins after 90 observations. */
    @Test
    void aVariantMayBeRefutedByALaterRound() {
        for (int unseen : new int[] {30, 60, 90, 120}) {
            Same theorem = new Same(0, 1, new AtomicInteger(), false, 0, unseen);
            Properties properties = new Properties(theorem, 30);
            if (unseen < 120) {
                properties.theTheoremIsConfirmedAndEveryFalseVariantRefuted(1);
            } else {
                assertThrows(
                        AssertionError.class, () -> properties.theTheoremIsConfirmedAndEveryFalseVariantRefuted(1));
            }
        }
    }

    @Test
    void aTrialThatDoesNotRepeatItselfFails() {
        Same theorem = new Same(0, 1, new AtomicInteger(), true, 0, 0);
        Properties properties = new Properties(theorem, 30);
        Configuration configuration = theorem.draw(1);
        assertThrows(AssertionError.class, () -> properties.aReplayLineReproducesItsTrial(configuration));
    }
}
