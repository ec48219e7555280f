package org.idem.verification.share;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.idem.array.WholeFile;
import org.idem.array.WriteLock;
import org.idem.space.Configuration;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Theorem;
import org.idem.verification.Progress;
import org.idem.verification.Seen;
import org.idem.verification.TrialSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs trials here and keeps what they showed in a folder until the run has ended. If the run is ended before, the same
 * run later takes the kept trials from the folder and runs the others.
 *
 * <p>What is asked of a trial is kept, no more. Trials that are done but not yet in the folder are lost when a process
 * is killed: those of the last two seconds and of another hundredth of the time that the run took, but of one minute at
 * most. Where the folder cannot be written, or another process keeps trials there, the run goes on and nothing more is
 * kept. Only files that such runs wrote are ever deleted.
 */
public final class KeptTrials implements TrialSource, Closeable {
    private static final Pattern NAME = Pattern.compile("[0-9a-f-]{36}\\.json");
    private static final String LOCK = "lock";
    private static final long LEAST_BETWEEN = TimeUnit.SECONDS.toNanos(2);
    private static final long MOST_BETWEEN = TimeUnit.SECONDS.toNanos(60);
    private static final int SHARE_BETWEEN = 100;

    private final Path folder;
    private final RunDescription run;
    private final SharedTrials known;
    private final LongSupplier clock;
    private final Consumer<String> trouble;
    private final long begun;
    private final List<Path> files = new ArrayList<>();
    private final Map<String, List<RememberedTrial<?>>> open = new HashMap<>();
    private final List<ShareResult.OfTheorem> pending = new ArrayList<>();
    private long last;
    private @Nullable WriteLock lock;
    private boolean broken;

    private KeptTrials(
            Path folder, RunDescription run, LongSupplier clock, Consumer<String> trouble, Map<Path, ShareResult> all) {
        this.folder = folder;
        this.run = run;
        this.clock = clock;
        this.trouble = trouble;
        known = new SharedTrials(run);
        begun = clock.getAsLong();
        last = begun;
        all.forEach((file, share) -> {
            if (run.equals(share.run())) {
                files.add(file);
                known.add(share);
            }
        });
    }

    /**
     * Looks into a folder for trials of a run, and takes those of other runs away: a folder keeps one run.
     *
     * @param folder need not exist
     * @param run whose trials are kept; its version must tell whether another process would run the same trials
     * @param seedGiven if not, a kept run that differs in its seed alone is gone on with
     * @param clock nanoseconds
     * @param trouble is told in one line, once, if trials cannot be kept
     * @return the trials
     * @throws IOException if the folder cannot be read
     */
    public static KeptTrials open(
            Path folder, RunDescription run, boolean seedGiven, LongSupplier clock, Consumer<String> trouble)
            throws IOException {
        boolean exists = Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
        if (exists && !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new NotDirectoryException(folder.toString());
        }
        WriteLock lock = exists ? WriteLock.on(folder.resolve(LOCK)) : null;
        if (exists && lock == null) {
            KeptTrials nothing = new KeptTrials(folder, run, clock, trouble, Map.of());
            nothing.giveUp("is in use by another process");
            return nothing;
        }
        List<Path> names = exists ? names(folder) : List.of();
        Map<Path, ShareResult> all = read(names);
        RunDescription meant = run;
        if (!seedGiven) {
            meant = all.values().stream()
                    .map(ShareResult::run)
                    .filter(other -> run.withSeed(other.seed()).equals(other))
                    .findFirst()
                    .orElse(run);
        }
        KeptTrials kept = new KeptTrials(folder, meant, clock, trouble, all);
        kept.lock = lock;
        for (Path file : names) {
            if (!kept.files.contains(file)) {
                Files.deleteIfExists(file);
            }
        }
        return kept;
    }

    private static List<Path> names(Path folder) throws IOException {
        WholeFile.removeAbandoned(folder);
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    private static Map<Path, ShareResult> read(List<Path> names) {
        Map<Path, ShareResult> all = new HashMap<>();
        for (Path file : names) {
            try {
                all.put(file, ShareFile.read(file));
            } catch (IOException damaged) {
                // or written by another version: counts for nothing
            }
        }
        return all;
    }

    /**
     * The run.
     *
     * @return with its seed
     */
    public RunDescription run() {
        return run;
    }

    /**
     * Trials that the folder held at the beginning.
     *
     * @return a copy, to which others can be added
     */
    public SharedTrials known() {
        return known.copy();
    }

    @Override
    public <S> List<Seen<S>> trials(Theorem<S> theorem, int first, List<Configuration> block) {
        completed(theorem.id());
        List<ShareResult.@Nullable OneTrial> kept = new ArrayList<>();
        List<Configuration> absent = new ArrayList<>();
        for (Configuration configuration : block) {
            ShareResult.OneTrial trial = known.trial(theorem.id(), first + kept.size(), configuration);
            kept.add(trial);
            if (trial == null) {
                absent.add(configuration);
            }
        }
        Iterator<Seen<S>> ran = absent.isEmpty()
                ? List.<Seen<S>>of().iterator()
                : HERE.trials(theorem, first, absent).iterator();
        List<String> variants = namesOf(theorem);
        List<Seen<S>> seen = new ArrayList<>();
        List<RememberedTrial<?>> fresh = new ArrayList<>();
        for (int i = 0; i < block.size(); i++) {
            ShareResult.OneTrial before = kept.get(i);
            if (before == null) {
                RememberedTrial<S> trial = new RememberedTrial<>(first + i, variants, ran.next());
                fresh.add(trial);
                seen.add(trial);
            } else {
                seen.add(new RememberedTrial<>(theorem, block.get(i), variants, before));
            }
        }
        if (!fresh.isEmpty()) {
            synchronized (this) {
                open.put(theorem.id(), fresh);
            }
        }
        return seen;
    }

    private static <S> List<String> namesOf(Theorem<S> theorem) {
        return theorem.allFalseVariants().stream().map(FalseVariant::name).toList();
    }

    /**
     * Learns from progress when all was asked of some trials, so that they can be kept.
     *
     * @param progress is told the same
     * @return tells both
     */
    public Progress followed(Progress progress) {
        return (id, done, all) -> {
            completed(id);
            progress.trials(id, done, all);
        };
    }

    private synchronized void completed(String id) {
        List<RememberedTrial<?>> block = open.remove(id);
        if (block == null) {
            return;
        }
        keep(new ShareResult.OfTheorem(
                id,
                block.get(0).variants(),
                block.stream().map(RememberedTrial::record).toList()));
    }

    /**
     * Keeps trials that another process ran.
     *
     * @param share what they showed
     */
    public synchronized void keep(ShareResult share) {
        share.theorems().forEach(this::keep);
    }

    private void keep(ShareResult.OfTheorem trials) {
        if (broken) {
            return;
        }
        pending.add(trials);
        long now = clock.getAsLong();
        long between = Math.min(MOST_BETWEEN, LEAST_BETWEEN + (now - begun) / SHARE_BETWEEN);
        if (now - last >= between && !Thread.currentThread().isInterrupted()) {
            flush();
            last = now;
        }
    }

    /**
     * Writes what is done into the folder.
     *
     * @return false if some of it could not be kept
     */
    public synchronized boolean flush() {
        if (broken || pending.isEmpty()) {
            return !broken;
        }
        try {
            Files.createDirectories(folder);
            if (lock == null) {
                lock = WriteLock.on(folder.resolve(LOCK));
            }
            if (lock == null) {
                giveUp("is in use by another process");
                return false;
            }
            Path file = folder.resolve(UUID.randomUUID() + ".json");
            files.add(file);
            ShareFile.write(file, new ShareResult(ShareResult.SCHEMA, run, 1, 1, pending));
            pending.clear();
        } catch (IOException full) {
            // a thread that is told to end cannot write; whoever told it will
            if (!Thread.currentThread().isInterrupted()) {
                giveUp("cannot be written");
            }
        }
        return !broken;
    }

    /** The run goes on without. */
    private void giveUp(String reason) {
        broken = true;
        pending.clear();
        trouble.accept(folder + " " + reason + "; if this run is ended early, what it runs from now on is lost");
        if (lock != null && files.stream().noneMatch(Files::exists)) {
            release();
        }
    }

    /** All trials are done: writes the last of them, unless all took but a moment. */
    public synchronized void rest() {
        if (clock.getAsLong() - begun >= LEAST_BETWEEN) {
            flush();
        }
    }

    /** The run has ended, and its result is where it should be: takes its trials away. */
    public synchronized void end() {
        broken = true;
        pending.clear();
        if (lock == null) {
            return;
        }
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException stays) {
                // the next run in this folder deletes it
            }
        }
        release();
    }

    /** Writes what is done, and gives the folder back with it: the same run may go on at once. */
    @Override
    public synchronized void close() throws IOException {
        flush();
        broken = true;
        if (lock != null) {
            lock.close();
            lock = null;
        }
    }

    /** Leaves a folder that holds anything else. */
    private void release() {
        try {
            Files.deleteIfExists(folder.resolve(LOCK));
            if (lock != null) {
                lock.close();
            }
            Files.deleteIfExists(folder);
        } catch (IOException stays) {
            // somebody else's files are in it
        }
        lock = null;
    }
}
