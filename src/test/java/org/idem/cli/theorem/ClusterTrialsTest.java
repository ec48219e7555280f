package org.idem.cli.theorem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.idem.cli.Run;
import org.idem.execution.cluster.ClusterException;
import org.idem.execution.cluster.ThreadCluster;
import org.idem.execution.cluster.Work;
import org.idem.theorem.Theorem;
import org.idem.theorem.Theorems;
import org.idem.verification.Progress;
import org.idem.verification.TheoremResult;
import org.idem.verification.TrialSource;
import org.idem.verification.Verifier;
import org.idem.verification.share.KeptTrials;
import org.idem.verification.share.RunDescription;
import org.idem.verification.share.SharedTrials;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trials that machines run as copies of the work give what this process gives. */
class ClusterTrialsTest {
    private static final int TRIALS = 1100;

    private static List<Theorem<?>> theorems(String... ids) {
        List<Theorem<?>> theorems = new ArrayList<>();
        for (String id : ids) {
            theorems.add(Theorems.find(Theorems.list(), id).orElseThrow());
        }
        return theorems;
    }

    @TempDir
    private Path folder;

    private final List<KeptTrials> opened = new ArrayList<>();

    /** Locks end with their process, which here goes on. */
    @AfterEach
    void close() throws IOException {
        for (KeptTrials trials : opened) {
            trials.close();
        }
    }

    private SharedTrials run(List<Theorem<?>> theorems, int trials, String engine, UnaryOperator<Work> faults)
            throws IOException {
        return ClusterTrials.run(kept(trials, engine), theorems, needs -> new ThreadCluster(2, faults));
    }

    private KeptTrials kept(int trials, @Nullable String engine) throws IOException {
        RunDescription run = new RunDescription("v", 5, trials, 0.99, List.of(), engine, null, null);
        KeptTrials keeping = KeptTrials.open(folder.resolve("kept"), run, true, System::nanoTime, line -> fail(line));
        opened.add(keeping);
        return keeping;
    }

    private static List<String> seen(List<Theorem<?>> theorems, int trials, TrialSource source) {
        List<String> seen = new ArrayList<>();
        for (TheoremResult result :
                new Verifier(trials, 5, 0.99).verify(theorems, source, Progress.SILENT, one -> {})) {
            seen.add(result.theorem().id() + " " + result.verdict() + " " + result.variants());
            result.entries().forEach(entry -> seen.add(entry.toString()));
        }
        return seen;
    }

    @Test
    void trialsElsewhereAreThoseOfOneProcess() throws IOException {
        List<Theorem<?>> theorems = theorems("T1.steps", "T1.law");
        Set<String> lines = ConcurrentHashMap.newKeySet();
        SharedTrials elsewhere = run(theorems, TRIALS, null, work -> line -> {
            assertTrue(lines.add(line), line);
            return work.result(line);
        });
        assertEquals(Set.of("T1.steps 1/2", "T1.steps 2/2", "T1.law 1/2", "T1.law 2/2"), lines);
        assertEquals(seen(theorems, TRIALS, TrialSource.HERE), seen(theorems, TRIALS, elsewhere));
    }

    @Test
    void whatWasDoneBeforeTheEndIsNotDoneAgain() throws IOException {
        List<Theorem<?>> theorems = theorems("T1.steps", "T1.law");
        Set<String> done = ConcurrentHashMap.newKeySet();
        KeptTrials first = kept(TRIALS, null);
        assertThrows(
                ClusterException.class,
                () -> ClusterTrials.run(
                        first,
                        theorems,
                        needs -> new ThreadCluster(1, work -> line -> {
                            if (done.size() == 3) {
                                throw new ClusterException("the driver is told to end");
                            }
                            byte[] result = work.result(line);
                            done.add(line);
                            return result;
                        })));
        first.close();
        Set<String> rest = ConcurrentHashMap.newKeySet();
        KeptTrials second = kept(TRIALS, null);
        SharedTrials all = ClusterTrials.run(
                second,
                theorems,
                needs -> new ThreadCluster(2, work -> line -> {
                    rest.add(line);
                    return work.result(line);
                }));
        assertEquals(1, rest.size(), rest::toString);
        assertTrue(Collections.disjoint(rest, done), rest::toString);
        assertEquals(seen(theorems, TRIALS, TrialSource.HERE), seen(theorems, TRIALS, all));
        second.close();
        SharedTrials whole = ClusterTrials.run(kept(TRIALS, null), theorems, needs -> fail("nothing is left to do"));
        assertEquals(2 * TRIALS, whole.count());
    }

    @Test
    void theEngineIsTheOneAskedFor() throws IOException {
        List<Theorem<?>> theorems = new ArrayList<>();
        theorems("T1.steps").forEach(theorem -> theorems.add(Trainers.train(theorem, Trainers.FAST)));
        SharedTrials elsewhere = run(theorems, 20, "fast", work -> work);
        assertEquals(seen(theorems, 20, TrialSource.HERE), seen(theorems, 20, elsewhere));
        assertEquals(null, Trainers.of(null));
    }

    @Test
    void whatCannotBeRunElsewhereEndsInOneLine() {
        List<Theorem<?>> theorems = theorems("T1.steps");
        ClusterException lost = assertThrows(
                ClusterException.class,
                () -> run(theorems, 5, null, work -> line -> {
                    throw new IllegalStateException("Task 0 in stage 1.0 failed 3 times");
                }));
        assertEquals(
                "--spark: the trials of T1.steps 1/1 ended without a result, Task 0 in stage 1.0 failed 3 times",
                lost.getMessage());
        ClusterException unknown = assertThrows(
                ClusterException.class, () -> run(theorems, 5, null, work -> line -> work.result("T99 1/1")));
        assertTrue(unknown.getMessage().startsWith("a thread: knows no theorem T99; "), unknown::getMessage);
        ClusterException other = assertThrows(
                ClusterException.class, () -> run(theorems, 5, null, work -> line -> work.result("T1.law 1/1")));
        assertTrue(other.getMessage().startsWith("--spark: "), other::getMessage);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--spark local --guarantee 0.01|--spark takes no --guarantee, which needs all trials",
                "--spark local --images digits.gz|--spark takes no --images;",
                "--spark local --shard 1/2 --seed 1 --json a.json|--spark takes no --shard;",
                "--spark mesos|--spark must be spark://HOST:PORT",
                "--spark local|--spark needs the program's part for Apache Spark"
            })
    void whatGoesNotTogetherIsRefused(String options, String line) {
        List<String> words = new ArrayList<>(List.of("verify", "T1.steps", "--trials", "5"));
        words.addAll(Arrays.asList(options.split(" ")));
        if (options.contains("guarantee")) {
            words.removeAll(List.of("--trials", "5"));
        }
        Run refused = Run.of(words.toArray(String[]::new));
        assertEquals(2, refused.code(), refused::toString);
        assertTrue(refused.error().startsWith("idem: " + line), refused::error);
        assertEquals("", refused.output());
    }
}
