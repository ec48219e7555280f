package org.idem.laboratory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.idem.laboratory.plan.Census;
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

    /** Where nothing was tried. */
    private static final double UNKNOWN_DOUBT = 3;

    /** After this time, bytes of further shapes are those of others, by their pixels. */
    private static final double LONGEST_WEIGHING_SECONDS = 10;

    private final Map<String, Pilot> pilots = new HashMap<>();
    private final Set<String> tried = new HashSet<>();
    /** By how much shapes that were tried differ from what was expected of them: logarithms of ratios of times. */
    private final List<Double> surprises = new ArrayList<>();

    private final Map<String, Pilot> weighed = new HashMap<>();
    private final double bytesOfImages;
    private final ProgramClock.Span report;
    private final Beginning beginning;
    private final double share;

    /**
     * Begins the study and writes its report, as a program does that has just started; then tries some shapes out, the
     * cheap ones first.
     */
    Pilots(List<Census.Part> parts, List<Task> images, Rehearsal report) throws IOException {
        Map<String, Run> shapes = new LinkedHashMap<>();
        parts.forEach(part -> shapes.putIfAbsent(shape(part.example()), part.example()));
        List<Run> sorted = shapes.values().stream()
                .sorted(Comparator.comparingDouble(StudyRunner::costOfStep))
                .toList();
        try (PilotRuns runner =
                new PilotRuns(parts.stream().mapToLong(Census.Part::networks).sum())) {
            beginning = runner.begun(parts);
            bytesOfImages = runner.bytesOfImages(images);
            weigh(sorted, runner);
            this.report = runner.report(parts, report);
            tryOut(sorted, runner);
            share = runner.share();
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
                    double expected = last.seconds(run);
                    last = runner.measured(run, last);
                    // the first one was expected without any other
                    if (!tried.isEmpty()) {
                        surprises.add(Math.log(last.seconds(run) / expected));
                    }
                    tried.add(shape(run));
                }
            }
            pilots.put(shape(run), last);
        }
    }

    /** Bytes of all shapes, of which many have the same narrow network. */
    private void weigh(List<Run> sorted, PilotRuns runner) throws IOException {
        long started = System.nanoTime();
        Run nearest = sorted.get(0);
        Pilot last = Pilot.unknown(nearest);
        for (Run run : sorted) {
            Run narrow = narrow(run);
            if (!weighed.containsKey(shape(narrow))) {
                last = last.scaled(nearest, run);
                nearest = run;
                if (StudyRunner.fits(narrow) && (System.nanoTime() - started) / 1e9 < LONGEST_WEIGHING_SECONDS) {
                    last = runner.weighed(narrow, last);
                }
                weighed.put(shape(narrow), last);
            }
        }
    }

    /** What the store keeps of a network with all of its steps. */
    long bytes(Run run) {
        return of(weighed, narrow(run)).bytes(run);
    }

    /** How long a network with all of its steps takes. */
    double seconds(Run run) {
        return of(pilots, run).seconds(run);
    }

    /**
     * By which factor the time may be off: that of shapes that were tried, if others were all that is known of them.
     */
    double doubt(Run run) {
        if (tried.contains(shape(run))) {
            return 1;
        }
        return surprises.isEmpty()
                ? UNKNOWN_DOUBT
                : Math.exp(Math.sqrt(surprises.stream()
                        .mapToDouble(surprise -> surprise * surprise)
                        .average()
                        .orElseThrow()));
    }

    private static Pilot of(Map<String, Pilot> pilots, Run run) {
        Pilot pilot = pilots.get(shape(run));
        if (pilot == null) {
            throw new IllegalArgumentException("a run must be one of those that were given, got " + run.line());
        }
        return pilot;
    }

    /** How long the report takes. */
    ProgramClock.Span report() {
        return report;
    }

    /** The first networks. */
    Beginning beginning() {
        return beginning;
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
        return tried.size();
    }

    /** A narrow network that leaves as much. */
    static Run narrow(Run run) {
        return new Run(run.task().narrow(), run.seed(), run.stop());
    }

    /** Networks of one shape take the same time; what theorems say of them depends on how they begin and learn. */
    static String shape(Run run) {
        return run.task().network() + " " + Arrays.toString(run.task().inputs().shape())
                + run.task().point().get(StudyAxes.PRECISION)
                + run.task().point().get(StudyAxes.THREADS)
                + run.task().point().get(StudyAxes.BATCH)
                + run.task().point().get(StudyAxes.RULE)
                + run.task().point().get(StudyAxes.INIT);
    }
}
