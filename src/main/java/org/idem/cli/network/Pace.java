package org.idem.cli.network;

import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.idem.array.Precision;
import org.idem.cli.terminal.BadInput;
import org.idem.cli.terminal.Terminal;

/**
 * Shows the progress of training, and stops it after some seconds if it would take more than a day. Two samples in
 * succession have to say so: in one of them the program may have been stopped, or others may have had the processors.
 */
final class Pace implements IntConsumer {
    private static final double SECOND = 1e9;

    /** Least seconds of training from which its speed is told. */
    private static final double SAMPLE = 3;

    private static final double MOST_SECONDS = 24 * 3600.0;

    /** Most seconds for training that has reached its limit while its bits still change. */
    private static final double MOST_AFTER_ARRIVAL = 3600;

    /** If bits ever repeat, they do within so many times the steps that the slowest mode takes to arrive. */
    private static final double AFTER_LIMIT = 8;

    private final int steps;
    /** Steps after which the slowest mode has arrived and bits repeat, if they ever do. */
    private final double arrival;

    private final LongSupplier clock;
    private long begin;
    private int before;
    private boolean slow;

    /** For training of so many steps. */
    Pace(LinearTask task, int steps, Precision precision) {
        this(steps, AFTER_LIMIT * task.stepsOfLimit(precision).orElse(Integer.MAX_VALUE), System::nanoTime);
    }

    /** The same with another clock, which counts nanoseconds. */
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
        double speed = (step - before) / seconds;
        double expected = (arrived ? steps : Math.min(steps, arrival)) / speed;
        boolean wasSlow = slow;
        slow = expected > (arrived ? MOST_AFTER_ARRIVAL : MOST_SECONDS);
        before = step;
        begin = clock.getAsLong();
        if (slow && wasSlow) {
            throw new BadInput("--steps must be a number that can be waited for, got " + steps + ", which takes about "
                    + Terminal.duration(expected * SECOND) + " here at " + Math.round(speed)
                    + " steps a second; "
                    + (arrived
                            ? "it has arrived after " + (long) arrival + " steps, --limit ends there"
                            : "fewer steps or a larger --learning-rate take less"));
        }
    }
}
