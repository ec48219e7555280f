/**
 * How do tables become Parquet files? DuckDB, a database that needs no server, takes the rows and writes them.
 *
 * <p>This room is built by the profile {@code parquet} alone and is found as a service. Start with
 * {@link org.idem.parquet.DuckDbWriter}.
 */
package org.idem.parquet;
