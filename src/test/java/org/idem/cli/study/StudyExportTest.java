package org.idem.cli.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.idem.cli.Run;
import org.idem.cli.terminal.BadInput;
import org.idem.laboratory.Laboratory;
import org.idem.laboratory.StudyTables;
import org.idem.table.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StudyExportTest {
    @TempDir
    Path folder;

    /** Words that are numbers in one study and none in the next must not change the kind. */
    @ParameterizedTest
    @ValueSource(strings = {"fcn --width 3 --batch 1 --train builtin#1", "cnn --channels 2 --size 4x5"})
    void everyColumnHasItsKind(String network) throws Exception {
        Path store = folder.resolve("store");
        List<String> words = new ArrayList<>(List.of("study"));
        words.addAll(List.of(network.split(" ")));
        words.addAll(List.of("--depth", "1,2", "--rule", "sgd", "--learning-rate", "0.01", "--seeds", "1"));
        words.addAll(List.of("--most-steps", "3", "--store", store.toString()));
        if (!network.contains("--size")) {
            words.addAll(List.of("--size", "4"));
        }
        Run run = Run.of(words.toArray(String[]::new));
        assertEquals(0, run.code(), run::error);
        Map<String, List<String>> written = new TreeMap<>();
        Set<String> text = new TreeSet<>();
        StudyExport export = new StudyExport(folder.resolve("x.parquet"), (table, file) -> {
            List<Kind> kinds = table.kinds();
            List<String> columns = table.cells().columns();
            written.put(String.valueOf(file.getFileName()), columns);
            for (int i = 0; i < kinds.size(); i++) {
                if (kinds.get(i) == Kind.TEXT) {
                    text.add(columns.get(i));
                }
            }
        });
        try (Laboratory laboratory = Laboratory.reading(store)) {
            export.write(new StudyTables(laboratory.results("x")));
        }
        assertEquals(
                Set.of("x.parquet", "x.images.parquet", "x.steps.parquet", "x.layers.parquet", "x.theory.parquet"),
                written.keySet());
        assertTrue(written.get("x.parquet").contains("train_error"));
        assertTrue(text.containsAll(Set.of("key", "batch", "train", "size", "measure")), text::toString);
        assertEquals(List.of(folder), export.folders());
    }

    @Test
    void whatCannotBeExportedIsRefused() {
        BadInput ending = assertThrows(BadInput.class, () -> StudyExport.of(folder.resolve("x.csv"), folder));
        assertTrue(ending.getMessage().startsWith("--export must end with .parquet, got "), ending::getMessage);
        BadInput nowhere = assertThrows(
                BadInput.class, () -> StudyExport.of(folder.resolve("none").resolve("x.parquet"), folder));
        assertTrue(nowhere.getMessage().startsWith("--export"), nowhere::getMessage);
        Run run = Run.of("study", "fcn", "--store", folder + "/s", "--export", folder + "/x.parquet");
        assertEquals(2, run.code());
        assertTrue(run.error().startsWith("idem: --export needs the program's part for Parquet"), run::error);
        assertEquals(1, run.error().lines().count());
    }
}
