package org.idem.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import org.idem.table.CsvTable;
import org.idem.table.Kind;
import org.idem.table.ParquetWriter;
import org.idem.table.TypedTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database reads back what was written. */
class ParquetTest {
    private static final Path TARGET = Path.of("target").toAbsolutePath();

    @TempDir
    Path folder;

    /** Names with types in the first row, then cells; null where there is none. */
    private static List<List<Object>> read(Path file) throws SQLException {
        List<List<Object>> rows = new ArrayList<>(List.of(new ArrayList<>()));
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "SELECT * FROM read_parquet('" + file.toString().replace("'", "''") + "')")) {
            int columns = found.getMetaData().getColumnCount();
            for (int i = 1; i <= columns; i++) {
                rows.get(0)
                        .add(found.getMetaData().getColumnName(i) + " "
                                + found.getMetaData().getColumnTypeName(i));
            }
            while (found.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(found.getObject(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    @Test
    void everyCellComesBack() throws Exception {
        Path file = folder.resolve("it's ä.parquet");
        List<List<Object>> cells = List.of(
                List.of("a,\"b'\nü", Long.MIN_VALUE, Double.MIN_VALUE),
                List.of("", "", ""),
                List.of("no", "7", "0.1"),
                List.of("NaN", 0, Double.NaN),
                List.of("x", -1, Double.NEGATIVE_INFINITY));
        ParquetWriter writer = ParquetWriter.find().orElseThrow();
        TypedTable table = new TypedTable(
                new CsvTable(List.of("text", "group", "real"), cells), List.of(Kind.TEXT, Kind.WHOLE, Kind.REAL));
        writer.write(table, file);
        List<List<Object>> expected = new ArrayList<>();
        expected.add(List.of("text VARCHAR", "group BIGINT", "real DOUBLE"));
        expected.add(List.of("a,\"b'\nü", Long.MIN_VALUE, Double.MIN_VALUE));
        expected.add(Arrays.asList(null, null, null));
        expected.add(List.of("no", 7L, 0.1));
        expected.add(List.of("NaN", 0L, Double.NaN));
        expected.add(List.of("x", -1L, Double.NEGATIVE_INFINITY));
        assertEquals(expected, read(file));
        // again, without rows, in the place of the first
        writer.write(new TypedTable(new CsvTable(List.of("n"), List.of()), List.of(Kind.WHOLE)), file);
        assertEquals(List.of(List.of("n BIGINT")), read(file));
        Path nowhere = folder.resolve("none").resolve("x.parquet");
        IOException refused = assertThrows(IOException.class, () -> writer.write(table, nowhere));
        assertTrue(refused.getMessage().startsWith(nowhere + ": the folder"), refused::getMessage);
    }

    /** Ends with a code; prints what it said on standard error. */
    private int idem(String line) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.bytedeco.javacpp.cachedir=" + TARGET.resolve("natives"),
                "-cp",
                String.join(
                        File.pathSeparator,
                        TARGET.resolve("idem.jar").toString(),
                        TARGET.resolve("parquet/idem-parquet.jar").toString(),
                        TARGET.resolve("parquet/lib") + "/*"),
                "org.idem.cli.Main"));
        words.addAll(List.of(line.replace("DIR", folder.toString()).split(" ")));
        return new ProcessBuilder(words)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start()
                .waitFor();
    }

    /** Lines of a table without the quotes that none of its cells needs. */
    private List<List<String>> csv(String table) throws IOException {
        try (var lines = Files.lines(folder.resolve("csv").resolve(table + ".csv"))) {
            return lines.map(line -> List.of(line.split(",", -1))).toList();
        }
    }

    private static Object cell(String word, String type) {
        if (word.isEmpty()) {
            return "nothing";
        }
        return switch (type) {
            case "BIGINT" -> Long.parseLong(word);
            case "DOUBLE" -> Double.parseDouble(word);
            default -> word;
        };
    }

    @Test
    void everyTableOfAStudyIsThatOfItsText() throws Exception {
        String study =
                "study fcn --depth 1,2 --width 3 --size 4 --seeds 2 --rule sgd --most-steps 5 --learning-rate 0.01"
                        + " --store DIR/store --csv DIR/csv --export DIR/x.parquet";
        assertEquals(0, idem(study), () -> folder.resolve("err").toString());
        for (String table : List.of("runs", "images", "steps", "layers", "theory")) {
            List<List<Object>> rows =
                    read(folder.resolve(table.equals("runs") ? "x.parquet" : "x." + table + ".parquet"));
            List<List<String>> text = csv(table);
            assertEquals(text.size(), rows.size());
            assertTrue(rows.size() > 2, table);
            List<String> types = new ArrayList<>();
            for (int column = 0; column < text.get(0).size(); column++) {
                String[] head = rows.get(0).get(column).toString().split(" ");
                assertEquals(text.get(0).get(column), head[0]);
                types.add(head[1]);
            }
            for (int row = 1; row < rows.size(); row++) {
                for (int column = 0; column < types.size(); column++) {
                    Object found = rows.get(row).get(column);
                    assertEquals(
                            cell(text.get(row).get(column), types.get(column)),
                            found == null ? "nothing" : found,
                            rows.get(0).get(column).toString());
                }
            }
        }
        assertEquals("depth BIGINT", read(folder.resolve("x.parquet")).get(0).get(2));
        assertEquals(2, idem(study.replace("x.parquet", "x.txt")));
        assertEquals(
                List.of("idem: --export must end with .parquet, got " + folder + "/x.txt"),
                Files.readAllLines(folder.resolve("err")));
        assertFalse(Files.exists(folder.resolve("x.txt")));
    }
}
