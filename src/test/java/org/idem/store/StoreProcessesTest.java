package org.idem.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that write, are killed, stand in each other's way and fill the disk. */
class StoreProcessesTest {
    @TempDir
    Path parent;

    private final Map<Process, Path> outputs = new HashMap<>();

    /** A process that appends the results it misses, and names each once it is kept. */
    public static final class Writer {
        private Writer() {}

        /** Folder and number of results. */
        public static void main(String[] arguments) throws IOException {
            try (Store store = Store.open(Path.of(arguments[0]), "1")) {
                System.out.println("open");
                for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
                    if (!store.holds(Samples.key(i))) {
                        Samples.append(store, i);
                        System.out.println(i);
                    }
                }
                System.out.println("done " + store.bytes());
                System.in.read();
            } catch (IOException refused) {
                System.out.println("refused " + refused.getMessage());
            }
        }
    }

    private Process writer(Path folder, int count, String... before) throws IOException {
        List<String> command = new ArrayList<>(List.of(before));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                folder.toString(),
                Integer.toString(count)));
        File output = parent.resolve("output-" + outputs.size()).toFile();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        outputs.put(process, output.toPath());
        return process;
    }

    /** Lines that a process wrote until now; the last may be torn. */
    private List<String> said(Process process) throws IOException {
        return Files.readString(outputs.get(process)).lines().toList();
    }

    private void awaitLine(Process process, String start) throws IOException {
        while (said(process).stream().noneMatch(line -> line.startsWith(start))) {
            assertTrue(process.isAlive(), () -> "a process ended early, see " + outputs.get(process));
            LockSupport.parkNanos(100_000);
        }
    }

    private String finish(Process process) throws Exception {
        process.getOutputStream().close();
        process.waitFor();
        List<String> said = said(process);
        return said.get(said.size() - 1);
    }

    @Test
    void killedAtAnyMomentAStoreLosesNothingThatWasKept() throws Exception {
        long seed = Long.getLong("idem.store.seed", new SecureRandom().nextLong());
        System.out.println("moments of killing: -Didem.store.seed=" + seed + " repeats them");
        SplittableRandom random = new SplittableRandom(seed);
        Path folder = parent.resolve("store");
        int held = 0;
        for (int round = 0; round < 20; round++) {
            Process process = writer(folder, 1_000_000);
            // some are killed while they open, the others while they write
            awaitLine(process, round % 4 == 0 ? "open" : Integer.toString(held));
            LockSupport.parkNanos(random.nextLong(TimeUnit.MILLISECONDS.toNanos(100)));
            process.destroyForcibly().waitFor();
            List<String> said = said(process);
            try (Store store = Store.open(folder, "1")) {
                List<String> named =
                        said.stream().filter(line -> line.matches("[0-9]+")).toList();
                // the last word may be torn: what it names was kept all the same
                int kept = held + named.size();
                int now = store.keys().size();
                assertTrue(now == kept || now == kept + 1, "seed " + seed + ", round " + round);
                for (int i = held; i < now; i++) {
                    Samples.requireHeld(store, i);
                }
                assertTrue(
                        store.remarks().isEmpty() || store.remarks().get(0).startsWith("cut a torn last line of "),
                        store.remarks().toString());
                held = now;
            }
        }
        assertTrue(held >= 15, held + " results");
        Path calm = parent.resolve("calm");
        Process process = writer(calm, held);
        finish(process);
        assertEquals(
                Files.readString(calm.resolve("results.jsonl")),
                Files.readString(folder.resolve("results.jsonl")),
                "seed " + seed);
        System.out.println(held + " results kept by 20 killed processes");
    }

    @Test
    void aSecondProcessIsRefusedUntilTheFirstIsKilled() throws Exception {
        Path folder = parent.resolve("store");
        String line = folder + ": another process works on this store; wait until it ends, or give another folder";
        Process first = writer(folder, 3);
        awaitLine(first, "done");
        assertEquals("refused " + line, finish(writer(folder, 3)));
        assertEquals(
                line,
                assertThrows(StoreException.class, () -> Store.open(folder, "1"))
                        .getMessage());
        assertEquals(3, Store.reading(folder, "1").keys().size());
        first.destroyForcibly().waitFor();
        try (Store store = Store.open(folder, "1")) {
            // refusals within this process must not give up its lock
            assertThrows(StoreException.class, () -> Store.open(folder, "1"));
            assertEquals("refused " + line, finish(writer(folder, 3)));
            Samples.requireHeld(store, 2);
        }
        assertTrue(finish(writer(folder, 3)).startsWith("done"));
    }

    @Test
    void aFullDiskIsSaidAndTearsNothing() throws Exception {
        Path folder = parent.resolve("store");
        // a file may have 40 blocks of 512 or 1,024 bytes: some results fit, then a line is written in part
        String said = finish(writer(folder, 1_000, "sh", "-c", "ulimit -f 40; exec \"$@\"", "sh"));
        assertTrue(said.startsWith("refused " + folder + ": a result could not be kept, "), said);
        assertTrue(said.endsWith("; make room or mend access, then give the same command again: what was kept stays"));
        try (Store store = Store.open(folder, "1")) {
            assertEquals(List.of(), store.remarks());
            int held = store.keys().size();
            assertTrue(held > 2 && held < 20, held + " results");
            for (int i = 0; i < held; i++) {
                Samples.requireHeld(store, i);
            }
        }
        assertTrue(finish(writer(folder, 50)).startsWith("done"));
        assertEquals(50, Store.reading(folder, "1").keys().size());
    }
}
