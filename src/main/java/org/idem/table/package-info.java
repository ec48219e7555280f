/**
 * Tables as text: columns are named once, and every row is checked against them.
 *
 * <p>Start with {@link org.idem.table.CsvTable}.
 */
package org.idem.table;
