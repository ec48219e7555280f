package org.idem.cli.study;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.idem.cli.argument.FileArguments;
import org.idem.cli.terminal.BadInput;
import org.idem.laboratory.StudyTables;
import org.idem.table.CsvTable;
import org.idem.table.ParquetWriter;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a study as Parquet files: FILE.parquet has a row for each network, and the other tables stand beside
 * it.
 *
 * @param file with the ending .parquet
 * @param writer of such files
 */
record StudyExport(Path file, ParquetWriter writer) {
    private static final String ENDING = ".parquet";

    private static final Set<String> WHOLE =
            Set.of("depth", "width", "channels", "kernel", "examples", "threads", "seed", "steps", "step", "layer");
    private static final Set<String> TEXT = Set.of(
            "key",
            "network",
            "padding",
            "activation",
            "bias",
            "residual",
            "init",
            "rule",
            "nesterov",
            "loss",
            "batch",
            "size",
            "train",
            "input",
            "target",
            "precision",
            "outcome",
            "image",
            "group",
            "trained",
            "theorem",
            "measure");

    /** What --export asks for; null without it. */
    static @Nullable StudyExport of(@Nullable Path file) {
        if (file == null) {
            return null;
        }
        if (!file.toString().endsWith(ENDING)) {
            throw new BadInput("--export must end with " + ENDING + ", got " + file);
        }
        StudyTables.NAMES.forEach(table -> FileArguments.checkOutput("--export", beside(file, table)));
        return new StudyExport(
                file,
                ParquetWriter.find()
                        .orElseThrow(() -> new BadInput("--export needs the program's part for Parquet, which is not"
                                + " built; start it as ./idem, which builds that part, or give --csv in its place")));
    }

    /** Where a table stands: runs in the file itself. */
    private static Path beside(Path file, String table) {
        String name = String.valueOf(file.getFileName());
        return table.equals(StudyTables.NAMES.get(0))
                ? file
                : file.resolveSibling(name.substring(0, name.length() - ENDING.length()) + "." + table + ENDING);
    }

    /** Writes all tables, each whole or not at all. */
    void write(StudyTables tables) throws IOException {
        for (Map.Entry<String, CsvTable> one : tables.all().entrySet()) {
            CsvTable table = one.getValue();
            writer.write(table, table.columns().stream().map(StudyExport::kind).toList(), beside(file, one.getKey()));
        }
    }

    /** What a column holds, whatever the study. */
    static ParquetWriter.Kind kind(String column) {
        if (WHOLE.contains(column)) {
            return ParquetWriter.Kind.WHOLE;
        }
        return TEXT.contains(column) ? ParquetWriter.Kind.TEXT : ParquetWriter.Kind.REAL;
    }

    /** The folder of the files. */
    List<Path> folders() {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? List.of() : List.of(folder);
    }
}
