package org.idem.laboratory.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.SplittableRandom;
import org.idem.laboratory.finding.ShareDecision.Answer;
import org.idem.statistics.BinomialTail;
import org.junit.jupiter.api.Test;

class ShareDecisionTest {
    /** A false alarm of one of the simulations below. */
    private static final double FALSE_ALARM = 1e-9;

    private static final int SIMULATIONS = 20_000;
    private static final int SEEDS = 60;

    private static ShareDecision after(ShareDecision decision, String seeds) {
        ShareDecision next = decision;
        for (char seed : seeds.toCharArray()) {
            next = next.after(seed == '+');
        }
        return next;
    }

    @Test
    void eventsFromEverySeedConfirmAndFromNoneRefute() {
        // capital after n events in a row is 2ⁿ Π (k − ½)/k; for n = 7 that is 26.8, for n = 8 50.3
        assertEquals(Answer.OPEN, after(ShareDecision.of(0.5, 0.02), "+++++++").answer());
        assertEquals(Answer.MORE, after(ShareDecision.of(0.5, 0.02), "++++++++").answer());
        assertEquals(
                Answer.FEWER, after(ShareDecision.of(0.5, 0.02), "--------").answer());
        assertEquals(
                Answer.OPEN, after(ShareDecision.of(0.5, 0.02), "+-+-+-+-+-+-").answer());
    }

    @Test
    void whatIsDecidedStays() {
        ShareDecision decided = after(ShareDecision.of(0.5, 0.02), "++++++++");
        assertEquals(Answer.MORE, after(decided, "-".repeat(100)).answer());
        assertEquals(8, decided.events());
        assertEquals(108, after(decided, "-".repeat(100)).seeds());
    }

    @Test
    void sharesAreThoseOfTheirSide() {
        // 3 of 4 is no news for a share of ¾, but refutes 0.95 in time
        String seeds = "+++-".repeat(40);
        assertEquals(Answer.OPEN, after(ShareDecision.of(0.75, 0.01), seeds).answer());
        assertEquals(Answer.FEWER, after(ShareDecision.of(0.95, 0.01), seeds).answer());
        assertEquals(Answer.MORE, after(ShareDecision.of(0.5, 0.01), seeds).answer());
    }

    /** How often each answer is given within some seeds, looked at after each. */
    private static int[] answers(double truth, double share, double level, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] counts = new int[Answer.values().length];
        for (int i = 0; i < SIMULATIONS; i++) {
            ShareDecision decision = ShareDecision.of(share, level);
            for (int j = 0; j < SEEDS && decision.answer() == Answer.OPEN; j++) {
                decision = decision.after(random.nextDouble() < truth);
            }
            counts[decision.answer().ordinal()]++;
        }
        return counts;
    }

    @Test
    void atTheDeclaredShareEachAnswerIsGivenNoMoreOftenThanTheLevel() {
        long seed = new SecureRandom().nextLong();
        for (double share : new double[] {0.5, 0.75}) {
            for (double level : new double[] {0.2, 0.05}) {
                int[] counts = answers(share, share, level, seed);
                for (Answer wrong : new Answer[] {Answer.MORE, Answer.FEWER}) {
                    double p = BinomialTail.atLeast(counts[wrong.ordinal()], SIMULATIONS, level);
                    assertTrue(
                            p > FALSE_ALARM,
                            () -> wrong + " too often at share " + share + ", level " + level + ", seed " + seed + ": "
                                    + counts[wrong.ordinal()] + " of " + SIMULATIONS);
                    // a test that never errs would decide nothing
                    assertNotEquals(0, counts[wrong.ordinal()], () -> wrong + " never, seed " + seed);
                }
            }
        }
    }

    @Test
    void aTrueClaimIsMostlyConfirmedAndAFalseOneMostlyRefuted() {
        long seed = new SecureRandom().nextLong();
        int[] seen = answers(0.97, 0.5, 0.001, seed);
        int[] unseen = answers(0.03, 0.5, 0.001, seed);
        // the share of decided simulations is near 1; 98 % leaves more than a hundred deviations
        assertTrue(unseen[Answer.FEWER.ordinal()] >= 0.98 * SIMULATIONS, () -> "seed " + seed);
        assertTrue(seen[Answer.MORE.ordinal()] >= 0.98 * SIMULATIONS, () -> "seed " + seed);
    }

    @Test
    void levelsAndSharesAreChecked() {
        for (double bad : new double[] {0, 1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> ShareDecision.of(0.5, bad));
            assertThrows(IllegalArgumentException.class, () -> ShareDecision.of(bad, 0.01));
        }
    }
}
