/**
 * Drawings that the program itself makes, as SVG inside a page, as an SVG file and as a PNG file.
 *
 * <p>Lengths are pixels from the top left. A colour is six hexadecimal digits after {@code #}, or the name of a
 * variable of the page's style sheet, as {@code --ink}: a page in the dark shows its dark value, files have the light
 * one. Start with {@link org.idem.report.drawing.Sketch}.
 */
package org.idem.report.drawing;
