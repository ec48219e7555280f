package org.idem.verification.share;

import java.util.ArrayList;
import java.util.List;
import org.idem.execution.Share;
import org.idem.theorem.Theorem;
import org.idem.verification.Calibration;
import org.idem.verification.Power;
import org.idem.verification.PowerResult;
import org.idem.verification.Progress;
import org.jspecify.annotations.Nullable;

/**
 * What one share of a run of power found: every N-th theorem, and every N-th run of true theorems.
 *
 * @param schema number of this form of files
 * @param run that it belongs to; its confidence is that of a run in which nothing true is refuted
 * @param alarmRuns runs of true theorems in all shares, null if they were not asked for
 * @param number of the share, from 1
 * @param shares how many there are
 * @param theorems what was found of each
 * @param alarms what happened in the share's runs of true theorems, null if it has none
 */
public record PowerShare(
        int schema,
        RunDescription run,
        @Nullable Integer alarmRuns,
        int number,
        int shares,
        List<OfTheorem> theorems,
        @Nullable Calibration alarms) {
    /** The form of files that this version writes and reads. */
    public static final int SCHEMA = 2;

    /** Copies the list. */
    public PowerShare {
        theorems = List.copyOf(theorems);
    }

    /**
     * What was found of one theorem.
     *
     * @param id of the theorem
     * @param variants its false variants
     * @param curve with what probability errors are noticed
     */
    public record OfTheorem(String id, List<PowerResult.Variant> variants, List<PowerResult.Point> curve) {
        /** Copies the lists. */
        public OfTheorem {
            variants = List.copyOf(variants);
            curve = List.copyOf(curve);
        }

        PowerResult of(Theorem<?> theorem, int trials) {
            return new PowerResult(theorem, trials, variants, curve);
        }
    }

    /** Does the runs of true theorems that belong to a share. */
    @FunctionalInterface
    public interface Alarms {
        /**
         * Runs them.
         *
         * @param runs in all shares
         * @param share which of them
         * @return what happened
         */
        Calibration of(int runs, Share share);
    }

    /**
     * Measures a share.
     *
     * @param power of the run
     * @param run as it is described to the other shares
     * @param share which part
     * @param theorems of the whole run
     * @param alarmRuns runs of true theorems in all shares, null if they were not asked for
     * @param calibration does those of the share
     * @param progress is told of every block of trials
     * @return what was found
     */
    public static PowerShare of(
            Power power,
            RunDescription run,
            Share share,
            List<Theorem<?>> theorems,
            @Nullable Integer alarmRuns,
            Alarms calibration,
            Progress progress) {
        List<OfTheorem> found = new ArrayList<>();
        for (Theorem<?> theorem : share.of(theorems)) {
            PowerResult result = power.of(theorem, progress);
            found.add(new OfTheorem(theorem.id(), result.variants(), result.curve()));
        }
        return new PowerShare(
                SCHEMA,
                run,
                alarmRuns,
                share.number(),
                share.shares(),
                found,
                alarmRuns != null && share.before(alarmRuns) > 0 ? calibration.of(alarmRuns, share) : null);
    }
}
