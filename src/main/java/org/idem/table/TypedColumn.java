package org.idem.table;

import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * A column of a table that says what its cells are.
 *
 * @param name in lower case with underscores
 * @param kind of its cells
 * @param cell of a row, empty text where there is none
 * @param <R> what a row tells of
 */
public record TypedColumn<R>(String name, Kind kind, Function<? super R, ?> cell) {
    /**
     * A column of text.
     *
     * @param name in lower case with underscores
     * @param cell of a row
     * @param <R> what a row tells of
     * @return the column
     */
    public static <R> TypedColumn<R> text(String name, Function<? super R, String> cell) {
        return new TypedColumn<>(name, Kind.TEXT, cell);
    }

    /**
     * A column of whole numbers.
     *
     * @param name in lower case with underscores
     * @param cell of a row
     * @param <R> what a row tells of
     * @return the column
     */
    public static <R> TypedColumn<R> whole(String name, ToLongFunction<? super R> cell) {
        return new TypedColumn<>(name, Kind.WHOLE, cell::applyAsLong);
    }

    /**
     * A column of real numbers.
     *
     * @param name in lower case with underscores
     * @param cell of a row; NaN is an empty cell
     * @param <R> what a row tells of
     * @return the column
     */
    public static <R> TypedColumn<R> real(String name, ToDoubleFunction<? super R> cell) {
        return new TypedColumn<>(name, Kind.REAL, row -> {
            double value = cell.applyAsDouble(row);
            return Double.isNaN(value) ? "" : value;
        });
    }
}
