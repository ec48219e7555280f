package org.idem.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Data of a figure: a CSV file beside the page and, in part, a table on it.
 *
 * @param file name of the CSV file
 * @param columns names in lower case with underscores
 * @param rows cells of text, whole or real numbers, as many as columns
 */
record Table(String file, List<String> columns, List<List<Object>> rows) {
    private static final int ROWS_SHOWN = 12;
    private static final int DIGITS_DRAWN = 5;

    Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        for (List<Object> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(
                        file + " needs " + columns.size() + " cells in each row, got " + row.size());
            }
        }
    }

    /** All rows in full precision, RFC 4180 with plain line feeds. */
    String csv() {
        return lines(Table::exact);
    }

    /** All rows for a picture: reals with few digits, and nothing in place of those that are not finite. */
    String drawn() {
        return lines(Table::rounded);
    }

    private interface Cell {
        String text(Object value);
    }

    private String lines(Cell cell) {
        return rows.stream()
                .map(row -> row.stream().map(cell::text).map(Table::quoted).collect(Collectors.joining(",", "", "\n")))
                .collect(Collectors.joining("", String.join(",", columns) + "\n", ""));
    }

    private static String exact(Object value) {
        return value.toString();
    }

    private static String rounded(Object value) {
        if (!(value instanceof Double number)) {
            return value.toString();
        }
        return Double.isFinite(number)
                ? new BigDecimal(number)
                        .round(new MathContext(DIGITS_DRAWN))
                        .stripTrailingZeros()
                        .toString()
                : "";
    }

    private static String quoted(String text) {
        return text.chars().noneMatch(sign -> sign == ',' || sign == '"' || sign == '\r' || sign == '\n')
                ? text
                : '"' + text.replace("\"", "\"\"") + '"';
    }

    /** Column names for people. */
    List<String> headings() {
        return columns.stream().map(name -> name.replace('_', ' ')).toList();
    }

    /** Whether all cells of a column that are shown and not empty are numbers. */
    boolean numeric(int column) {
        return head().stream().map(row -> row.get(column)).allMatch(cell -> cell instanceof Number || "".equals(cell));
    }

    /** The first rows. */
    List<List<Object>> head() {
        return rows.subList(0, Math.min(ROWS_SHOWN, rows.size()));
    }

    /** Whether the page shows fewer rows than the file has. */
    boolean cut() {
        return rows.size() > ROWS_SHOWN;
    }

    /** A cell as the page shows it. */
    static String words(Object value) {
        return value instanceof Double number
                ? Numbers.brief(number)
                : value instanceof Number whole ? Numbers.whole(whole.longValue()) : value.toString();
    }
}
