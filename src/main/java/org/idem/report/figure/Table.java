package org.idem.report.figure;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.List;
import org.idem.table.Column;
import org.idem.table.CsvTable;

/**
 * Data of a figure: a CSV file beside the page and, in part, a table on it.
 *
 * @param file name of the CSV file
 * @param columns names in lower case with underscores
 * @param rows cells of text, whole or real numbers, as many as columns
 */
public record Table(String file, List<String> columns, List<List<Object>> rows) {
    private static final int ROWS_SHOWN = 12;
    private static final int DIGITS_DRAWN = 5;
    /** Files of more rows take tens of megabytes: who copies or keeps a report leaves them behind. */
    private static final int MOST_LINKED = 20_000;
    /** Numbers of a row that agree in so many digits are shown as equal. */
    private static final int MOST_DIGITS = 8;

    /** Checks the rows. */
    public Table {
        CsvTable checked = new CsvTable(columns, rows);
        columns = checked.columns();
        rows = checked.rows();
    }

    /**
     * A table of things that all have the same columns.
     *
     * @param <R> kind of thing
     * @param file name of the CSV file
     * @param columns what each column says of a thing
     * @param things one per row
     * @return the table
     */
    public static <R> Table of(String file, List<Column<R>> columns, List<? extends R> things) {
        CsvTable table = CsvTable.of(columns, things);
        return new Table(file, table.columns(), table.rows());
    }

    /**
     * Writes all rows in full precision.
     *
     * @param folder where the file lies
     * @throws IOException if it cannot be written
     */
    public void write(Path folder) throws IOException {
        new CsvTable(columns, rows).write(folder.resolve(file));
    }

    /** All rows for a picture: reals with few digits, and nothing in place of those that are not finite. */
    String drawn() {
        List<List<Object>> brief = rows.stream()
                .map(row -> row.stream().map(Table::rounded).toList())
                .toList();
        return new CsvTable(columns, brief).text();
    }

    private static Object rounded(Object value) {
        if (!(value instanceof Double number)) {
            return value;
        }
        return Double.isFinite(number)
                ? new BigDecimal(number)
                        .round(new MathContext(DIGITS_DRAWN))
                        .stripTrailingZeros()
                        .toString()
                : "";
    }

    /**
     * Column names for people.
     *
     * @return one per column
     */
    public List<String> headings() {
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

    /**
     * Whether the page links the file; of a long one it says the name alone, which stays true where the file is gone.
     */
    boolean linked() {
        return rows.size() <= MOST_LINKED;
    }

    /**
     * A cell as the page shows it.
     *
     * @param value of the cell
     * @return text, of a real number three digits
     */
    public static String words(Object value) {
        return words(value, Numbers.DIGITS);
    }

    private static String words(Object value, int digits) {
        return value instanceof Double number
                ? Numbers.brief(number, digits)
                : value instanceof Number whole ? Numbers.whole(whole.longValue()) : value.toString();
    }

    /**
     * Cells of a row as the page shows them: three digits of a real number, or as many as tell it from the other real
     * numbers of the row, up to eight.
     *
     * @param row cells
     * @return texts
     */
    public static List<String> wordsOf(List<Object> row) {
        return row.stream()
                .map(cell -> words(cell, cell instanceof Double number ? digits(number, row) : Numbers.DIGITS))
                .toList();
    }

    private static int digits(double number, List<Object> row) {
        int digits = Numbers.DIGITS;
        for (Object cell : row) {
            if (cell instanceof Double other && !alike(number, other, MOST_DIGITS)) {
                while (alike(number, other, digits)) {
                    digits++;
                }
            }
        }
        return digits;
    }

    /** Whether two numbers are shown alike with so many digits. */
    private static boolean alike(double one, double other, int digits) {
        return Numbers.brief(one, digits).equals(Numbers.brief(other, digits));
    }
}
