/**
 * Reports of runs: one self-contained HTML page and the same data as JSON and CSV. Start with
 * {@link org.idem.report.Report}; {@link org.idem.report.CheckReport} and {@link org.idem.report.PowerReport} are its
 * siblings for networks of others and for the power of a run.
 */
package org.idem.report;
