package org.idem.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.idem.array.WholeFile;

/**
 * A table for programs: text with a line of column names, then a line for each row. Source of the format: RFC 4180, but
 * lines end with a line feed alone.
 *
 * @param columns names in lower case with underscores, at least one, no two alike
 * @param rows cells of text, whole or real numbers, or truth values, as many as columns
 */
public record CsvTable(List<String> columns, List<List<Object>> rows) {
    /** Copies the lists and checks the rows. */
    public CsvTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        if (columns.isEmpty() || columns.stream().distinct().count() < columns.size()) {
            throw new IllegalArgumentException("columns must be at least one, no two alike, got " + columns);
        }
        for (List<Object> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(
                        "a row must have " + columns.size() + " cells, one for each of " + columns + ", got " + row);
            }
        }
    }

    /**
     * A table of things that all have the same columns.
     *
     * @param columns of the table, in order
     * @param things one for each row
     * @param <R> what a row tells of
     * @return the table
     */
    public static <R> CsvTable of(List<Column<R>> columns, List<? extends R> things) {
        return new CsvTable(
                columns.stream().map(Column::name).toList(),
                things.stream()
                        .map(thing -> columns.stream()
                                .map(column -> (Object) column.cell().apply(thing))
                                .toList())
                        .toList());
    }

    /**
     * The whole table. Real numbers are written with the fewest digits that tell them from all others, with a point
     * whatever the language of the machine, and NaN, Infinity and -Infinity in words.
     *
     * @return one line more than rows, each ended by a line feed
     */
    public String text() {
        StringBuilder text = new StringBuilder();
        addLine(text, columns);
        rows.forEach(row -> addLine(text, row));
        return text.toString();
    }

    private static void addLine(StringBuilder text, List<?> cells) {
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i).toString();
            text.append(i == 0 ? "" : ",").append(endsCell(cell) ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
        }
        text.append('\n');
    }

    /** Whether a cell holds what ends a cell or a line, and must be quoted. */
    private static boolean endsCell(String text) {
        for (int i = 0; i < text.length(); i++) {
            char sign = text.charAt(i);
            if (sign == ',' || sign == '"' || sign == '\r' || sign == '\n') {
                return true;
            }
        }
        return false;
    }

    /**
     * Writes the table. The file is there as a whole or not at all.
     *
     * @param file is replaced if it exists
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        WholeFile.write(file, text());
    }
}
