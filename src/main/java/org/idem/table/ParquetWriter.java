package org.idem.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/** Writes tables as Parquet files; there is one where the program was built with it. */
public interface ParquetWriter {
    /**
     * The writer of this program.
     *
     * @return empty if it was built without
     */
    static Optional<ParquetWriter> find() {
        return ServiceLoader.load(ParquetWriter.class).findFirst();
    }

    /**
     * Writes a table. The file is there as a whole or not at all. An empty cell is null in it.
     *
     * @param table any
     * @param file is replaced if it exists
     * @throws IOException in one line, if it cannot be written
     */
    void write(TypedTable table, Path file) throws IOException;
}
