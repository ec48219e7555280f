/**
 * Figures of pages: pictures of results, each with its data as a table, with axes and numbers for people.
 *
 * <p>A {@link org.idem.report.figure.Chart} is drawn by the page itself from a specification in this room. One class
 * for each question makes a {@link org.idem.report.figure.Figure}; start there.
 */
package org.idem.report.figure;
