package org.idem.verification;

import org.idem.statistics.ClopperPearson;

/** How many trials each theorem of a run gets. */
public sealed interface Effort {
    /** Trials of each theorem by default: enough to refute every false variant. */
    int USUAL_TRIALS = 1500;

    /**
     * A fixed number of trials.
     *
     * @param count at least 1
     */
    record Trials(int count) implements Effort {
        /** Checks the number. */
        public Trials {
            if (count < 1) {
                throw new IllegalArgumentException("trials must be at least 1, got " + count);
            }
        }

        @Override
        public long wanted(double error) {
            return count;
        }

        @Override
        public long most(double error) {
            return count;
        }

        @Override
        public long done(Tally tally) {
            return tally.trials();
        }

        @Override
        public String option() {
            return "--trials " + count;
        }
    }

    /**
     * As many trials as it takes to say that a theorem without contradiction is violated on less than a given share of
     * the configurations that decide.
     *
     * <p>Configurations are drawn until enough trials have decided. When to stop depends only on whether trials decide,
     * not on whether they contradict, so the limit stays exact.
     *
     * @param share ε in [10⁻⁶, 1)
     */
    record Guarantee(double share) implements Effort {
        private static final double LEAST = 1e-6;

        /** Checks the share. */
        public Guarantee {
            if (!(share >= LEAST && share < 1)) {
                throw new IllegalArgumentException("guarantee must lie in [" + LEAST + ", 1), got " + share);
            }
        }

        @Override
        public long wanted(double error) {
            return ClopperPearson.trialsWithoutEvent(share, error);
        }

        /** Where more would be needed, too few trials decide for a verdict. */
        @Override
        public long most(double error) {
            return (long) Math.ceil(wanted(error) / Verifier.LEAST_SHARE_DECIDED);
        }

        @Override
        public long done(Tally tally) {
            return tally.decided();
        }

        @Override
        public String option() {
            return "--guarantee " + share;
        }
    }

    /**
     * How many trials are needed.
     *
     * @param error probability with which the guarantee of one theorem may be wrong
     * @return number of trials of the kind that {@link #done} counts
     */
    long wanted(double error);

    /**
     * Most trials that a theorem gets.
     *
     * @param error probability with which the guarantee of one theorem may be wrong
     * @return at least {@link #wanted}
     */
    long most(double error);

    /**
     * How many trials count so far.
     *
     * @param tally of the trials so far
     * @return number of those that count
     */
    long done(Tally tally);

    /**
     * Whether the run has to refute every false variant: with {@link #USUAL_TRIALS} or more.
     *
     * @param error probability with which the guarantee of one theorem may be wrong
     * @return false for shorter runs
     */
    default boolean isUsual(double error) {
        return wanted(error) >= USUAL_TRIALS;
    }

    /**
     * The command-line option for this effort.
     *
     * @return name and value
     */
    String option();
}
