package org.idem.laboratory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.idem.array.ScratchFolder;
import org.idem.execution.Crew;
import org.idem.laboratory.plan.Census;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.Stop;
import org.idem.laboratory.plan.StudyAxes;
import org.idem.laboratory.plan.Task;
import org.idem.laboratory.result.ResultJson;
import org.idem.laboratory.result.RunResult;
import org.idem.laboratory.run.StepTime;
import org.idem.laboratory.run.StudyRunner;
import org.idem.laboratory.run.WorkClock;
import org.idem.store.Store;

/**
 * Measures networks by short runs on all processors at once, with a store of its own: what is measured, what theorems
 * say and what is kept counts as well as steps do.
 */
final class PilotRuns implements AutoCloseable {
    /** A whole short run is made where a step will not take longer; elsewhere steps alone are timed. */
    private static final double LONGEST_STEP_OF_A_RUN_SECONDS = 0.04;

    private static final int STEPS = 16;
    /** Code becomes faster while it runs, so the fastest of some runs counts. */
    private static final int MOST_RUNS = 12;

    private static final double SECONDS_OF_RUNS = 0.4;
    /** After this time the images that are left count as others that were kept, number by number. */
    private static final double SECONDS_OF_IMAGES = 3;

    /** Rows of a report that is written to see how long that takes. */
    private static final int MOST_ROWS = 200;

    /** Networks that are begun in a few seconds at most. */
    private static final int MOST_BEGUN = 2000;

    /**
     * Seeds of shortened runs lie beyond those of the networks that are begun, so that the store meets no key twice.
     */
    private static final long FARTHER = 1_000_000;

    private final ScratchFolder folder = new ScratchFolder();
    private final Store store;
    private final long networks;
    private final Queue<Double> shares = new ConcurrentLinkedQueue<>();
    private final Map<String, RunResult> narrow = new HashMap<>();

    /**
     * Makes a temporary folder for what runs leave.
     *
     * @param networks of the study: as many are trained at once, if there are processors for them
     */
    PilotRuns(long networks) throws IOException {
        this.networks = networks;
        store = Store.open(folder.path(), Run.VERSION);
    }

    /** Trains the first networks of a study. */
    Beginning begun(List<Census.Part> parts) {
        List<Run> runs = StudyRunner.ordered(parts.stream()
                .filter(part -> StudyRunner.fits(part.example())
                        && Pilot.unknown(part.example()).secondsOfStep() <= LONGEST_STEP_OF_A_RUN_SECONDS)
                .flatMap(part -> LongStream.range(0, Math.min(part.networks(), MOST_BEGUN))
                        .mapToObj(seed -> new Run(
                                part.example().task(),
                                part.example().seed() + seed,
                                part.example().stop())))
                .toList());
        int threads = runs.stream().mapToInt(PilotRuns::threads).min().orElse(1);
        List<Run> first = runs.stream()
                .filter(run -> threads(run) == threads)
                .limit(MOST_BEGUN)
                .toList();
        return Beginning.of(first, networks == first.size(), atOnce(threads), this::train);
    }

    private void train(Run run) {
        try {
            kept(run);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What networks of a run's shape take, of which so much is expected; bytes are those that are expected. */
    Pilot measured(Run run, Pilot expected) {
        double step = sideBySide(run, worker -> step(run));
        double beside = expected.secondsBeside() * step / expected.secondsOfStep();
        if (expected.secondsOfStep() <= LONGEST_STEP_OF_A_RUN_SECONDS) {
            beside = Math.max(0, sideBySide(run, worker -> fastest(run, worker)) - STEPS * step);
        }
        return expected.withTimes(beside, step);
    }

    /** The same with the bytes that the store keeps of such a network, by runs of a narrow one. */
    Pilot weighed(Run narrow, Pilot expected) throws IOException {
        long before = store.bytes();
        kept(shortened(narrow, 1, 0));
        long few = store.bytes() - before;
        RunResult result = kept(shortened(narrow, STEPS, 0));
        this.narrow.put(Pilots.shape(narrow), result);
        long more = store.bytes() - before - few;
        double look = (more - few) / (double) (StudyRunner.looks(STEPS) - StudyRunner.looks(1));
        return expected.withBytes(few - look * StudyRunner.looks(1), look);
    }

    /** What the store keeps of the images of some tasks. */
    double bytesOfImages(List<Task> tasks) throws IOException {
        long before = store.bytes();
        long started = System.nanoTime();
        double kept = 0;
        double all = 0;
        for (Task task : tasks) {
            double numbers = TaskImages.numbers(task);
            all += numbers;
            if (kept == 0 || System.nanoTime() - started < 1e9 * SECONDS_OF_IMAGES) {
                keep(Laboratory.IMAGES + task.digest(), TaskImages.of(task));
                kept += numbers;
            }
        }
        return tasks.isEmpty() ? 0 : (store.bytes() - before) * all / kept;
    }

    /** What a thread measures. */
    @FunctionalInterface
    private interface Measurement {
        double seconds(int worker);
    }

    /** The mean over as many threads as a study would train such networks on at once. */
    private double sideBySide(Run run, Measurement measurement) {
        return Crew.map(IntStream.range(0, atOnce(threads(run))).boxed().toList(), measurement::seconds).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
    }

    private int atOnce(int threads) {
        return (int) Math.min(networks, Math.max(1, Runtime.getRuntime().availableProcessors() / threads));
    }

    private static int threads(Run run) {
        return run.task().point().get(StudyAxes.THREADS);
    }

    /**
     * How long the report of a study takes.
     *
     * @param parts of the study; those without a narrow network are left out
     * @param report writes it
     */
    ProgramClock.Span report(List<Census.Part> parts, Rehearsal report) throws IOException {
        List<StudyResults.Row> rows = new ArrayList<>();
        for (Census.Part part : parts) {
            Run run = part.example();
            RunResult result = narrow.get(Pilots.shape(Pilots.narrow(run)));
            for (long seed = 0; result != null && seed < part.networks() && rows.size() < MOST_ROWS; seed++) {
                rows.add(new StudyResults.Row(run.task().point(), run.seed() + seed, result));
            }
        }
        ProgramClock clock = new ProgramClock();
        report.write(rows, new LaboratoryArrays(store), folder.path().resolve("report"));
        return clock.span(1);
    }

    /** Part of the time in which threads had processors, in the mean over all steps that were timed. */
    double share() {
        return shares.stream().mapToDouble(Double::doubleValue).average().orElse(1);
    }

    private double step(Run run) {
        StepTime time = StepTime.of(run);
        shares.add(time.share());
        return time.seconds();
    }

    /** The least time of work, and the least time for which the disk makes it wait. */
    private double fastest(Run run, int worker) {
        WorkClock clock = WorkClock.of(run);
        long started = System.nanoTime();
        double leastWork = Double.POSITIVE_INFINITY;
        double leastKeeping = Double.POSITIVE_INFINITY;
        for (int i = 1; i <= MOST_RUNS && (i <= 2 || System.nanoTime() - started < 1e9 * SECONDS_OF_RUNS); i++) {
            double begin = clock.seconds();
            Run one = shortened(run, STEPS, i + (long) MOST_RUNS * worker);
            Parcel parcel = StudyWork.parcel(one, StudyRunner.trained(one));
            leastWork = Math.min(leastWork, clock.seconds() - begin);
            long keeping = System.nanoTime();
            try {
                keep(one.key(), parcel);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            leastKeeping = Math.min(leastKeeping, (System.nanoTime() - keeping) / 1e9);
        }
        return leastWork + leastKeeping;
    }

    /** The run with few steps, and a seed that only this offset gives. */
    private static Run shortened(Run run, int steps, long offset) {
        return new Run(run.task(), run.seed() + FARTHER + offset, new Stop(Beginning.NEVER_REACHED, steps));
    }

    private RunResult kept(Run run) throws IOException {
        Parcel parcel = StudyWork.parcel(run, StudyRunner.trained(run));
        keep(run.key(), parcel);
        return ResultJson.read(run.key(), parcel.record());
    }

    private void keep(String key, Parcel parcel) throws IOException {
        store.append(key, parcel.record(), parcel.arrays(), parcel.precision());
    }

    @Override
    public void close() throws IOException {
        try (folder) {
            store.close();
        }
    }
}
