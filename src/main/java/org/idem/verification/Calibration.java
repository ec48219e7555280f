package org.idem.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.idem.execution.Share;
import org.idem.statistics.ClopperPearson;
import org.idem.theorem.Theorem;

/**
 * How often runs refute theorems that are true, compared with the false-alarm probability that they declare.
 *
 * @param seed determines all runs
 * @param trials trials of each theorem in each run
 * @param level declared false-alarm probability of a run
 * @param runs number of runs
 * @param alarms runs that refuted at least one theorem
 */
public record Calibration(long seed, int trials, double level, int runs, int alarms) {
    /** Trials after which it is known whether single trials or statistics judge a theorem. */
    private static final int SCOUTS = 16;

    /** Confidence of the limits of the share of alarms. */
    public static final double CONFIDENCE = 0.95;

    /**
     * Verifies true theorems many times, each time with fresh networks. Only theorems that all trials judge together
     * can be refuted by chance, so the runs consist of those; if none of the given ones is of this kind, of all.
     *
     * @param theorems true ones
     * @param seed determines all runs
     * @param trials trials of each theorem in each run, at least 1
     * @param level declared false-alarm probability of a run, in (0, 1); much larger than usual, so that alarms occur
     * @param runs number of runs, at least 1
     * @param share which of the runs are carried out
     * @param progress is told of every run
     * @return what happened in the runs of the share
     */
    public static Calibration of(
            List<Theorem<?>> theorems, long seed, int trials, double level, int runs, Share share, Progress progress) {
        if (runs < 1) {
            throw new IllegalArgumentException("runs must be at least 1, got " + runs);
        }
        SplittableRandom seeds = new SplittableRandom(seed);
        List<Theorem<?>> statistical = theorems.stream()
                .filter(theorem -> isStatistical(new Verifier(SCOUTS, seed, 0.5).verifyAlone(theorem, 1)))
                .toList();
        List<Theorem<?>> family = statistical.isEmpty() ? theorems : statistical;
        int wanted = (int) share.before(runs);
        int done = 0;
        int alarms = 0;
        for (int run = 0; run < runs; run++) {
            Verifier verifier = new Verifier(new Effort.Trials(trials), seeds.nextLong(), 0.99, level);
            if (!share.has(run)) {
                continue;
            }
            List<TheoremResult> results = new ArrayList<>();
            for (Theorem<?> theorem : family) {
                results.add(verifier.verifyAlone(theorem, family.size()));
            }
            alarms += verifier.concluded(results).stream()
                            .anyMatch(result -> result.verdict().isRefutation())
                    ? 1
                    : 0;
            done++;
            progress.trials("false alarms", done, wanted);
        }
        return new Calibration(seed, trials, level, done, alarms);
    }

    /**
     * Counts the runs of another share as well.
     *
     * @param other of runs from the same seed, with as many trials and the same level
     * @return the runs of both
     */
    public Calibration with(Calibration other) {
        if (seed != other.seed || trials != other.trials || level != other.level) {
            throw new IllegalArgumentException("shares must be of the same runs, got " + this + " and " + other);
        }
        return new Calibration(seed, trials, level, runs + other.runs, alarms + other.alarms);
    }

    private static boolean isStatistical(TheoremResult result) {
        return StatisticalTest.concerns(result.evidence());
    }

    /**
     * Lower Clopper–Pearson limit for the probability of an alarm.
     *
     * @return in [0, 1]
     */
    public double lower() {
        return ClopperPearson.lowerLimit(alarms, runs, (1 - CONFIDENCE) / 2);
    }

    /**
     * Upper Clopper–Pearson limit for the probability of an alarm.
     *
     * @return in [0, 1]
     */
    public double upper() {
        return ClopperPearson.upperLimit(alarms, runs, (1 - CONFIDENCE) / 2);
    }

    /**
     * Whether the number of alarms is compatible with the declared level.
     *
     * @return false if the declared level lies below both limits
     */
    public boolean holds() {
        return lower() <= level;
    }
}
