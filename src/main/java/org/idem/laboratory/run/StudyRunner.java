package org.idem.laboratory.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.idem.execution.Crew;
import org.idem.execution.cluster.Needs;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.StudyAxes;

/**
 * Trains the networks of a study side by side, as many at once as there are processors for their threads. What a run
 * leaves does not depend on which others there are, nor on their order.
 */
public final class StudyRunner {
    /** Keeps what a run left. */
    @FunctionalInterface
    public interface Keeper {
        /**
         * Is called by several threads.
         *
         * @param run what was trained
         * @param trained result and arrays
         * @throws IOException if they cannot be kept; no further run is started then
         */
        void keep(Run run, Trained trained) throws IOException;
    }

    /** Hears how far training is. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Some more runs are finished and kept. Is called by several threads, one after the other.
         *
         * @param done runs finished
         * @param all runs in all
         * @param share of the work that is done, by the cost of steps, in [0, 1]
         */
        void finished(int done, int all, double share);
    }

    private StudyRunner() {}

    /**
     * Trains runs, each key once: the first seeds of all points first, the most expensive ones before others.
     *
     * @param runs those that are still to be done
     * @param keeper keeps results
     * @param progress hears how many are finished
     * @throws IOException if a result cannot be kept
     */
    public static void train(List<Run> runs, Keeper keeper, Progress progress) throws IOException {
        List<Run> distinct = distinct(runs);
        double all = distinct.stream().mapToDouble(StudyRunner::cost).sum();
        Tally tally = new Tally(distinct.size(), all, keeper, progress);
        // networks of many threads run with fewer beside them
        Map<Integer, List<Run>> byThreads = new TreeMap<>();
        for (Run run : distinct) {
            byThreads
                    .computeIfAbsent(run.task().point().get(StudyAxes.THREADS), threads -> new ArrayList<>())
                    .add(run);
        }
        try {
            byThreads.forEach((threads, some) -> sideBySide(threads, ordered(some), tally));
        } catch (UncheckedIOException wrapped) {
            throw wrapped.getCause();
        }
    }

    /**
     * Runs of different keys.
     *
     * @param runs any
     * @return the first of each key, in their order
     */
    public static List<Run> distinct(List<Run> runs) {
        Map<String, Run> byKey = new LinkedHashMap<>();
        runs.forEach(run -> byKey.putIfAbsent(run.key(), run));
        return List.copyOf(byKey.values());
    }

    /**
     * Whether a network fits into the program's memory.
     *
     * @param run any
     * @return false if its training would fail
     */
    public static boolean fits(Run run) {
        return heap(run) <= Runtime.getRuntime().maxMemory();
    }

    /**
     * What is said of runs that would fail for want of memory.
     *
     * @param runs any
     * @return one line about the largest one with the remedy; empty if all fit
     */
    public static String tooLarge(List<Run> runs) {
        return runs.stream()
                .filter(run -> !fits(run))
                .max(Comparator.comparingLong(StudyRunner::heap))
                .map(run -> run.task().size() + " must make a network that fits into "
                        + (Runtime.getRuntime().maxMemory() >> 20) + " MiB, but needs about " + (heap(run) >> 20)
                        + " MiB; smaller values do, or IDEM_JAVA_OPTS=-Xmx" + gibibytes(heap(run)) + "g")
                .orElse("");
    }

    /** Space for what a run holds, and as much again for what is not collected yet. */
    private static long heap(Run run) {
        return 2 * Cost.heap(run);
    }

    /** A heap of which so many bytes can be used: the collector keeps one part in thirty for itself. */
    private static long gibibytes(long bytes) {
        return (bytes + bytes / 29 >> 30) + 1;
    }

    /**
     * What training one of several runs takes.
     *
     * @param runs at least one
     * @return for each of threads and memory, those of the run that takes most
     */
    public static Needs needs(List<Run> runs) {
        return new Needs(
                runs.stream()
                        .mapToInt(run -> run.task().point().get(StudyAxes.THREADS))
                        .max()
                        .orElse(1),
                runs.stream().mapToLong(StudyRunner::heap).max().orElse(0),
                runs.stream().mapToLong(Cost::memory).max().orElse(0));
    }

    /**
     * Bytes of memory that training one run takes, native or not.
     *
     * @param run any
     * @return the most that it holds at once
     */
    public static long held(Run run) {
        return Cost.memory(run) + Cost.heap(run);
    }

    /**
     * Bytes that a program takes which trains some runs at once.
     *
     * @param runs at least one
     * @return its largest resident size
     */
    public static long resident(List<Run> runs) {
        return Cost.program(runs);
    }

    /**
     * Trains one run on this thread.
     *
     * @param run any
     * @return what it left
     */
    public static Trained trained(Run run) {
        return new RunTraining(run).train();
    }

    /**
     * Runs in the order in which they should be begun.
     *
     * @param runs any
     * @return the first seeds of all points first, the most expensive ones before others
     */
    public static List<Run> ordered(List<Run> runs) {
        return runs.stream()
                .sorted(Comparator.comparingLong(Run::seed)
                        .thenComparing(
                                Comparator.comparingDouble(StudyRunner::cost).reversed()))
                .toList();
    }

    /**
     * How long a run takes at most.
     *
     * @param run any
     * @return multiplications of all steps that it may take
     */
    public static double cost(Run run) {
        return costOfStep(run) * run.stop().mostSteps();
    }

    /**
     * How long a step of a run takes.
     *
     * @param run any
     * @return multiplications
     */
    public static double costOfStep(Run run) {
        return Cost.ofStep(run.task());
    }

    /**
     * How often a network is looked at while it is trained.
     *
     * @param steps that it takes
     * @return looks before the first step, on the way, and after the last
     */
    public static int looks(int steps) {
        return RunTraining.looks(steps);
    }

    private static void sideBySide(int threads, List<Run> runs, Tally tally) {
        int atOnce = Math.max(1, Runtime.getRuntime().availableProcessors() / threads);
        Queue<Run> waiting = new ConcurrentLinkedQueue<>(runs);
        Crew.map(IntStream.range(0, Math.min(atOnce, runs.size())).boxed().toList(), worker -> {
            try {
                for (Run run = waiting.poll(); run != null; run = waiting.poll()) {
                    tally.add(run, trained(run));
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            } finally {
                waiting.clear();
            }
            return worker;
        });
    }

    /** What is done of the runs. */
    private static final class Tally {
        private final int runs;
        private final double cost;
        private final Keeper keeper;
        private final Progress progress;
        private int done;
        private double spent;

        Tally(int runs, double cost, Keeper keeper, Progress progress) {
            this.runs = runs;
            this.cost = cost;
            this.keeper = keeper;
            this.progress = progress;
        }

        void add(Run run, Trained trained) throws IOException {
            keeper.keep(run, trained);
            synchronized (this) {
                done++;
                spent += StudyRunner.cost(run);
                progress.finished(done, runs, cost == 0 ? 1 : spent / cost);
            }
        }
    }
}
