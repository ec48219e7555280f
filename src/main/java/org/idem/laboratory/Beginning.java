package org.idem.laboratory;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.idem.execution.Crew;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.Stop;
import org.idem.laboratory.run.StudyRunner;

/**
 * The first networks of a study, trained as the study trains them by a program that has just started, whose code is
 * slow at first.
 *
 * @param before until the program began to train
 * @param seconds from there until the time was over or all networks were trained
 * @param trained runs of each thread, with the steps that were made of them
 * @param whole whether that was all of the study
 */
record Beginning(ProgramClock.Span before, double seconds, List<List<Run>> trained, boolean whole) {
    private static final double LONGEST_SECONDS = 3;

    /** On a busy machine, training goes on for so many times as long at most. */
    private static final double LONGEST_WAIT = 2;

    /**
     * A first guess, until a network was trained and timed. It is that of large networks; small ones take longer for
     * each multiplication, but have few.
     */
    private static final double SECONDS_PER_MULTIPLICATION = 2e-10;

    static final double NEVER_REACHED = Double.MIN_VALUE;

    /**
     * Trains for some seconds.
     *
     * @param runs in the order of the study
     * @param all whether the study has no others
     * @param atOnce threads
     * @param training trains a run and keeps what it leaves
     */
    static Beginning of(List<Run> runs, boolean all, int atOnce, Consumer<Run> training) {
        Queue<Run> waiting = new ConcurrentLinkedQueue<>(runs);
        ProgramClock.Span before = ProgramClock.sinceStart();
        ProgramClock clock = new ProgramClock();
        int threads = Math.max(1, Math.min(atOnce, runs.size()));
        List<List<Run>> trained = Crew.map(
                IntStream.range(0, threads).boxed().toList(), thread -> trained(waiting, clock, threads, training));
        double seconds = clock.span(threads).most();
        boolean whole = all
                && waiting.isEmpty()
                && trained.stream()
                        .flatMap(List::stream)
                        .allMatch(run ->
                                run.stop().mostSteps() == runs.get(0).stop().mostSteps());
        return new Beginning(before, seconds, trained, whole);
    }

    private static List<Run> trained(Queue<Run> waiting, ProgramClock clock, int threads, Consumer<Run> training) {
        List<Run> trained = new ArrayList<>();
        double pace = SECONDS_PER_MULTIPLICATION;
        double left = LONGEST_SECONDS;
        while (left > 0) {
            Run run = waiting.poll();
            if (run == null) {
                break;
            }
            double steps = left / (pace * StudyRunner.costOfStep(run));
            int few = (int) Math.max(1, Math.min(run.stop().mostSteps(), steps));
            Run begun = new Run(run.task(), run.seed(), new Stop(NEVER_REACHED, few));
            training.accept(begun);
            trained.add(begun);
            double after = LONGEST_SECONDS - Math.max(clock.span(threads).most(), clock.passed() / LONGEST_WAIT);
            pace = Math.min(pace, (left - after) / StudyRunner.cost(begun));
            left = after;
        }
        return trained;
    }

    /** How much longer it took than it would have when the program is warm; none if all of it was trained. */
    double excess(ToDoubleFunction<Run> warm) {
        double work = trained.stream()
                .mapToDouble(some -> some.stream().mapToDouble(warm).sum())
                .average()
                .orElse(0);
        return Math.max(0, seconds - work);
    }
}
