package org.idem.laboratory;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.StudyAxes;
import org.idem.laboratory.plan.Task;
import org.idem.laboratory.run.StudyRunner;

/**
 * What networks of every shape take. Some shapes are tried out ({@link PilotRuns}); what others take follows from the
 * nearest one that is.
 */
final class Pilots {
    /** Shapes beyond this number are not tried. */
    private static final int MOST_TRIED = 24;

    /** A step that will take longer is not timed, and after this time no further shape is tried. */
    private static final double LONGEST_STEP_SECONDS = 2;

    private static final double LONGEST_TRIALS_SECONDS = 20;

    /** After this time, bytes of further shapes are those of others, by their pixels. */
    private static final double LONGEST_WEIGHING_SECONDS = 10;

    private final Map<String, Pilot> pilots = new HashMap<>();
    private int timed;
    private double share;
    private double bytesOfImages;

    /** Tries some shapes out, the cheap ones first, and what the store keeps of images. */
    Pilots(List<Run> runs, List<Task> images) throws IOException {
        Map<String, Run> shapes = new LinkedHashMap<>();
        runs.forEach(run -> shapes.putIfAbsent(shape(run), run));
        List<Run> sorted = shapes.values().stream()
                .sorted(Comparator.comparingDouble(StudyRunner::costOfStep))
                .toList();
        try (PilotRuns runner = new PilotRuns()) {
            tryOut(sorted, runner);
            weigh(sorted, runner);
            share = runner.share();
            bytesOfImages = runner.bytesOfImages(images);
        }
    }

    private void tryOut(List<Run> sorted, PilotRuns runner) throws IOException {
        int count = Math.min(MOST_TRIED, sorted.size());
        int next = 0;
        long started = System.nanoTime();
        Run nearest = sorted.get(0);
        Pilot last = Pilot.unknown(nearest);
        for (int i = 0; i < sorted.size(); i++) {
            Run run = sorted.get(i);
            last = last.scaled(nearest, run);
            nearest = run;
            if (i == (int) ((long) next * sorted.size() / count)) {
                next++;
                if (StudyRunner.fits(run)
                        && last.secondsOfStep() <= LONGEST_STEP_SECONDS
                        && (System.nanoTime() - started) / 1e9 < LONGEST_TRIALS_SECONDS) {
                    last = runner.measured(run, last);
                    timed++;
                }
            }
            pilots.put(shape(run), last);
        }
    }

    /** Bytes of all shapes, of which many have the same narrow network. */
    private void weigh(List<Run> sorted, PilotRuns runner) throws IOException {
        Map<String, Pilot> weighed = new HashMap<>();
        long started = System.nanoTime();
        Run nearest = sorted.get(0);
        Pilot last = Pilot.unknown(nearest);
        for (Run run : sorted) {
            Run narrow = new Run(run.task().narrow(), run.seed(), run.stop());
            Pilot known = weighed.get(shape(narrow));
            if (known == null) {
                known = last.scaled(nearest, run);
                if (StudyRunner.fits(narrow) && (System.nanoTime() - started) / 1e9 < LONGEST_WEIGHING_SECONDS) {
                    known = runner.weighed(narrow, known);
                }
                weighed.put(shape(narrow), known);
                nearest = run;
                last = known;
            }
            Pilot bytes = known;
            pilots.computeIfPresent(
                    shape(run), (shape, pilot) -> pilot.withBytes(bytes.bytesBeside(), bytes.bytesOfLook()));
        }
    }

    /** What a network takes. */
    Pilot of(Run run) {
        Pilot pilot = pilots.get(shape(run));
        if (pilot == null) {
            throw new IllegalArgumentException("a run must be one of those that were given, got " + run.line());
        }
        return pilot;
    }

    /** Part of the time in which the trials had processors. */
    double share() {
        return share;
    }

    /** What the store keeps of all images. */
    double bytesOfImages() {
        return bytesOfImages;
    }

    /** Shapes of which steps were timed. */
    int timed() {
        return timed;
    }

    /** Networks of one shape take the same time; what theorems say of them depends on how they begin and learn. */
    private static String shape(Run run) {
        return run.task().network() + " " + Arrays.toString(run.task().inputs().shape())
                + run.task().point().get(StudyAxes.PRECISION)
                + run.task().point().get(StudyAxes.THREADS)
                + run.task().point().get(StudyAxes.BATCH)
                + run.task().point().get(StudyAxes.RULE)
                + run.task().point().get(StudyAxes.INIT);
    }
}
