package org.idem.cli.study;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import org.idem.cli.terminal.Terminal;
import org.idem.laboratory.Estimate;
import org.idem.laboratory.Missing;
import org.idem.laboratory.Rehearsal;
import org.idem.laboratory.StudyTime;
import org.idem.laboratory.plan.Census;
import org.idem.laboratory.run.StudyRunner;
import org.idem.wording.Count;

/** What a study will take, before anything starts. */
final class StudyPlan {
    private static final double MEBIBYTE = 1 << 20;
    /** Times below are said with a digit more. */
    private static final double SHORT_SECONDS = 10;

    /** Those that would be said as 0.0 s are said to be less than a digit. */
    private static final double LEAST_SECONDS = 0.05;

    /** Numbers of processors of which the time is said as well. */
    private static final List<Integer> ELSEWHERE = List.of(16, 64, 256, 1024);

    private final Census census;
    private final Path store;

    private final Rehearsal report;

    /** @param report writes the report of the study */
    StudyPlan(Census census, Path store, Rehearsal report) {
        this.census = census;
        this.store = store;
        this.report = report;
    }

    void print() throws IOException {
        Missing missing = Missing.of(store, census);
        long left = missing.networks();
        System.out.println("networks       " + census.networks()
                + (census.different() < census.networks() ? ", " + census.different() + " different" : "")
                + (census.shared() < census.different() ? ", " + census.shared() + " in this share" : ""));
        long kept = census.shared() - left;
        System.out.println("kept           " + kept + " in " + store);
        if (left == 0) {
            System.out.println("to train       none; without --plan the same command makes the report anew");
            return;
        }
        System.out.println("to train       " + left
                + (kept == 0
                        ? ""
                        : "; time, memory and what is stored are counted for " + Count.word(left, "this one", "these")
                                + " alone"));
        Estimate estimate = Estimate.of(missing, report, words -> Terminal.progress("plan", words, 0));
        Terminal.clearProgress();
        busy(estimate.share()).ifPresent(System.err::println);
        print(estimate, left);
        List<Census.Part> large = missing.parts().stream()
                .filter(part -> !StudyRunner.fits(part.example()))
                .toList();
        if (!large.isEmpty()) {
            long networks = large.stream().mapToLong(Census.Part::networks).sum();
            System.out.println("too large      "
                    + networks
                    + Count.word(networks, " network does", " networks do") + " not fit into this program's memory: "
                    + StudyRunner.tooLarge(
                            large.stream().map(Census.Part::example).toList()));
        }
    }

    private static void print(Estimate estimate, long networks) {
        int here = Runtime.getRuntime().availableProcessors();
        StudyTime time = estimate.time();
        System.out.println(
                "time           " + range(time.seconds(here)) + " on " + processors(here) + " if every network"
                        + " takes all of its steps; less where training ends before"
                        + (estimate.timed() == 0
                                ? "; a rough guess, as no step could be timed: they are too long, or the machine is busy"
                                : ""));
        System.out.println("elsewhere      " + elsewhere(time, here));
        System.out.println("memory         " + Math.round(estimate.memory() / MEBIBYTE)
                + " MiB in all; elsewhere at most " + Math.max(1, Math.round(estimate.largest() / MEBIBYTE))
                + " MiB for each network, beside what the program itself takes"
                + (estimate.memory() > machine()
                        ? "; more than the " + Math.round(machine() / MEBIBYTE) + " MiB of this machine"
                        : ""));
        System.out.println("stored         " + size(estimate.stored()) + ", " + size(estimate.stored() / networks)
                + " for each network on average");
    }

    static String processors(int count) {
        return count + Count.word(count, " processor", " processors");
    }

    /** Times on more processors, up to the number from which on they change nothing. */
    static String elsewhere(StudyTime time, int here) {
        return elsewhere(processors -> range(time.seconds(processors)), range(time.longest()), here);
    }

    /** The same in words: a number of processors is left out if fewer take as long, as far as is said. */
    static String elsewhere(IntFunction<String> time, String longest, int here) {
        List<String> times = new ArrayList<>();
        String before = time.apply(here);
        int last = here;
        for (int processors : ELSEWHERE) {
            String after = processors > here ? time.apply(processors) : before;
            if (!after.equals(before)) {
                times.add(after + " on " + processors);
                before = after;
                last = processors;
            }
        }
        String rest = "the longest network takes " + longest;
        if (times.isEmpty()) {
            return "no faster on more processors: " + rest;
        }
        return String.join(", ", times)
                + (last == ELSEWHERE.get(ELSEWHERE.size() - 1)
                        ? " such processors; " + rest + " on any number"
                        : " or more such processors, however many: " + rest);
    }

    /** What is said if the trials had processors for a part of the time only. */
    static Optional<String> busy(double share) {
        return Estimate.isBusy(share)
                ? Optional.of("idem: other programs are at work, so that this one had processors "
                        + Math.round(100 * share) + " % of the time that it asked for; the plan's times are"
                        + " those of processors that it has alone")
                : Optional.empty();
    }

    /** One number, or two where one would say more than is known. */
    static String range(StudyTime.Range time) {
        if (time.isCertain()) {
            return duration(time.expected());
        }
        String least = duration(time.least());
        String most = duration(time.most());
        if (time.least() < LEAST_SECONDS || least.equals(most)) {
            return time.most() < LEAST_SECONDS || least.equals(most) ? most : "less than " + most;
        }
        String unit = most.substring(most.indexOf(' '));
        return (least.endsWith(unit) ? least.substring(0, least.length() - unit.length()) : least) + "–" + most;
    }

    private static String duration(double seconds) {
        if (seconds < LEAST_SECONDS) {
            return "less than 0.1 s";
        }
        return seconds < SHORT_SECONDS
                ? String.format(Locale.ROOT, "%.1f s", seconds)
                : Terminal.duration(1e9 * seconds);
    }

    private static String size(long bytes) {
        return bytes < 100 * MEBIBYTE
                ? Math.round(Math.ceil(bytes / 1024.0)) + " KiB"
                : Math.round(bytes / MEBIBYTE) + " MiB";
    }

    /** Bytes of memory that this machine has. */
    private static long machine() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }
}
