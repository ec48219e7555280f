package org.idem.laboratory.finding;

import org.idem.statistics.SequentialShareTest;

/**
 * Decides whether an event happens from more than a share of all seeds, while seeds arrive.
 *
 * <p>Two bettors play against the two answers: one against "the event happens from at most the share s", the other
 * against "it happens from at least s", which is the first with the complementary event and 1 − s. Whoever multiplies
 * the capital by 1/α first decides. By Ville's inequality each answer is wrongly rejected, ever, with probability at
 * most α, so that one may look after every seed.
 *
 * @param more the bettor against "at most s"
 * @param fewer the bettor against "at least s"
 * @param level α in (0, 1)
 * @param answer what is decided
 */
public record ShareDecision(SequentialShareTest more, SequentialShareTest fewer, double level, Answer answer) {
    /** What seeds have decided. */
    public enum Answer {
        /** The event happens from more than the share. */
        MORE,
        /** The event happens from less than the share. */
        FEWER,
        /** Neither is decided yet. */
        OPEN
    }

    /** Checks the level. */
    public ShareDecision {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("the level must lie in (0, 1), got " + level);
        }
    }

    /**
     * Before the first seed.
     *
     * @param share s in (0, 1)
     * @param level α in (0, 1)
     * @return nothing is decided
     */
    public static ShareDecision of(double share, double level) {
        return new ShareDecision(SequentialShareTest.of(share), SequentialShareTest.of(1 - share), level, Answer.OPEN);
    }

    /**
     * After one more seed. What is decided stays.
     *
     * @param happened whether the event happened
     * @return the next state; this one is not changed
     */
    public ShareDecision after(boolean happened) {
        SequentialShareTest nextMore = more.after(happened);
        SequentialShareTest nextFewer = fewer.after(!happened);
        Answer next = answer;
        if (next == Answer.OPEN && nextMore.pValue() <= level) {
            next = Answer.MORE;
        } else if (next == Answer.OPEN && nextFewer.pValue() <= level) {
            next = Answer.FEWER;
        }
        return new ShareDecision(nextMore, nextFewer, level, next);
    }

    /**
     * How often the event happened.
     *
     * @return seeds with the event
     */
    public long events() {
        return more.violations();
    }

    /**
     * How many seeds there were.
     *
     * @return seeds
     */
    public long seeds() {
        return more.trials();
    }
}
