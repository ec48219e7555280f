package org.idem.table;

import java.util.List;

/**
 * A table of which every column says what its cells are.
 *
 * @param cells names of columns, and rows
 * @param kinds one for each column
 */
public record TypedTable(CsvTable cells, List<Kind> kinds) {
    /** Copies the list and checks every cell. */
    public TypedTable {
        kinds = List.copyOf(kinds);
        List<String> columns = cells.columns();
        if (kinds.size() != columns.size()) {
            throw new IllegalArgumentException("each of the columns " + columns + " must have a kind, got " + kinds);
        }
        for (List<Object> row : cells.rows()) {
            for (int i = 0; i < kinds.size(); i++) {
                if (!kinds.get(i).holds(row.get(i))) {
                    throw new IllegalArgumentException("the column " + columns.get(i) + " must hold " + kinds.get(i)
                            + ", got '" + row.get(i) + "'");
                }
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
    public static <R> TypedTable of(List<TypedColumn<R>> columns, List<? extends R> things) {
        List<Column<R>> plain = columns.stream()
                .map(column -> new Column<R>(column.name(), column.cell()))
                .toList();
        return new TypedTable(
                CsvTable.of(plain, things),
                columns.stream().map(TypedColumn::kind).toList());
    }
}
