package org.idem.cli;

import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.idem.array.Precision;

/** Shows how far a training is, and ends one that would take days as soon as its first seconds say so. */
final class Pace implements IntConsumer {
    private static final double SECOND = 1e9;

    /** Seconds of training that tell its speed. */
    private static final double SAMPLE = 3;

    private static final double MOST_SECONDS = 24 * 3600.0;

    /** What may still be spent on a training that has arrived and does not come to rest. */
    private static final double MOST_AFTER_ARRIVAL = 3600;

    /** How much later than the slowest mode arrives its bits are sure to repeat, if they ever do. */
    private static final double AFTER_LIMIT = 8;

    private final int steps;
    /** Steps after which the slowest mode has arrived and bits repeat themselves, if they ever do. */
    private final double arrival;

    private final LongSupplier clock;
    private final long begin;

    /** Of a training of so many steps. */
    Pace(ProblemOptions.Task task, int steps, Precision precision) {
        this(steps, AFTER_LIMIT * task.stepsOfLimit(precision).orElse(Integer.MAX_VALUE), System::nanoTime);
    }

    /** By any clock that counts nanoseconds. */
    Pace(int steps, double arrival, LongSupplier clock) {
        this.steps = steps;
        this.arrival = arrival;
        this.clock = clock;
        begin = clock.getAsLong();
    }

    @Override
    public void accept(int step) {
        Terminal.progress("training", step, steps, "steps");
        double seconds = (clock.getAsLong() - begin) / SECOND;
        if (seconds < SAMPLE) {
            return;
        }
        boolean arrived = step > arrival;
        double expected = seconds * (arrived ? steps : Math.min(steps, arrival)) / step;
        if (expected > (arrived ? MOST_AFTER_ARRIVAL : MOST_SECONDS)) {
            throw new BadInput("--steps must be a number that can be waited for, got " + steps + ", which takes about "
                    + Terminal.duration(expected * SECOND) + " here at " + Math.round(step / seconds)
                    + " steps a second; "
                    + (arrived
                            ? "it has arrived after " + (long) arrival + " steps, --limit ends there"
                            : "fewer steps or a larger --learning-rate take less"));
        }
    }
}
