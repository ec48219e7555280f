package org.idem.verification.share;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.idem.theorem.Theorem;
import org.idem.theorem.Theorems;
import org.idem.verification.Progress;
import org.idem.verification.TheoremResult;
import org.idem.verification.TrialSource;
import org.idem.verification.Verifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that was ended goes on with the trials that it did not run, and says the same. */
class KeptTrialsTest {
    private static final int TRIALS = 900;
    private static final RunDescription RUN =
            new RunDescription("v", 5, TRIALS, 0.99, List.of("T1.steps", "T1.law"), null, null, null);

    /** Every look at the clock is three seconds after the one before, so that each block of trials is written. */
    private final AtomicLong clock = new AtomicLong();

    private final List<String> troubles = new ArrayList<>();
    private final List<KeptTrials> opened = new ArrayList<>();

    @TempDir
    private Path folder;

    private KeptTrials open(RunDescription run, boolean seedGiven) throws IOException {
        KeptTrials trials =
                KeptTrials.open(kept(), run, seedGiven, () -> clock.addAndGet(3_000_000_000L), troubles::add);
        opened.add(trials);
        return trials;
    }

    /** Locks end with their process, which here goes on. */
    @AfterEach
    void close() throws IOException {
        for (KeptTrials trials : opened) {
            trials.close();
        }
    }

    private Path kept() {
        return folder.resolve("kept");
    }

    private static List<Theorem<?>> theorems() {
        List<Theorem<?>> theorems = new ArrayList<>();
        RUN.ids().forEach(id -> theorems.add(Theorems.find(Theorems.list(), id).orElseThrow()));
        return theorems;
    }

    private static List<String> seen(TrialSource source, Progress progress) {
        List<String> seen = new ArrayList<>();
        for (TheoremResult result :
                new Verifier(TRIALS, RUN.seed(), 0.99).verify(theorems(), source, progress, one -> {})) {
            seen.add(result.theorem().id() + " " + result.verdict() + " " + result.variants());
            result.entries().forEach(entry -> seen.add(entry.toString()));
        }
        return seen;
    }

    /** Runs until so many trials of a theorem are done. */
    private KeptTrials end(KeptTrials kept, long at) {
        Progress ending = kept.followed((id, done, all) -> {
            if (done >= at) {
                throw new CancellationException("the user has ended the run");
            }
        });
        assertThrows(CancellationException.class, () -> seen(kept, ending));
        kept.flush();
        return kept;
    }

    private List<Path> files() throws IOException {
        if (!Files.exists(kept())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(kept())) {
            return files.filter(file -> !file.endsWith("lock")).sorted().toList();
        }
    }

    /** Trials in all files; none may be there twice. */
    private Set<String> written() throws IOException {
        Set<String> trials = new HashSet<>();
        for (Path file : files()) {
            for (ShareResult.OfTheorem of : ShareFile.read(file).theorems()) {
                of.trials().forEach(trial -> assertTrue(trials.add(of.id() + " " + trial.place()), of.id()));
            }
        }
        return trials;
    }

    @Test
    void whatIsKeptIsNotRunAgainAndTheResultIsTheSame() throws IOException {
        List<String> whole = seen(TrialSource.HERE, Progress.SILENT);
        end(open(RUN, true), 512).close();
        Set<String> before = written();
        assertTrue(before.size() >= 512, before::toString);
        KeptTrials rest = open(RUN, true);
        assertEquals(before.size(), rest.known().count());
        assertEquals(whole, seen(rest, rest.followed(Progress.SILENT)));
        // written() fails where a kept trial was run again
        assertEquals(2 * TRIALS, written().size());
        rest.close();
        KeptTrials nothing = open(RUN, true);
        assertEquals(whole, seen(nothing, nothing.followed(Progress.SILENT)));
        assertEquals(2 * TRIALS, written().size());
        nothing.end();
        assertFalse(Files.exists(kept()));
        assertEquals(List.of(), troubles);
    }

    @Test
    void withoutASeedTheKeptOneIsTaken() throws IOException {
        end(open(RUN, true), 256).close();
        KeptTrials other = open(RUN.withSeed(6), false);
        assertEquals(RUN, other.run());
        assertTrue(other.known().count() > 0);
    }

    @Test
    void aFolderKeepsOneRunAndWhatIsNotOfRunsIsNotTouched() throws IOException {
        end(open(RUN, true), 256).close();
        Files.writeString(kept().resolve(new UUID(1, 1) + ".json"), "{");
        Path note = Files.writeString(kept().resolve("note.txt"), "mine");
        KeptTrials other = open(RUN.ofVersion("w"), false);
        assertEquals(0, other.known().count());
        assertEquals(RUN.ofVersion("w"), other.run());
        assertEquals(List.of(note), files());
        end(other, 256);
        assertTrue(files().size() > 1);
        other.end();
        assertEquals(List.of(note), files());
    }

    @Test
    void aFolderInWhichAnotherProcessIsAtWorkIsLeftAlone() throws IOException {
        KeptTrials first = end(open(RUN, true), 256);
        List<Path> before = files();
        KeptTrials second = open(RUN.withSeed(6), false);
        assertEquals(RUN.withSeed(6), second.run());
        assertEquals(0, second.known().count());
        assertFalse(end(second, 256).flush());
        second.end();
        assertEquals(before, files());
        assertEquals(1, troubles.size());
        assertTrue(troubles.get(0).startsWith(kept() + " is in use by another process; "), troubles::toString);
        first.end();
        assertFalse(Files.exists(kept()));
    }

    @Test
    void aRunGoesOnWhereNothingCanBeKept() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        KeptTrials kept =
                KeptTrials.open(file.resolve("kept"), RUN, true, () -> clock.addAndGet(3_000_000_000L), troubles::add);
        assertEquals(seen(TrialSource.HERE, Progress.SILENT), seen(kept, kept.followed(Progress.SILENT)));
        assertEquals(
                List.of(file.resolve("kept")
                        + " cannot be written; if this run is ended early, what it runs from now on is lost"),
                troubles);
        assertFalse(kept.flush());
        kept.end();
        assertEquals("no folder", Files.readString(file));
    }

    @Test
    void aFileOrLinkOfThatNameIsRefusedAndStays() throws IOException {
        Files.writeString(kept(), "precious");
        assertThrows(IOException.class, () -> open(RUN, true));
        assertEquals("precious", Files.readString(kept()));
        Files.delete(kept());
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(kept(), elsewhere);
        assertThrows(IOException.class, () -> open(RUN, true));
        assertTrue(Files.isSymbolicLink(kept()));
    }

    /** A file that says less than is asked, or speaks of other configurations, never changes a result. */
    @Test
    void whatAFileDoesNotSayIsRunAnew() throws IOException {
        end(open(RUN, true), 512).close();
        int left = 0;
        for (Path file : files()) {
            ShareResult share = ShareFile.read(file);
            List<ShareResult.OfTheorem> less = new ArrayList<>();
            for (ShareResult.OfTheorem of : share.theorems()) {
                List<ShareResult.OneTrial> trials = new ArrayList<>();
                for (ShareResult.OneTrial trial : of.trials()) {
                    String configuration = trial.configuration() + (trial.place() % 7 == 0 ? "0" : "");
                    trials.add(new ShareResult.OneTrial(trial.place(), configuration, trial.evidence(), Map.of()));
                    left += trial.place() % 7 == 0 ? 0 : 1;
                }
                less.add(new ShareResult.OfTheorem(of.id(), of.variants(), trials));
            }
            ShareFile.write(file, new ShareResult(ShareResult.SCHEMA, RUN, 1, 1, less));
        }
        KeptTrials kept = open(RUN, true);
        assertTrue(left > 0 && kept.known().count() > left);
        assertEquals(seen(TrialSource.HERE, Progress.SILENT), seen(kept, kept.followed(Progress.SILENT)));
    }

    /** A run of a moment writes nothing. */
    @Test
    void whatTakesNoTimeIsNotWritten() throws IOException {
        KeptTrials kept = KeptTrials.open(kept(), RUN, true, () -> 0, troubles::add);
        seen(kept, kept.followed(Progress.SILENT));
        assertEquals(List.of(), files());
        kept.close();
        assertEquals(2 * TRIALS, written().size());
    }
}
