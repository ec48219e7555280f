package org.idem.table;

import java.util.function.Function;

/**
 * A column of a table.
 *
 * @param name in lower case with underscores
 * @param cell of a row: text, a whole or a real number, or a truth value
 * @param <R> what a row tells of
 */
public record Column<R>(String name, Function<? super R, ?> cell) {}
