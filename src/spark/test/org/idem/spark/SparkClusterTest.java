package org.idem.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes of a real cluster are killed while they work; what is left is what one machine would have left. */
class SparkClusterTest {
    private static final String STUDY =
            "study fcn --depth 1,2,3 --width 64 --size 14 --seeds 16 --most-steps 300 --until 1e-30";
    private static final int NETWORKS = 48;
    private static final List<String> TABLES = List.of("runs", "images", "steps", "layers", "theory");

    @TempDir
    static Path folder;

    private static StandaloneCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = new StandaloneCluster(folder);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private static Program started(String line) throws IOException {
        return Program.start(
                folder, "", Arrays.asList(line.replace("DIR", folder.toString()).split(" ")));
    }

    private static Program.End ended(String line) throws Exception {
        return started(line).end();
    }

    /** Sorted lines of all tables, without the times. */
    private static Map<String, List<String>> tables(String name) throws IOException {
        Map<String, List<String>> tables = new TreeMap<>();
        for (String table : TABLES) {
            List<String> lines = Files.readAllLines(folder.resolve(name).resolve(table + ".csv"));
            int seconds = List.of(lines.get(0).split(",")).indexOf("seconds");
            List<String> kept = new ArrayList<>();
            for (String line : lines) {
                String[] cells = line.split(",", -1);
                if (seconds >= 0) {
                    cells[seconds] = "";
                }
                kept.add(String.join(",", cells));
            }
            kept.sort(null);
            tables.put(table, kept);
        }
        return tables;
    }

    private static long networks(String store) throws IOException {
        Path results = folder.resolve(store).resolve("results.jsonl");
        if (!Files.exists(results)) {
            return 0;
        }
        try (var lines = Files.lines(results)) {
            return lines.filter(line -> line.contains("\"outcome\"")).count();
        }
    }

    /** Waits until a store holds some networks; fails where the program ended before. */
    private static void await(Program program, String store, int count) throws Exception {
        while (networks(store) < count) {
            assertTrue(program.process().isAlive(), () -> {
                try {
                    return program.end().toString();
                } catch (IOException | InterruptedException unreadable) {
                    return unreadable.toString();
                }
            });
            Thread.sleep(20);
        }
    }

    private static void killExecutor(Process worker) {
        worker.descendants().forEach(StandaloneCluster::kill);
    }

    @Test
    void killedProcessesLoseNothing() throws Exception {
        Program.End alone = ended(STUDY + " --store DIR/alone --csv DIR/alone-tables");
        assertEquals(0, alone.code(), alone::error);
        Process first = cluster.worker();
        Process second = cluster.worker();
        String command = STUDY + " --store DIR/many --csv DIR/many-tables --spark " + cluster.address();
        Program driver = started(command);
        await(driver, "many", 4);
        executorsCompileAsTheLauncherSays("worker-1");
        killExecutor(first);
        await(driver, "many", 10);
        StandaloneCluster.kill(second.toHandle());
        await(driver, "many", 16);
        StandaloneCluster.kill(driver.process().toHandle());
        long kept = networks("many");
        assertTrue(kept < NETWORKS, "the driver was killed before the end");
        cluster.worker();
        Program again = started(command);
        Program.End end = again.end();
        assertEquals(0, end.code(), end::error);
        assertEquals(tables("alone-tables"), tables("many-tables"));
        assertEquals(NETWORKS, networks("many"), "no network is trained twice");
        assertTrue(
                end.output()
                        .contains(NETWORKS + " of " + NETWORKS + " networks trained: " + NETWORKS
                                + " stopped after the most steps allowed"),
                end::output);

        verdictsAreThoseOfOneMachine();
        aWorkerWithoutNativesIsNamed();
        aWorkerWithAProgramOfItsOwnIsNamed();
    }

    /** An executor's file of errors begins with its command line. */
    private static void executorsCompileAsTheLauncherSays(String worker) throws IOException {
        List<String> flags = Program.compiler();
        assertTrue(flags.size() > 4, flags::toString);
        try (Stream<Path> files = Files.walk(folder.resolve(worker))) {
            Path errors =
                    files.filter(file -> file.endsWith("stderr")).findFirst().orElseThrow();
            String begun = Files.readString(errors);
            assertTrue(flags.stream().allMatch(flag -> begun.contains('"' + flag + '"')), begun);
        }
    }

    /** Verdict, guarantees and exit code, without places and times. */
    private static void verdictsAreThoseOfOneMachine() throws Exception {
        String line = "verify T1.steps T1.law --trials 1100 --seed 5 --report DIR/report";
        Program.End alone = ended(line + " --json DIR/alone.json");
        Program.End many = ended(line + " --json DIR/many.json --spark " + cluster.address());
        assertEquals(alone.code(), many.code(), many::error);
        Pattern ofThisRun = Pattern.compile("(?m)^(report|again) .*$");
        assertEquals(
                ofThisRun.matcher(alone.output()).replaceAll(""),
                ofThisRun.matcher(many.output()).replaceAll(""));
        assertEquals(Files.readString(folder.resolve("alone.json")), Files.readString(folder.resolve("many.json")));
    }

    private static void aWorkerWithoutNativesIsNamed() throws Exception {
        List<String> words = Arrays.asList(
                ("study fcn --size 4 --seeds 1 --most-steps 1 --store " + folder + "/none --spark " + cluster.address())
                        .split(" "));
        Program.End end = Program.start(folder, "-Dorg.bytedeco.javacpp.platform=linux-none", words)
                .end();
        refused(end, "the worker 127.0.0.1: .*libraries do not load.*");
        assertFalse(Files.exists(folder.resolve("none")), "a machine that cannot train leaves no outcome");
    }

    /** The jar that hides the one that is sent may be another version, which computes other things. */
    private static void aWorkerWithAProgramOfItsOwnIsNamed() throws Exception {
        Path own = cluster.addToWorkers(Program.TARGET.resolve("idem.jar"));
        String study = "study fcn --size 4 --seeds 1 --most-steps 1 --store DIR/own --spark " + cluster.address();
        refused(ended(study), "the worker 127.0.0.1 has a program of its own at " + own + ", which hides .*");
        assertFalse(Files.exists(folder.resolve("own")));
        Files.delete(own);
        Program.End end = ended(study);
        assertEquals(0, end.code(), end::error);
    }

    private static void refused(Program.End end, String line) {
        assertEquals(2, end.code(), end::toString);
        assertEquals("", end.output());
        List<String> said =
                end.error().lines().filter(one -> !one.endsWith(" so far")).toList();
        assertEquals(1, said.size(), end::error);
        assertTrue(said.get(0).matches("idem: " + line), end::error);
    }

    @Test
    void noMasterIsSaidAtOnce() throws Exception {
        String nobody = "spark://127.0.0.1:" + StandaloneCluster.freePort();
        refused(
                ended("study fcn --size 4 --seeds 1 --most-steps 1 --store DIR/nobody --spark " + nobody),
                "--spark: no master answers at " + nobody + ", Connection refused; start one there.*");
        assertFalse(Files.exists(folder.resolve("nobody")));
    }

    @Test
    void threadsOfSparkHereDoTheSame() throws Exception {
        String line = "study cnn --depth 1,2 --channels 2 --size 6 --seeds 3 --most-steps 5";
        Program.End alone = ended(line + " --store DIR/cnn --csv DIR/cnn-tables");
        assertEquals(0, alone.code(), alone::error);
        Program.End here = ended(line + " --store DIR/here --csv DIR/here-tables --spark local[2]");
        assertEquals(0, here.code(), here::error);
        assertEquals(tables("cnn-tables"), tables("here-tables"));
    }
}
