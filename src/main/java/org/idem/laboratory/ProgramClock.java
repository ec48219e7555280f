package org.idem.laboratory;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Measures how long the program works from now on, compilation of its code included. */
final class ProgramClock {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final long work = SYSTEM.getProcessCpuTime();
    private final long started = System.nanoTime();

    /**
     * How long something takes on a machine that does nothing else.
     *
     * @param least seconds, if all processors worked for it all the time
     * @param most seconds: those that passed, or fewer if other programs made it wait
     */
    record Span(double least, double most) {
        Span plus(Span other) {
            return new Span(least + other.least, most + other.most);
        }

        private static Span of(double passed, double worked, int threads) {
            double all = worked / Runtime.getRuntime().availableProcessors();
            return new Span(Math.min(passed, all) / 1e9, Math.min(passed, worked / threads) / 1e9);
        }
    }

    /** The time since the program was started. */
    static Span sinceStart() {
        return Span.of(1e6 * ManagementFactory.getRuntimeMXBean().getUptime(), (double) SYSTEM.getProcessCpuTime(), 1);
    }

    /** Seconds since this clock was made, whoever had the processors. */
    double passed() {
        return (System.nanoTime() - started) / 1e9;
    }

    /** The time since this clock was made, while so many threads worked. */
    Span span(int threads) {
        return Span.of((double) (System.nanoTime() - started), (double) (SYSTEM.getProcessCpuTime() - work), threads);
    }
}
