/**
 * Reports: one self-contained HTML page and the same data as JSON and CSV. Start with {@link org.idem.report.Report}.
 */
package org.idem.report;
