package org.idem.laboratory.run;

import org.idem.laboratory.plan.Run;
import org.idem.training.run.ResumableTraining;

/** How long a step of a network takes. */
public final class StepTime {
    private static final long LONGEST_NANOSECONDS = 300_000_000L;
    private static final int MOST_STEPS = 200;

    private StepTime() {}

    /**
     * Times some steps, after one that is not timed.
     *
     * @param run any that fits into memory
     * @return seconds of one step in the mean
     */
    public static double seconds(Run run) {
        try (ResumableTraining training = RunTraining.trainer(run).start()) {
            training.step();
            long started = System.nanoTime();
            int steps = 0;
            while (steps < MOST_STEPS && (steps == 0 || System.nanoTime() - started < LONGEST_NANOSECONDS)) {
                training.step();
                steps++;
            }
            return (System.nanoTime() - started) / 1e9 / steps;
        }
    }
}
