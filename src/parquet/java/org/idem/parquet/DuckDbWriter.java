package org.idem.parquet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.idem.array.ScratchFolder;
import org.idem.array.WholeFile;
import org.idem.table.Kind;
import org.idem.table.ParquetWriter;
import org.idem.table.TypedTable;

/** Hands rows to a database in memory, which writes them as Parquet, compressed by Zstandard. */
public final class DuckDbWriter implements ParquetWriter {
    private static final String IN_MEMORY = "jdbc:duckdb:";
    private static final String TABLE = "written";

    /** Is found as a service. */
    public DuckDbWriter() {}

    @Override
    public void write(TypedTable table, Path file) throws IOException {
        try (ScratchFolder scratch = new ScratchFolder()) {
            Path made = scratch.path().resolve("made.parquet");
            make(table, made);
            WholeFile.write(file, out -> Files.copy(made, out));
        } catch (SQLException failure) {
            throw new IOException(file + ": " + firstLine(failure), failure);
        } catch (LinkageError missing) {
            throw new IOException(
                    file + ": DuckDB is missing or does not load here, " + firstLine(missing)
                            + "; take target/parquet away and start ./idem --export again, which builds it anew",
                    missing);
        }
    }

    private static void make(TypedTable table, Path file) throws SQLException {
        List<Kind> kinds = table.kinds();
        try (Connection connection = new DuckDBDriver().connect(IN_MEMORY, new Properties());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + TABLE + " ("
                    + IntStream.range(0, kinds.size())
                            .mapToObj(i -> '"' + table.cells().columns().get(i) + "\" " + type(kinds.get(i)))
                            .collect(Collectors.joining(", "))
                    + ")");
            try (DuckDBAppender rows =
                    connection.unwrap(DuckDBConnection.class).createAppender(DuckDBConnection.DEFAULT_SCHEMA, TABLE)) {
                for (List<Object> row : table.cells().rows()) {
                    rows.beginRow();
                    for (int i = 0; i < kinds.size(); i++) {
                        append(rows, kinds.get(i), row.get(i).toString());
                    }
                    rows.endRow();
                }
            }
            statement.execute("COPY " + TABLE + " TO '" + file.toString().replace("'", "''")
                    + "' (FORMAT parquet, COMPRESSION zstd)");
        }
    }

    private static String type(Kind kind) {
        return switch (kind) {
            case TEXT -> "VARCHAR";
            case WHOLE -> "BIGINT";
            case REAL -> "DOUBLE";
        };
    }

    private static void append(DuckDBAppender rows, Kind kind, String word) throws SQLException {
        if (word.isEmpty()) {
            rows.appendNull();
            return;
        }
        switch (kind) {
            case TEXT -> rows.append(word);
            case WHOLE -> rows.append(Long.parseLong(word));
            case REAL -> rows.append(Double.parseDouble(word));
        }
    }

    private static String firstLine(Throwable thrown) {
        return String.valueOf(thrown.getMessage()).lines().findFirst().orElse("");
    }
}
