package org.idem.laboratory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.idem.execution.Crew;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.Stop;
import org.idem.laboratory.plan.StudyAxes;
import org.idem.laboratory.run.StepTime;
import org.idem.laboratory.run.StudyRunner;
import org.idem.store.Store;

/**
 * Networks of every shape, trained for a few steps as a study would train them, on all processors at once: what is
 * measured, what theorems say and what is kept counts as well as steps do. Shapes that are not tried out follow from
 * the nearest one that is.
 */
final class Pilots {
    /** Shapes beyond this number are not tried. */
    private static final int MOST_TRIED = 24;

    /** A step that will take longer is not timed, and after this time no further shape is tried. */
    private static final double LONGEST_STEP_SECONDS = 2;

    private static final double LONGEST_TRIALS_SECONDS = 20;
    /** A whole short run is made where a step will not take longer; elsewhere steps alone are timed. */
    private static final double LONGEST_STEP_OF_A_RUN_SECONDS = 0.04;

    private static final int STEPS = 16;
    /** Code becomes faster while it runs, so the fastest of some runs counts. */
    private static final int MOST_RUNS = 12;

    private static final double SECONDS_OF_RUNS = 0.4;
    /** Where no step can be timed: what a processor manages with large networks. */
    private static final double USUAL_SECONDS_PER_MULTIPLICATION = 1e-10;
    /** Where no run can be made: what tests take. */
    private static final double USUAL_STEPS_BESIDE = 30;
    /** Where no run can be made: single precision of an output on each test and what layers give back of it. */
    private static final int USUAL_BYTES_PER_PIXEL = 8;

    private static final double NEVER_REACHED = Double.MIN_VALUE;

    /**
     * What networks of one shape take.
     *
     * @param secondsBeside all but steps
     * @param secondsOfStep one step
     * @param bytesBeside what the store keeps beside looks
     * @param bytesOfLook what it keeps of one look
     */
    record Pilot(double secondsBeside, double secondsOfStep, double bytesBeside, double bytesOfLook) {
        double seconds(Run run) {
            return secondsBeside + secondsOfStep * run.stop().mostSteps();
        }

        long bytes(Run run) {
            return Math.round(
                    bytesBeside + bytesOfLook * StudyRunner.looks(run.stop().mostSteps()));
        }
    }

    private final Map<String, Pilot> pilots = new HashMap<>();
    private int timed;

    /** Tries some shapes out, the cheap ones first. */
    Pilots(List<Run> runs) throws IOException {
        Map<String, Run> shapes = new LinkedHashMap<>();
        runs.forEach(run -> shapes.putIfAbsent(shape(run), run));
        List<Run> sorted = shapes.values().stream()
                .sorted(Comparator.comparingDouble(StudyRunner::costOfStep))
                .toList();
        Path folder = Files.createTempDirectory("idem-plan");
        try (Store store = Store.open(folder, Run.VERSION)) {
            tryOut(sorted, store);
        } finally {
            delete(folder);
        }
    }

    private void tryOut(List<Run> sorted, Store store) throws IOException {
        int count = Math.min(MOST_TRIED, sorted.size());
        int next = 0;
        long started = System.nanoTime();
        Run nearest = sorted.get(0);
        Pilot last = unknown(nearest);
        for (int i = 0; i < sorted.size(); i++) {
            Run run = sorted.get(i);
            last = scaled(last, nearest, run);
            nearest = run;
            if (i == (int) ((long) next * sorted.size() / count)) {
                next++;
                if (StudyRunner.fits(run)
                        && last.secondsOfStep() <= LONGEST_STEP_SECONDS
                        && (System.nanoTime() - started) / 1e9 < LONGEST_TRIALS_SECONDS) {
                    last = measured(run, last, store);
                    timed++;
                }
            }
            pilots.put(shape(run), last);
        }
    }

    private static Pilot unknown(Run run) {
        double step = USUAL_SECONDS_PER_MULTIPLICATION * StudyRunner.costOfStep(run);
        double look = 4 * pixels(run);
        return new Pilot(
                USUAL_STEPS_BESIDE * step,
                step,
                USUAL_BYTES_PER_PIXEL * pixels(run) * run.task().tests().size(),
                look);
    }

    /** Times grow with multiplications, bytes with pixels. */
    private static Pilot scaled(Pilot pilot, Run from, Run to) {
        double cost = StudyRunner.costOfStep(to) / StudyRunner.costOfStep(from);
        double size = pixels(to) / pixels(from);
        return new Pilot(
                pilot.secondsBeside() * cost,
                pilot.secondsOfStep() * cost,
                pilot.bytesBeside() * size,
                pilot.bytesOfLook() * size);
    }

    private static double pixels(Run run) {
        return run.task().inputs().length() / (double) run.task().inputs().size(0);
    }

    private Pilot measured(Run run, Pilot expected, Store store) throws IOException {
        if (expected.secondsOfStep() > LONGEST_STEP_OF_A_RUN_SECONDS) {
            double step = sideBySide(run, one -> StepTime.seconds(run));
            double slower = step / expected.secondsOfStep();
            return new Pilot(expected.secondsBeside() * slower, step, expected.bytesBeside(), expected.bytesOfLook());
        }
        long before = store.bytes();
        kept(shortened(run, 1, 0), store);
        long few = store.bytes() - before;
        kept(shortened(run, STEPS, 0), store);
        long more = store.bytes() - before - few;
        double look = (more - few) / (double) (StudyRunner.looks(STEPS) - StudyRunner.looks(1));
        double whole = sideBySide(run, worker -> fastest(run, worker, store));
        double step = sideBySide(run, worker -> StepTime.seconds(run));
        return new Pilot(Math.max(0, whole - STEPS * step), step, few - look * StudyRunner.looks(1), look);
    }

    /** What a thread measures. */
    @FunctionalInterface
    private interface Measurement {
        double seconds(int worker);
    }

    /** The mean over as many threads as a study would train such networks on at once. */
    private static double sideBySide(Run run, Measurement measurement) {
        int threads = run.task().point().get(StudyAxes.THREADS);
        int atOnce = Math.max(1, Runtime.getRuntime().availableProcessors() / threads);
        return Crew.map(IntStream.range(0, atOnce).boxed().toList(), measurement::seconds).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
    }

    private static double fastest(Run run, int worker, Store store) {
        long started = System.nanoTime();
        double least = Double.POSITIVE_INFINITY;
        for (int i = 1; i <= MOST_RUNS && (i <= 2 || System.nanoTime() - started < 1e9 * SECONDS_OF_RUNS); i++) {
            long begin = System.nanoTime();
            try {
                kept(shortened(run, STEPS, i + (long) MOST_RUNS * worker), store);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            least = Math.min(least, (System.nanoTime() - begin) / 1e9);
        }
        return least;
    }

    /** The run with few steps, and another seed, so that its key is new. */
    private static Run shortened(Run run, int steps, long offset) {
        return new Run(run.task(), run.seed() + offset, new Stop(NEVER_REACHED, steps));
    }

    private static void kept(Run run, Store store) throws IOException {
        Parcel parcel = StudyWork.parcel(run, StudyRunner.trained(run));
        store.append(run.key(), parcel.record(), parcel.arrays(), parcel.precision());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
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
