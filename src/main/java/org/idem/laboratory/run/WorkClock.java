package org.idem.laboratory.run;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.StudyAxes;

/**
 * Measures work of the calling thread: the time for which a processor was at it, so that other programs do not count.
 * Where a network has several threads, or the system does not tell, it is the time that passes.
 */
public final class WorkClock {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final boolean own;

    private WorkClock(boolean own) {
        this.own = own;
    }

    /**
     * A clock for training a network.
     *
     * @param run whose number of threads counts
     * @return to be used by the thread that trains
     */
    public static WorkClock of(Run run) {
        return new WorkClock(
                run.task().point().get(StudyAxes.THREADS) == 1 && THREADS.isCurrentThreadCpuTimeSupported());
    }

    /**
     * The time now.
     *
     * @return seconds since some moment
     */
    public double seconds() {
        return (own ? THREADS.getCurrentThreadCpuTime() : System.nanoTime()) / 1e9;
    }
}
