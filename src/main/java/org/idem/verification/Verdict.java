package org.idem.verification;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import org.idem.space.Configuration;
import org.idem.theorem.Claim;
import org.idem.theorem.Evidence;
import org.idem.wording.Count;

/** What the trials of one theorem allow one to say; every kind carries its evidence. */
public sealed interface Verdict {
    /** A verdict that speaks for the theorem. */
    sealed interface Confirmation extends Verdict {
        /**
         * How many trials decided.
         *
         * @return the counts
         */
        Tally tally();

        @Override
        default String word() {
            return "confirmed";
        }
    }

    /** A verdict that speaks against the theorem. */
    sealed interface Refutation extends Verdict {
        @Override
        default String word() {
            return "refuted";
        }
    }

    /** A verdict that leaves the theorem open. */
    sealed interface Undecided extends Verdict {}

    /**
     * No trial contradicted the theorem.
     *
     * @param violationShare upper confidence limit for the share of the deciding configurations that violate it
     * @param confidence probability with which the limits of all theorems of the run hold together
     * @param tally how many trials decided
     */
    record Confirmed(double violationShare, double confidence, Tally tally) implements Confirmation {
        @Override
        public String guarantee() {
            return String.format(
                    Locale.ROOT,
                    "violated on less than %.2g %% of %s, confidence %s %%",
                    100 * violationShare,
                    tally.space(),
                    percent(confidence));
        }
    }

    /**
     * The trials agree with a claimed law.
     *
     * @param distance confidence limit for the largest distance between the true distribution function and the claimed
     *     one, over the deciding configurations together
     * @param confidence probability with which the limits of all theorems of the run hold together
     * @param tally how many trials decided
     */
    record LawConfirmed(double distance, double confidence, Tally tally) implements Confirmation {
        @Override
        public String guarantee() {
            return String.format(
                    Locale.ROOT,
                    "true distribution function within %.2g of the claimed one, from %d trials, confidence %s %%",
                    distance,
                    tally.decided(),
                    percent(confidence));
        }
    }

    /**
     * The trials agree with claimed means.
     *
     * @param commonError confidence limit for the size of a relative error that all claimed means have in common
     * @param networks number of trained networks
     * @param confidence probability with which the limits of all theorems of the run hold together
     * @param tally how many trials decided
     */
    record MeanConfirmed(double commonError, long networks, double confidence, Tally tally) implements Confirmation {
        @Override
        public String guarantee() {
            return String.format(
                    Locale.ROOT,
                    "if all claimed means are off by one and the same percentage, it is below %.2g %%, from %d networks, confidence %s %%",
                    100 * commonError,
                    networks,
                    percent(confidence));
        }
    }

    /**
     * A bound that may fail with a stated probability was not exceeded more often.
     *
     * @param failure the probability with which it may fail
     * @param exceeded number of trials that exceeded it
     * @param limit confidence limit for the share of the deciding configurations that exceed it
     * @param confidence probability with which the limits of all theorems of the run hold together
     * @param tally how many trials decided
     */
    record BoundConfirmed(double failure, long exceeded, double limit, double confidence, Tally tally)
            implements Confirmation {
        @Override
        public String guarantee() {
            return String.format(
                    Locale.ROOT,
                    "exceeded by %d of %d trials where %.2g %% may; by less than %.2g %% of all, confidence %s %%",
                    exceeded,
                    tally.decided(),
                    100 * failure,
                    100 * limit,
                    percent(confidence));
        }
    }

    /**
     * Discrepancies vanish as claimed on nearly all configurations.
     *
     * @param missed number of trials that miss a claimed rate
     * @param limit upper confidence limit for the share of the deciding configurations that miss one
     * @param confidence probability with which the limits of all theorems of the run hold together
     * @param tally how many trials decided
     */
    record LimitConfirmed(long missed, double limit, double confidence, Tally tally) implements Confirmation {
        @Override
        public String guarantee() {
            return String.format(
                    Locale.ROOT,
                    "claimed rates missed by %d of %d trials, on less than %.2g %% of %s, confidence %s %%; a statement about these ε, not a proof of the limit",
                    missed,
                    tally.decided(),
                    100 * limit,
                    tally.space(),
                    percent(confidence));
        }
    }

    /**
     * Discrepancies do not vanish as claimed.
     *
     * @param missed number of trials that miss a claimed rate
     * @param least lower limit for the share of the deciding configurations that miss one, wrong with probability below
     *     the level
     * @param level p-value below which the theorem is refuted
     * @param tally how many trials decided
     */
    record LimitRefuted(long missed, double least, double level, Tally tally) implements Refutation {
        @Override
        public String guarantee() {
            return String.format(
                    Locale.ROOT,
                    "claimed rates missed by %d of %d trials, on more than %.3g %% of %s where %.2g %% may, level %.2g of this test; a statement about these ε",
                    missed,
                    tally.decided(),
                    100 * least,
                    tally.space(),
                    100 * Claim.Limit.REFUTED_ABOVE,
                    level);
        }
    }

    /**
     * The trials are too improbable together if the theorem is true.
     *
     * @param pValue probability of evidence at least as bad
     * @param level p-value below which the theorem is refuted
     * @param tally how many trials decided
     */
    record Improbable(double pValue, double level, Tally tally) implements Refutation {
        @Override
        public String guarantee() {
            return String.format(
                    Locale.ROOT,
                    "%d trials as far from the claim have the probability %.2g, below the level %.2g of this test",
                    tally.decided(),
                    pValue,
                    level);
        }
    }

    /**
     * From float32 to float64, discrepancies do not shrink as rounding would.
     *
     * @param refinement trials in float32 and in float64
     * @param level p-value below which the theorem is refuted
     * @param tally how many trials decided
     */
    record NotRounding(Refinement refinement, double level, Tally tally) implements Refutation {
        @Override
        public String guarantee() {
            return String.format(
                    Locale.ROOT,
                    "from float32 to float64 discrepancies shrink by 2^%.1f in the median of %d trials where rounding shrinks by 2^%.0f; probability %.2g, below the level %.2g of this test",
                    refinement.median(),
                    refinement.shrinkage().size(),
                    Refinement.OF_ROUNDING,
                    refinement.pValue(),
                    level);
        }
    }

    /**
     * A trial contradicted the theorem.
     *
     * @param smallest the smallest contradicting configuration found
     * @param evidence what its trial showed
     */
    record Refuted(Configuration smallest, Evidence.Measured evidence) implements Refutation {
        @Override
        public String guarantee() {
            return String.format(
                    Locale.ROOT,
                    "%.3g measured against a limit of %.3g at %s",
                    evidence.measured(),
                    evidence.limit(),
                    smallest);
        }
    }

    /**
     * Too few trials decided.
     *
     * @param tally why
     */
    record Silent(Tally tally) implements Undecided {
        /** The commonest reason for which trials did not decide. */
        @Override
        public String word() {
            long most = Math.max(tally.notConverged(), Math.max(tally.hypothesesNotMet(), tally.undecidable()));
            if (most < tally.decided()) {
                return "underpowered";
            }
            return most == tally.notConverged()
                    ? "not converged"
                    : most == tally.hypothesesNotMet() ? "hypotheses not met" : "undecidable";
        }

        @Override
        public String guarantee() {
            return "only " + tally.decided() + " of " + tally.trials() + Count.word(tally.trials(), " trial", " trials")
                    + " decided anything: " + tally.silence();
        }
    }

    /**
     * Nothing speaks against the theorem, but there are too few trials for a useful guarantee.
     *
     * @param reason what they could not exclude
     * @param tally how many trials decided
     */
    record Underpowered(String reason, Tally tally) implements Undecided {
        @Override
        public String word() {
            return "underpowered";
        }

        @Override
        public String guarantee() {
            return "no guarantee: after only " + tally.decided() + Count.word(tally.decided(), " trial ", " trials ")
                    + reason;
        }
    }

    /**
     * Claimed rates are missed on too many configurations, or may be, for the claim to be confirmed, and on too few for
     * it to be refuted.
     *
     * @param missed number of trials that miss a claimed rate
     * @param limit upper confidence limit for the share of the deciding configurations that miss one
     * @param tally how many trials decided
     */
    record LimitOpen(long missed, double limit, Tally tally) implements Undecided {
        @Override
        public String word() {
            return isFew() ? "underpowered" : "undecided";
        }

        private boolean isFew() {
            return missed < Claim.Limit.CONFIRMED_BELOW * tally.decided();
        }

        @Override
        public String guarantee() {
            return String.format(
                    Locale.ROOT,
                    "no guarantee: %d of %d %s missed a claimed rate, so it may be missed on up to %.2g %% of %s; to confirm takes less than %.2g %%%s",
                    missed,
                    tally.decided(),
                    Count.word(tally.decided(), "trial", "trials"),
                    100 * limit,
                    tally.space(),
                    100 * Claim.Limit.CONFIRMED_BELOW,
                    isFew()
                            ? ", which more trials may show"
                            : String.format(
                                    Locale.ROOT,
                                    ", to refute more than %.2g %% whatever the luck of the trials",
                                    100 * Claim.Limit.REFUTED_ABOVE));
        }
    }

    /**
     * Nothing speaks against the theorem, but the trials did not refute some of its false variants, although the run
     * had as many as it takes: budgets are too large, tests do not work, or the images do not tell the variants apart.
     *
     * @param variants names of those not refuted
     * @param tally how many trials decided
     */
    record Insensitive(List<String> variants, Tally tally) implements Undecided {
        /** Copies the list. */
        public Insensitive {
            variants = List.copyOf(variants);
        }

        @Override
        public String word() {
            return "undecided";
        }

        @Override
        public String guarantee() {
            return "no guarantee: " + tally.decided()
                    + Count.word(tally.decided(), " trial", " trials") + " could not tell the theorem from "
                    + Count.word(variants.size(), "a false variant", variants.size() + " of its false variants");
        }
    }

    /**
     * In nearly all trials the observation equals the prediction to the last bit, which two computations that round
     * differently do not give.
     *
     * @param copied number of such trials
     * @param tally how many trials decided
     */
    record Copied(long copied, Tally tally) implements Undecided {
        @Override
        public String word() {
            return "undecided";
        }

        @Override
        public String guarantee() {
            return "no guarantee: in " + copied + " of " + tally.decided()
                    + " trials what was seen is what was predicted, to the last bit; networks that are really trained"
                    + " round differently";
        }
    }

    /**
     * One or two words for tables.
     *
     * @return the kind of the verdict
     */
    String word();

    /**
     * Whether the verdict speaks against the theorem.
     *
     * @return true if it is refuted
     */
    default boolean isRefutation() {
        return this instanceof Refutation;
    }

    /**
     * Whether the verdict speaks for the theorem.
     *
     * @return true if it is confirmed
     */
    default boolean isConfirmation() {
        return this instanceof Confirmation;
    }

    /**
     * What the verdict guarantees.
     *
     * @return one line
     */
    String guarantee();

    private static String percent(double share) {
        return new BigDecimal(share)
                .multiply(BigDecimal.valueOf(100))
                .round(new MathContext(6))
                .stripTrailingZeros()
                .toPlainString();
    }
}
