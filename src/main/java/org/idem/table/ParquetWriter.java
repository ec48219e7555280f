package org.idem.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Writes tables as Parquet files; there is one where the program was built with it. */
public interface ParquetWriter {
    /** What the cells of a column are. An empty cell is null in the file. */
    enum Kind {
        /** Any text. */
        TEXT,
        /** Whole numbers of 64 bits. */
        WHOLE,
        /** Real numbers of 64 bits. */
        REAL
    }

    /**
     * The writer of this program.
     *
     * @return empty if it was built without
     */
    static Optional<ParquetWriter> find() {
        return ServiceLoader.load(ParquetWriter.class).findFirst();
    }

    /**
     * Writes a table. The file is there as a whole or not at all.
     *
     * @param table any
     * @param kinds one for each column; cells of numbers may be their words
     * @param file is replaced if it exists
     * @throws IOException in one line, if it cannot be written
     */
    void write(CsvTable table, List<Kind> kinds, Path file) throws IOException;
}
