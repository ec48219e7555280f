package org.idem.cli.study;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.idem.cli.argument.FileArguments;
import org.idem.cli.terminal.BadInput;
import org.idem.cli.terminal.MissingPart;
import org.idem.laboratory.StudyTables;
import org.idem.table.ParquetWriter;
import org.idem.table.TypedTable;
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

    /** What --export asks for beside a store, which may still have to be made; null without it. */
    static @Nullable StudyExport of(@Nullable Path file, Path store) {
        if (file == null) {
            return null;
        }
        if (!file.toString().endsWith(ENDING)) {
            throw new BadInput("--export must end with " + ENDING + ", got " + file + "; name it study" + ENDING
                    + ", for instance");
        }
        FileArguments.checkOutsideStores("--export", file, store);
        StudyTables.NAMES.forEach(table -> FileArguments.checkOutput("--export", beside(file, table)));
        return new StudyExport(
                file,
                ParquetWriter.find()
                        .orElseThrow(() -> new MissingPart("--export needs the program's part for Parquet, which is not"
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
        for (Map.Entry<String, TypedTable> one : tables.all().entrySet()) {
            writer.write(one.getValue(), beside(file, one.getKey()));
        }
    }

    /** The files: networks first. */
    List<Path> files() {
        return StudyTables.NAMES.stream().map(table -> beside(file, table)).toList();
    }

    /** The folder of the files. */
    List<Path> folders() {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? List.of() : List.of(folder);
    }
}
