package org.idem.laboratory.run;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.StudyAxes;
import org.idem.training.run.ResumableTraining;

/**
 * What runs will take, from a few timed steps.
 *
 * @param seconds on this machine if every run takes all of its steps, with as many runs at once as there are processors
 * @param bytes of native memory of the largest runs that are trained at once
 */
public record Estimate(double seconds, long bytes) {
    /** Shapes beyond this number are not timed; their time follows from the nearest one that is. */
    private static final int MOST_TIMED = 24;

    private static final long LONGEST_NANOSECONDS = 300_000_000L;
    private static final int MOST_STEPS = 20;

    /**
     * Times steps of different networks, some tenths of a second for each.
     *
     * @param runs what is to be estimated, at least one
     * @return the estimate
     */
    public static Estimate of(List<Run> runs) {
        Map<String, Run> shapes = new LinkedHashMap<>();
        for (Run run : runs) {
            shapes.putIfAbsent(shape(run), run);
        }
        List<Map.Entry<String, Run>> sorted = shapes.entrySet().stream()
                .sorted(Comparator.comparingDouble(
                        entry -> Cost.ofStep(entry.getValue().task())))
                .toList();
        Map<String, Double> timed = new HashMap<>();
        int count = Math.min(MOST_TIMED, sorted.size());
        double lastPerCost = 0;
        int next = 0;
        for (int i = 0; i < sorted.size(); i++) {
            Map.Entry<String, Run> shape = sorted.get(i);
            double cost = Cost.ofStep(shape.getValue().task());
            if (i == (int) ((long) next * sorted.size() / count)) {
                lastPerCost = secondsOfStep(shape.getValue()) / cost;
                next++;
            }
            timed.put(shape.getKey(), lastPerCost * cost);
        }
        int processors = Runtime.getRuntime().availableProcessors();
        double seconds = 0;
        for (Run run : runs) {
            int threads = Math.min(processors, run.task().point().get(StudyAxes.THREADS));
            seconds += timed.get(shape(run)) * run.stop().mostSteps() * threads / processors;
        }
        long bytes = runs.stream()
                .mapToLong(Cost::memory)
                .boxed()
                .sorted(Comparator.reverseOrder())
                .limit(processors)
                .mapToLong(Long::longValue)
                .sum();
        return new Estimate(seconds, bytes);
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
