package org.idem.laboratory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.idem.array.Precision;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.Study;
import org.idem.laboratory.result.Measures;
import org.idem.table.CsvTable;
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
            laboratory.train(study, share, (result, done, all, part) -> count.incrementAndGet());
            return new StudyTables(laboratory.results(study, "", study.runs()));
        }
    }

    /** Rows without the times. */
    private static List<String> rows(CsvTable table) {
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
        List<String> columns = tables.runs().columns();
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
                String.join(",", tables.images().columns()));
        assertEquals(
                "key,layer,image,trained,input_error,target_error,border_distance",
                String.join(",", tables.layers().columns()));
        assertEquals(
                "key,theorem,measure,mean,low,high",
                String.join(",", tables.theory().columns()));
        assertEquals(4, tables.runs().rows().size());
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
        assertEquals(6, tables.runs().rows().size());
        int channels = tables.runs().columns().indexOf("channels");
        assertEquals(
                List.of("2", "2", "3", "3", "4", "4"),
                tables.runs().rows().stream().map(row -> row.get(channels)).toList());
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
        try (Laboratory joined = Laboratory.open(folder.resolve("joined"))) {
            joined.merge(folder.resolve("odd"));
            joined.merge(folder.resolve("even"));
            joined.merge(folder.resolve("even"));
            assertEquals(all(whole), all(new StudyTables(joined.results("joined"))));
            trained(folder.resolve("other"), study("depth=3"), study("depth=3").runs(), new AtomicInteger());
            String said = assertThrows(IOException.class, () -> joined.merge(folder.resolve("other")))
                    .getMessage();
            assertTrue(said.contains("another grid"), said);
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
}
