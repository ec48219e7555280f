package org.idem.execution.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DispatchTest {
    /** Keeps what comes. */
    private static class Kept implements Receiver {
        final Map<String, String> results = new LinkedHashMap<>();
        final Map<String, String> failures = new LinkedHashMap<>();
        int waited;

        @Override
        public void done(List<KeyedTask> tasks, List<byte[]> done) {
            assertEquals(tasks.size(), done.size());
            for (int i = 0; i < tasks.size(); i++) {
                String before = results.put(tasks.get(i).key(), new String(done.get(i), StandardCharsets.UTF_8));
                assertEquals(null, before, "a result counts once");
            }
        }

        @Override
        public void failed(KeyedTask task, String reason) {
            assertEquals(null, failures.put(task.key(), reason));
        }

        @Override
        public void waiting(String what) {
            waited++;
        }
    }

    private static List<KeyedTask> tasks(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new KeyedTask("k" + i, "line " + i, 1))
                .toList();
    }

    private static byte[] answered(String line) {
        return ("done " + line).getBytes(StandardCharsets.UTF_8);
    }

    /** Answers batches at once, each task in the given time. */
    private static Kept run(
            List<KeyedTask> tasks, int machines, Function<Batch, Batch.End> machine, List<Integer> sizes)
            throws IOException {
        Kept kept = new Kept();
        new Dispatch(
                        (batch, ended) -> {
                            sizes.add(batch.tasks().size());
                            ended.accept(machine.apply(batch));
                        },
                        () -> machines)
                .run(tasks, kept);
        return kept;
    }

    private static Batch.Done done(Batch batch, double secondsEach) {
        return new Batch.Done(
                batch.tasks().stream().map(task -> answered(task.line())).toList(),
                Math.round(1e9 * secondsEach * batch.tasks().size()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 1000})
    void everyTaskIsDoneOnce(int count) throws IOException {
        Kept kept = run(tasks(count), 3, batch -> done(batch, 0.01), new ArrayList<>());
        assertEquals(count, kept.results.size());
        kept.results.forEach((key, result) -> assertEquals("done line " + key.substring(1), result));
        assertEquals(Map.of(), kept.failures);
    }

    @Test
    void shortTasksGoTogetherAndLongOnesAlone() throws IOException {
        List<Integer> shorts = new ArrayList<>();
        run(tasks(10_000), 2, batch -> done(batch, 0.01), shorts);
        // ten thousand tasks of 10 ms in batches of a second are 100, and some more at both ends
        assertTrue(shorts.size() > 100 && shorts.size() < 200, () -> "" + shorts.size());
        assertEquals(1, shorts.get(0), "nothing is known about the first");
        assertEquals(1, shorts.get(shorts.size() - 1), "machines end together");
        List<Integer> longs = new ArrayList<>();
        run(tasks(100), 2, batch -> done(batch, 5), longs);
        assertEquals(100, longs.size());
    }

    @Test
    void onlyAFewBatchesAreUnderWay() throws IOException {
        int[] most = {0, 0};
        Kept kept = new Kept();
        List<Runnable> under = new ArrayList<>();
        new Dispatch(
                        (batch, ended) -> {
                            under.add(() -> ended.accept(done(batch, 1)));
                            most[0] = Math.max(most[0], under.size());
                            if (under.size() == 6) {
                                under.forEach(Runnable::run);
                                most[1]++;
                                under.clear();
                            }
                        },
                        () -> 3)
                .run(tasks(60), kept);
        assertEquals(6, most[0]);
        assertEquals(60, kept.results.size());
    }

    @Test
    void oneBadTaskFailsAlone() throws IOException {
        Kept kept = run(
                tasks(2000),
                2,
                batch -> batch.tasks().stream().anyMatch(task -> task.key().equals("k777"))
                        ? new Batch.Failed("failed 3 times")
                        : done(batch, 0.01),
                new ArrayList<>());
        assertEquals(1999, kept.results.size());
        assertEquals(Map.of("k777", "failed 3 times"), kept.failures);
    }

    @Test
    void machinesThatCannotGoOnEndTheRun() {
        ClusterException lost = assertThrows(
                ClusterException.class,
                () -> run(tasks(10), 2, batch -> new Batch.Unable("lost\nwith more"), new ArrayList<>()));
        assertEquals("lost", lost.getMessage());
    }

    @Test
    void whatCannotBeKeptEndsTheRun() {
        Kept full = new Kept();
        Receiver refusing = new Receiver() {
            @Override
            public void done(List<KeyedTask> tasks, List<byte[]> results) throws IOException {
                if (full.results.size() == 3) {
                    throw new IOException("disk full");
                }
                full.done(tasks, results);
            }

            @Override
            public void failed(KeyedTask task, String reason) {}

            @Override
            public void waiting(String what) {}
        };
        Dispatch dispatch = new Dispatch((batch, ended) -> ended.accept(done(batch, 1)), () -> 1);
        assertEquals(
                "disk full",
                assertThrows(IOException.class, () -> dispatch.run(tasks(10), refusing))
                        .getMessage());
        assertEquals(3, full.results.size());
    }

    /** The first batch ends when waiting was said twice, the other after two more seconds in which nothing is said. */
    @Test
    void waitingIsSaidUntilTheFirstResult() throws IOException {
        List<Runnable> under = new ArrayList<>();
        Kept kept = new Kept() {
            @Override
            public void waiting(String what) {
                super.waiting(what);
                if (waited == 2) {
                    under.get(0).run();
                    CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS).execute(under.get(1));
                }
            }
        };
        new Dispatch((batch, ended) -> under.add(() -> ended.accept(done(batch, 1))), () -> 0).run(tasks(2), kept);
        assertEquals(2, kept.waited);
        assertEquals(2, kept.results.size());
    }

    @Test
    void anInterruptedThreadStopsWaiting() {
        Thread.currentThread().interrupt();
        Dispatch dispatch = new Dispatch((batch, ended) -> {}, () -> 1);
        assertThrows(ClusterException.class, () -> dispatch.run(tasks(1), new Kept()));
        assertTrue(Thread.interrupted());
    }

    @Test
    void aBatchNamesThePlaceThatCannotWork() {
        Batch batch = new Batch(tasks(2));
        assertEquals(
                new Batch.Unable("here: no natives"),
                batch.carriedOut(
                        line -> {
                            throw new ClusterException("no natives");
                        },
                        "here"));
        Batch.End missing = batch.carriedOut(
                line -> {
                    throw new NoClassDefFoundError("org/X");
                },
                "here");
        assertTrue(
                missing.toString()
                        .contains("here: a part of the program cannot be loaded there, "
                                + "java.lang.NoClassDefFoundError: org/X"),
                missing::toString);
        assertThrows(
                IllegalStateException.class,
                () -> batch.carriedOut(
                        line -> {
                            throw new IllegalStateException("again");
                        },
                        "here"));
        Batch.Done done = (Batch.Done) batch.carriedOut(DispatchTest::answered, "here");
        assertArrayEquals(answered("line 1"), done.results().get(1));
        assertTrue(done.nanoseconds() > 0);
    }

    @Test
    void numbersAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> new KeyedTask("k", "", Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new Needs(0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Needs(1, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Needs(1, 1, -1));
        assertEquals("the cluster gave no reason", new ClusterException("").getMessage());
    }
}
