package org.idem.laboratory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.idem.array.Array;
import org.idem.array.NpyFile;
import org.idem.array.Precision;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.Study;
import org.idem.laboratory.result.Measures;
import org.idem.table.CsvTable;
import org.idem.table.TypedTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaboratoryTest {
    @TempDir
    Path folder;

    private static Study study(String options) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("size", "6");
        words.put("most-steps", "5");
        words.put("seeds", "2");
        for (String option : options.split(" ")) {
            words.put(option.substring(0, option.indexOf('=')), option.substring(option.indexOf('=') + 1));
        }
        return new StudyArguments(true, words, List.of()).study("s");
    }

    private StudyTables trained(Path store, Study study, List<Run> share, AtomicInteger count) throws IOException {
        try (Laboratory laboratory = Laboratory.open(store)) {
            laboratory.train(study, share, (done, all, part) -> count.incrementAndGet());
            return new StudyTables(laboratory.results(study, "", study.runs()));
        }
    }

    /** Rows without the times. */
    private static List<String> rows(TypedTable typed) {
        CsvTable table = typed.cells();
        int seconds = table.columns().indexOf("seconds");
        return table.rows().stream()
                .map(row -> {
                    List<Object> cells = new ArrayList<>(row);
                    if (seconds >= 0) {
                        cells.set(seconds, "");
                    }
                    return cells.toString();
                })
                .toList();
    }

    private static List<List<String>> all(StudyTables tables) {
        return List.of(
                rows(tables.runs()),
                rows(tables.images()),
                rows(tables.steps()),
                rows(tables.layers()),
                rows(tables.theory()));
    }

    @Test
    void columnsAreThoseOfTheContract() throws IOException {
        StudyTables tables =
                trained(folder, study("depth=1,2"), study("depth=1,2").runs(), new AtomicInteger());
        List<String> columns = tables.runs().cells().columns();
        String line = String.join(",", columns);
        assertTrue(
                line.endsWith("seed,outcome,steps,train_error,seconds,identity_correlation,constant_correlation,"
                        + "identity_cosine,constant_cosine,identity_mse,constant_mse,output_norm"),
                line);
        assertTrue(
                columns.containsAll(List.of(
                        "depth",
                        "channels",
                        "kernel",
                        "padding",
                        "activation",
                        "bias",
                        "residual",
                        "init",
                        "gain",
                        "rule",
                        "learning_rate",
                        "momentum",
                        "nesterov",
                        "weight_decay",
                        "loss",
                        "batch",
                        "examples",
                        "size",
                        "train",
                        "input",
                        "target",
                        "precision")),
                line);
        assertEquals(
                "key,image,group," + String.join(",", Measures.COLUMNS),
                String.join(",", tables.images().cells().columns()));
        assertEquals(
                "key,layer,image,trained,input_error,target_error,border_distance",
                String.join(",", tables.layers().cells().columns()));
        assertEquals(
                "key,theorem,measure,mean,low,high",
                String.join(",", tables.theory().cells().columns()));
        assertEquals(4, tables.runs().cells().rows().size());
    }

    @Test
    void aLargerGridTrainsOnlyWhatIsNew() throws IOException {
        AtomicInteger first = new AtomicInteger();
        trained(folder, study("depth=1"), study("depth=1").runs(), first);
        assertEquals(2, first.get());
        AtomicInteger second = new AtomicInteger();
        StudyTables grown =
                trained(folder, study("depth=1,2"), study("depth=1,2").runs(), second);
        assertEquals(2, second.get());
        StudyTables whole = trained(
                folder.resolve("other"), study("depth=1,2"), study("depth=1,2").runs(), new AtomicInteger());
        assertEquals(all(whole), all(grown));
    }

    @Test
    void networksThatAreEqualHaveARowForEachPoint() throws IOException {
        AtomicInteger count = new AtomicInteger();
        Study study = study("depth=1 channels=2,3,4");
        StudyTables tables = trained(folder, study, study.runs(), count);
        assertEquals(2, count.get());
        assertEquals(6, tables.runs().cells().rows().size());
        int channels = tables.runs().cells().columns().indexOf("channels");
        assertEquals(
                List.of("2", "2", "3", "3", "4", "4"),
                tables.runs().cells().rows().stream()
                        .map(row -> row.get(channels))
                        .toList());
    }

    @Test
    void aStoreThatWasBegunAndKeptNoNetworkIsTakenAway() throws IOException {
        Study study = study("depth=1 channels=2");
        Path store = folder.resolve("deep/store");
        try (Laboratory laboratory = Laboratory.open(store)) {
            // arrays have no place
            Files.delete(store.resolve("arrays"));
            Files.createFile(store.resolve("arrays"));
            assertThrows(IOException.class, () -> laboratory.train(study, study.runs(), (done, all, part) -> {}));
        }
        assertFalse(Files.exists(folder.resolve("deep")));
        Laboratory.open(store).close();
        try (Laboratory laboratory = Laboratory.open(store)) {
            Files.delete(store.resolve("arrays"));
            Files.createFile(store.resolve("arrays"));
            assertThrows(IOException.class, () -> laboratory.train(study, study.runs(), (done, all, part) -> {}));
        }
        assertTrue(Laboratory.isStore(store), "a store that was there before stays");
    }

    @Test
    void joinedSharesAreTheWholeStudy() throws IOException {
        Study study = study("depth=1,2 channels=2,3");
        List<Run> runs = study.runs();
        StudyTables whole = trained(folder.resolve("whole"), study, runs, new AtomicInteger());
        List<Run> odd = new ArrayList<>();
        List<Run> even = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            (i % 2 == 0 ? even : odd).add(runs.get(i));
        }
        trained(folder.resolve("odd"), study, odd, new AtomicInteger());
        trained(folder.resolve("even"), study, even, new AtomicInteger());
        List<Path> shares = List.of(folder.resolve("odd"), folder.resolve("even"), folder.resolve("even"));
        List<List<Long>> taken = new ArrayList<>();
        try (Laboratory joined = Laboratory.join(
                shares, folder.resolve("joined"), (share, count, known) -> taken.add(List.of(count, known)))) {
            assertEquals(all(whole), all(new StudyTables(joined.results("joined"))));
        }
        // 8 networks, of which those of one layer are equal
        assertEquals(List.of(List.of(3L, 0L), List.of(3L, 0L), List.of(0L, 3L)), taken);
    }

    @Test
    void aJoinedStoreThatGotNoNetworkIsTakenAway() throws IOException {
        Study study = study("depth=1 channels=2");
        Path share = folder.resolve("share");
        trained(share, study, List.of(), new AtomicInteger());
        Path joined = folder.resolve("deep/joined");
        assertThrows(
                IllegalStateException.class,
                () -> Laboratory.join(List.of(share), joined, (one, count, known) -> {
                    throw new IllegalStateException("at " + one);
                }));
        assertFalse(Files.exists(folder.resolve("deep")));
        assertTrue(Laboratory.isStore(share));
    }

    @Test
    void whereAShareIsMissingTheWholeIsStillExpected() throws IOException {
        Study study = study("depth=1,2 channels=2,3");
        trained(folder.resolve("share"), study, study.runs().subList(0, 5), new AtomicInteger());
        try (Laboratory joined = Laboratory.join(
                List.of(folder.resolve("share")), folder.resolve("joined"), (share, count, known) -> {})) {
            StudyResults results = joined.results("joined");
            assertEquals(8, results.expected());
            assertEquals(5, results.rows().size());
        }
    }

    private void requireRefused(String said, String... stores) {
        List<Path> folders = Arrays.stream(stores).map(folder::resolve).toList();
        Path target = folder.resolve("refused");
        IOException refusal =
                assertThrows(IOException.class, () -> Laboratory.join(folders, target, (share, count, known) -> {}));
        assertTrue(refusal.getMessage().contains(said), refusal.getMessage());
        assertFalse(Files.exists(target));
    }

    @Test
    void storesThatDoNotFitLeaveNothingBehind() throws IOException {
        Path images = folder.resolve("images.npy");
        NpyFile.write(images, Array.of(new double[32], 2, 1, 4, 4), Precision.FLOAT32);
        String onImages = "depth=1 train=" + images;
        trained(folder.resolve("one"), study("depth=1"), study("depth=1").runs(), new AtomicInteger());
        trained(folder.resolve("deeper"), study("depth=3"), study("depth=3").runs(), new AtomicInteger());
        trained(
                folder.resolve("tested"),
                study("depth=1 test=builtin#0"),
                study("depth=1 test=builtin#0").runs(),
                new AtomicInteger());
        trained(folder.resolve("black"), study(onImages), study(onImages).runs(), new AtomicInteger());
        NpyFile.write(images, Array.of(new double[16], 1, 1, 4, 4), Precision.FLOAT32);
        trained(folder.resolve("still black"), study(onImages), study(onImages).runs(), new AtomicInteger());
        double[] spot = new double[16];
        spot[5] = 1;
        NpyFile.write(images, Array.of(spot, 1, 1, 4, 4), Precision.FLOAT32);
        trained(folder.resolve("spot"), study(onImages), study(onImages).runs(), new AtomicInteger());
        requireRefused("another grid", "one", "deeper");
        requireRefused("another grid", "one", "tested");
        requireRefused("other images", "black", "spot");
        Laboratory.join(
                        List.of(folder.resolve("black"), folder.resolve("still black")),
                        folder.resolve("alike"),
                        (share, count, known) -> {})
                .close();
        Path description = folder.resolve("deeper/store.json");
        Files.writeString(description, Files.readString(description).replace("laboratory 6", "laboratory 0"));
        requireRefused("laboratory 0", "one", "deeper");
        requireRefused("holds no store", "one", "nowhere");
    }

    /** A store that lost the line of its study may belong to any; of other damage the joined store tells. */
    @Test
    void damageOfStoresIsNotPassedOver() throws IOException {
        Study study = study("depth=1");
        trained(folder.resolve("whole"), study, study.runs(), new AtomicInteger());
        for (String name : List.of("of none", "damaged")) {
            trained(folder.resolve(name), study, study.runs(), new AtomicInteger());
        }
        Path ofNone = folder.resolve("of none/results.jsonl");
        Files.writeString(ofNone, Files.readString(ofNone).replace("study-", "stady-"));
        requireRefused("does not say of which study it is", "whole", "of none");
        Path damaged = folder.resolve("damaged/results.jsonl");
        Files.writeString(damaged, Files.readString(damaged).replace("depth=1", "depth=7"));
        try (Laboratory joined = Laboratory.join(
                List.of(folder.resolve("damaged")), folder.resolve("all"), (share, count, known) -> {})) {
            assertEquals(1, joined.remarks().size());
            assertTrue(
                    joined.remarks().get(0).contains("damaged line"),
                    joined.remarks().toString());
        }
    }

    @Test
    void imagesAreKeptBesideTheResults() throws IOException {
        Study study = study("depth=1");
        trained(folder, study, study.runs(), new AtomicInteger());
        try (Laboratory laboratory = Laboratory.reading(folder)) {
            StudyResults results = laboratory.results(study, "", study.runs());
            StudyResults.Row row = results.rows().get(0);
            StudyResults.Images images =
                    results.arrays().images(row.result().digest()).orElseThrow();
            assertEquals(row.result().images().size(), images.tests().size());
            assertEquals(
                    study.runs().get(0).task().inputs().rounded(Precision.FLOAT32),
                    images.arrays().get("train"));
            assertEquals(
                    images.arrays().get("identity-0").rank(),
                    results.arrays()
                            .ofRun(row.result().key())
                            .orElseThrow()
                            .get("output-0")
                            .rank());
        }
    }

    /** The study of a store goes by the name of the one with the same grid, whatever its seeds. */
    @Test
    void namedStudiesAreKnownByTheirGrid() throws IOException {
        StudyFile file = StudyFile.named("residual").orElseThrow();
        Study study =
                file.arguments(false).with(Map.of("seeds", "7"), List.of()).study("any");
        assertEquals(
                "residual",
                StudyJson.named(StudyJson.write(study)).orElseThrow().name());
        Study paper = file.arguments(true).study("any");
        assertEquals(
                "residual",
                StudyJson.named(StudyJson.write(paper)).orElseThrow().name());
        Study other =
                file.arguments(false).with(Map.of("gain", "0.5"), List.of()).study("any");
        assertTrue(StudyJson.named(StudyJson.write(other)).isEmpty());
        for (String name : List.of("figure3", "kernel-depth", "activations", "optimisers")) {
            Study one = StudyFile.named(name).orElseThrow().arguments(false).study(name);
            JsonNode read = new ObjectMapper().readTree(StudyJson.write(one).toString());
            assertEquals(name, StudyJson.named(read).orElseThrow().name());
        }
    }
}
