/**
 * What a study found, as one page that opens by itself and offline, and each of its pictures as SVG, PNG and CSV.
 *
 * <p>Start with {@link org.idem.report.study.StudyReport}. A {@link org.idem.report.study.Layout} decides which axis
 * runs across pictures and which makes their lines; one class for each kind of picture makes
 * {@link org.idem.report.study.StudyFigure figures}.
 */
package org.idem.report.study;
