package org.idem.laboratory.run;

import java.util.ArrayList;
import java.util.List;
import org.idem.laboratory.plan.Run;
import org.idem.training.run.ResumableTraining;

/**
 * How long a step of a network takes.
 *
 * @param seconds of one step on a processor that does nothing else
 * @param share of the time in which the thread had a processor, from 0 to 1; 1 where a network has several threads
 */
public record StepTime(double seconds, double share) {
    private static final double LONGEST_SECONDS = 0.3;
    private static final double SECONDS_OF_A_BLOCK = 0.005;

    /** On a busy machine the same work takes longer. */
    private static final double LONGEST_WAIT_SECONDS = 1;

    /**
     * Times steps for some tenths of a second, after one that is not timed.
     *
     * @param run any that fits into memory
     * @return the median over short blocks of steps: code becomes faster while it runs, and other work may disturb a
     *     few blocks
     */
    public static StepTime of(Run run) {
        WorkClock clock = WorkClock.of(run);
        try (ResumableTraining training = RunTraining.trainer(run).start()) {
            training.step();
            List<Double> blocks = new ArrayList<>();
            long began = System.nanoTime();
            double started = clock.seconds();
            double passed = 0;
            while (blocks.isEmpty() || clock.seconds() - started < LONGEST_SECONDS && passed < LONGEST_WAIT_SECONDS) {
                blocks.add(secondsOfBlock(training, clock));
                passed = (System.nanoTime() - began) / 1e9;
            }
            double share = Math.min(1, (clock.seconds() - started) / passed);
            blocks.sort(null);
            return new StepTime(blocks.get(blocks.size() / 2), share);
        }
    }

    private static double secondsOfBlock(ResumableTraining training, WorkClock clock) {
        double started = clock.seconds();
        double spent = 0;
        int steps = 0;
        while (steps == 0 || spent < SECONDS_OF_A_BLOCK) {
            training.step();
            steps++;
            spent = clock.seconds() - started;
        }
        return spent / steps;
    }
}
