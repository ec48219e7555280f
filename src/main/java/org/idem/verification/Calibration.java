package org.idem.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.idem.statistics.ClopperPearson;
import org.idem.theorem.Theorem;

/**
 * How often runs refute theorems that are true, against the false-alarm probability that they declare.
 *
 * @param seed determines all runs
 * @param trials trials of each theorem in each run
 * @param level declared false-alarm probability of a run
 * @param runs number of runs
 * @param alarms runs that refuted at least one theorem
 */
public record Calibration(long seed, int trials, double level, int runs, int alarms) {
    /** Trials that show how a theorem is judged. */
    private static final int SCOUTS = 16;

    /** Confidence of the limits of the share of alarms. */
    public static final double CONFIDENCE = 0.95;

    /**
     * Verifies true theorems again and again, each time with fresh networks: those among the given ones that are judged
     * by all trials together, as only they can be refuted by chance; all of them if there are none.
     *
     * @param theorems true ones, of which the family of every run is taken
     * @param seed determines all runs
     * @param trials trials of each theorem in each run, at least 1
     * @param level declared false-alarm probability of a run, in (0, 1); much larger than usual, so that alarms occur
     * @param runs number of runs, at least 1
     * @param progress hears of every run
     * @return what happened
     */
    public static Calibration of(
            List<Theorem<?>> theorems, long seed, int trials, double level, int runs, Progress progress) {
        if (runs < 1) {
            throw new IllegalArgumentException("runs must be at least 1, got " + runs);
        }
        SplittableRandom seeds = new SplittableRandom(seed);
        List<Theorem<?>> statistical = theorems.stream()
                .filter(theorem -> isStatistical(new Verifier(SCOUTS, seed, 0.5).verifyAlone(theorem, 1)))
                .toList();
        List<Theorem<?>> family = statistical.isEmpty() ? theorems : statistical;
        int alarms = 0;
        for (int run = 0; run < runs; run++) {
            Verifier verifier = new Verifier(new Effort.Trials(trials), seeds.nextLong(), 0.99, level);
            List<TheoremResult> results = new ArrayList<>();
            for (Theorem<?> theorem : family) {
                results.add(verifier.verifyAlone(theorem, family.size()));
            }
            alarms += verifier.concluded(results).stream()
                            .anyMatch(result -> result.verdict().isRefutation())
                    ? 1
                    : 0;
            progress.trials("false alarms", run + 1, runs);
        }
        return new Calibration(seed, trials, level, runs, alarms);
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
     * Whether alarms are compatible with what is declared.
     *
     * @return false if the declared level lies below both limits
     */
    public boolean holds() {
        return lower() <= level;
    }
}
