package org.idem.laboratory;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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
    /** After this time from the start of a plan, no further shape is timed. */
    private static final double LONGEST_SECONDS = 20;

    /** After this time, bytes of further shapes are those of others, by their pixels. */
    private static final double LONGEST_WEIGHING_SECONDS = 4;

    private final ShapeTimes times;
    private final Map<String, Pilot> weighed = new HashMap<>();
    private final double bytesOfImages;
    private final ProgramClock.Span report;
    private final Beginning beginning;
    private final double share;

    /**
     * Begins the study and writes its report, as a program does that has just started; then times some shapes.
     *
     * @param listener is told what is being done
     */
    Pilots(List<Census.Part> parts, List<Task> images, Rehearsal report, Consumer<String> listener) throws IOException {
        long started = System.nanoTime();
        Map<String, Run> shapes = new LinkedHashMap<>();
        Map<String, Long> networks = new HashMap<>();
        for (Census.Part part : parts) {
            shapes.putIfAbsent(shape(part.example()), part.example());
            networks.merge(shape(part.example()), part.networks(), Long::sum);
        }
        List<Run> sorted = shapes.values().stream()
                .sorted(Comparator.comparingDouble(StudyRunner::costOfStep))
                .toList();
        try (PilotRuns runner =
                new PilotRuns(parts.stream().mapToLong(Census.Part::networks).sum())) {
            listener.accept("beginning the study");
            beginning = runner.begun(parts);
            listener.accept("measuring what the store will hold");
            bytesOfImages = runner.bytesOfImages(images);
            weigh(sorted, runner);
            listener.accept("writing a report");
            this.report = runner.report(parts, report);
            times = new ShapeTimes(sorted, networks);
            do {
                listener.accept("timing shape " + (times.timed() + 1) + " of at most " + times.most());
            } while (times.timeOneMore(runner::measured) && System.nanoTime() - started < 1e9 * LONGEST_SECONDS);
            share = runner.share();
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
        Pilot pilot = weighed.get(shape(narrow(run)));
        if (pilot == null) {
            throw new IllegalArgumentException("a run must be one of those that were given, got " + run.line());
        }
        return pilot.bytes(run);
    }

    /** How long a network with all of its steps takes. */
    double seconds(Run run) {
        return times.of(run).seconds(run);
    }

    /** How long networks take, and how sure that is. */
    ShapeTimes times() {
        return times;
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
