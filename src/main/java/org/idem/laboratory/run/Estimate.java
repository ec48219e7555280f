package org.idem.laboratory.run;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.idem.laboratory.plan.Census;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.StudyAxes;
import org.idem.training.run.ResumableTraining;

/**
 * What networks will take, from a few timed steps.
 *
 * @param seconds on this machine if every network takes all of its steps, with as many at once as there are processors
 * @param bytes of native memory of the largest networks that are trained at once
 * @param timed kinds of networks of which steps were timed; 0 if all are too large, and the time is a rough guess
 */
public record Estimate(double seconds, long bytes, int timed) {
    /** Shapes beyond this number are not timed; their time follows from the nearest one that is. */
    private static final int MOST_TIMED = 24;

    private static final long LONGEST_NANOSECONDS = 300_000_000L;
    private static final int MOST_STEPS = 20;
    /** A step that will take longer is not timed, and after this time no further shape is. */
    private static final double LONGEST_STEP_SECONDS = 2;

    private static final double LONGEST_TIMING_SECONDS = 15;
    /** Where no step can be timed: what a processor manages with large networks. */
    private static final double USUAL_SECONDS_PER_MULTIPLICATION = 1e-10;

    /**
     * Times steps of different networks, some tenths of a second for each.
     *
     * @param parts what is to be estimated, at least one
     * @return the estimate
     */
    public static Estimate of(List<Census.Part> parts) {
        Map<String, Run> shapes = new LinkedHashMap<>();
        for (Census.Part part : parts) {
            shapes.putIfAbsent(shape(part.example()), part.example());
        }
        List<Map.Entry<String, Run>> sorted = shapes.entrySet().stream()
                .sorted(Comparator.comparingDouble(
                        entry -> Cost.ofStep(entry.getValue().task())))
                .toList();
        Map<String, Double> seconds = new HashMap<>();
        int count = Math.min(MOST_TIMED, sorted.size());
        double perCost = USUAL_SECONDS_PER_MULTIPLICATION;
        int next = 0;
        int timed = 0;
        long started = System.nanoTime();
        for (int i = 0; i < sorted.size(); i++) {
            Map.Entry<String, Run> shape = sorted.get(i);
            double cost = Cost.ofStep(shape.getValue().task());
            if (i == (int) ((long) next * sorted.size() / count)) {
                next++;
                if (StudyRunner.fits(shape.getValue())
                        && perCost * cost <= LONGEST_STEP_SECONDS
                        && (System.nanoTime() - started) / 1e9 < LONGEST_TIMING_SECONDS) {
                    perCost = secondsOfStep(shape.getValue()) / cost;
                    timed++;
                }
            }
            seconds.put(shape.getKey(), perCost * cost);
        }
        return new Estimate(seconds(parts, seconds), memory(parts), timed);
    }

    private static double seconds(List<Census.Part> parts, Map<String, Double> ofStep) {
        int processors = Runtime.getRuntime().availableProcessors();
        double seconds = 0;
        for (Census.Part part : parts) {
            Run run = part.example();
            int threads = Math.min(processors, run.task().point().get(StudyAxes.THREADS));
            seconds += ofStep.get(shape(run)) * run.stop().mostSteps() * threads / processors * part.networks();
        }
        return seconds;
    }

    private static long memory(List<Census.Part> parts) {
        int processors = Runtime.getRuntime().availableProcessors();
        return parts.stream()
                .flatMap(part ->
                        Collections.nCopies((int) Math.min(processors, part.networks()), Cost.memory(part.example()))
                                .stream())
                .sorted(Comparator.reverseOrder())
                .limit(processors)
                .mapToLong(Long::longValue)
                .sum();
    }

    private static String shape(Run run) {
        return run.task().network() + " " + Arrays.toString(run.task().inputs().shape())
                + run.task().point().get(StudyAxes.PRECISION)
                + run.task().point().get(StudyAxes.THREADS)
                + run.task().point().get(StudyAxes.BATCH);
    }

    private static double secondsOfStep(Run run) {
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
