package org.idem.laboratory.run;

import java.util.ArrayList;
import java.util.List;
import org.idem.laboratory.plan.Run;
import org.idem.training.run.ResumableTraining;

/** How long a step of a network takes. */
public final class StepTime {
    private static final long LONGEST_NANOSECONDS = 300_000_000L;
    private static final long NANOSECONDS_OF_A_BLOCK = 5_000_000L;

    private StepTime() {}

    /**
     * Times steps for some tenths of a second, after one that is not timed.
     *
     * @param run any that fits into memory
     * @return seconds of one step, the median over short blocks of steps: code becomes faster while it runs, and other
     *     work may disturb a few blocks
     */
    public static double seconds(Run run) {
        try (ResumableTraining training = RunTraining.trainer(run).start()) {
            training.step();
            List<Double> blocks = new ArrayList<>();
            long started = System.nanoTime();
            while (blocks.isEmpty() || System.nanoTime() - started < LONGEST_NANOSECONDS) {
                blocks.add(secondsOfBlock(training));
            }
            blocks.sort(null);
            return blocks.get(blocks.size() / 2);
        }
    }

    private static double secondsOfBlock(ResumableTraining training) {
        long started = System.nanoTime();
        int steps = 0;
        while (steps == 0 || System.nanoTime() - started < NANOSECONDS_OF_A_BLOCK) {
            training.step();
            steps++;
        }
        return (System.nanoTime() - started) / 1e9 / steps;
    }
}
