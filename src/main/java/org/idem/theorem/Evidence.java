package org.idem.theorem;

/** What one trial says about a claim. */
public sealed interface Evidence {
    /** A number was measured that has a limit. */
    sealed interface Measured extends Evidence permits Compared, Bounded, Shrunk {
        /**
         * What was measured.
         *
         * @return a discrepancy or a bounded number, at least 0
         */
        double measured();

        /**
         * What it must not exceed, rounding included.
         *
         * @return at least 0
         */
        double limit();

        /**
         * With which share of the configurations the claim may be wrong; one trial alone then contradicts nothing.
         *
         * @return in [0, 1); 0 if every trial must stay within its limit
         */
        default double mayFail() {
            return 0;
        }

        /**
         * Measured over limit.
         *
         * @return 0 where nothing was measured, infinite where the limit is 0 and something was; NaN for NaN
         */
        default double ratio() {
            return measured() == 0 ? 0 : measured() / limit();
        }

        /**
         * Whether the trial stays within the limit; a NaN does not.
         *
         * @return true if the ratio is at most 1
         */
        default boolean holds() {
            return ratio() <= 1;
        }
    }

    /**
     * Prediction and observation were compared entry by entry.
     *
     * @param measured |observed − predicted| at the entry with the largest ratio
     * @param limit the error budget there
     * @param copied whether every entry equals the prediction to the last bit, or the prediction rounded to float32,
     *     although the budget is not 0; if that happens in nearly all trials, the observation is probably a copy of the
     *     prediction
     */
    record Compared(double measured, double limit, boolean copied) implements Measured {
        /**
         * A comparison of numbers that differ somewhere, or have to be equal.
         *
         * @param measured |observed − predicted| at the entry with the largest ratio
         * @param limit the error budget there
         */
        public Compared(double measured, double limit) {
            this(measured, limit, false);
        }
    }

    /**
     * A number was compared with an upper bound.
     *
     * @param measured the number
     * @param bound the bound of exact arithmetic
     * @param limit the bound with rounding included
     * @param failure probability with which it may be exceeded; 0: never
     */
    record Bounded(double measured, double bound, double limit, double failure) implements Measured {
        @Override
        public double mayFail() {
            return failure;
        }

        @Override
        public boolean copied() {
            return limit > 0 && (measured == bound || measured == limit);
        }
    }

    /**
     * A discrepancy was seen at two values of a small number, with which it should vanish.
     *
     * @param seen the rate that explains both, from {@link Rate#seen}
     * @param rate the claimed one
     */
    record Shrunk(double seen, Rate rate) implements Measured {
        /** By how much the rate is missed. */
        @Override
        public double measured() {
            return rate.missedBy(seen);
        }

        /** By how much it may be. */
        @Override
        public double limit() {
            return rate.slack();
        }

        @Override
        public double mayFail() {
            return Claim.Limit.REFUTED_ABOVE;
        }
    }

    /**
     * A number was compared with its claimed law.
     *
     * @param probability the law's distribution function at the number; uniform on [0, 1] if the claim is true
     */
    record Placed(double probability) implements Evidence {}

    /**
     * Values of a claimed mean were averaged.
     *
     * @param average of the values
     * @param count number of values, at least 1
     * @param mean claimed mean
     * @param spread claimed bound on the variance of one value
     * @param scale of the tails of one value, infinite where nothing but the variance is known, see {@link Claim.Mean}
     */
    record Averaged(double average, int count, double mean, double spread, double scale) implements Evidence {
        @Override
        public boolean copied() {
            return average == mean;
        }
    }

    /**
     * The trial does not decide: training had not reached the limit that the claim is about.
     *
     * @param reason one line
     */
    record NotConverged(String reason) implements Evidence {}

    /**
     * The trial does not decide: its configuration does not meet a hypothesis.
     *
     * @param reason one line
     */
    record HypothesesNotMet(String reason) implements Evidence {}

    /**
     * The trial does not decide: rounding may be as large as the effect.
     *
     * @param reason one line
     */
    record Undecidable(String reason) implements Evidence {}

    /**
     * Whether the observation equals the claim to the last bit, although two computations usually round differently.
     *
     * @return rarely true if theory and training are two computations
     */
    default boolean copied() {
        return false;
    }

    /**
     * Whether two computations could differ in the trial at all.
     *
     * @return false where nothing but equality is allowed, and where the trial does not decide
     */
    default boolean couldDiffer() {
        return decides() && (copied() || !(this instanceof Measured measured && measured.limit() == 0));
    }

    /**
     * Whether the trial decides, that is, speaks for or against the claim.
     *
     * @return true for measurements, places and averages
     */
    default boolean decides() {
        return this instanceof Measured || this instanceof Placed || this instanceof Averaged;
    }

    /**
     * Whether this one trial refutes the claim by itself.
     *
     * @return true if a limit that always holds was exceeded
     */
    default boolean contradicts() {
        return this instanceof Measured measured && measured.mayFail() == 0 && !measured.holds();
    }
}
