package org.idem.report.drawing;

import java.util.ArrayList;
import java.util.List;

/** A drawing: marks in the order in which they are drawn. */
public final class Sketch {
    private final double width;
    private final double height;
    private final String alternative;
    private final List<Mark> marks = new ArrayList<>();

    /**
     * An empty drawing.
     *
     * @param width of the drawing
     * @param height of the drawing
     * @param alternative what it shows, in words, for those who cannot see it
     */
    public Sketch(double width, double height, String alternative) {
        this.width = width;
        this.height = height;
        this.alternative = alternative;
    }

    /**
     * Adds a mark above all others.
     *
     * @param mark any
     * @return this drawing
     */
    public Sketch add(Mark mark) {
        marks.add(mark);
        return this;
    }

    /**
     * Adds a straight line.
     *
     * @param x1 where it begins
     * @param y1 where it begins
     * @param x2 where it ends
     * @param y2 where it ends
     * @param color its colour
     * @param width of the line
     * @return this drawing
     */
    public Sketch line(double x1, double y1, double x2, double y2, String color, double width) {
        return add(new Mark.Line(new double[] {x1, x2}, new double[] {y1, y2}, color, width, ""));
    }

    /**
     * Adds a text of normal letters.
     *
     * @param x where it begins, has its middle, or ends
     * @param y of its base line
     * @param text the words
     * @param size of letters
     * @param anchor which part of the text lies at x
     * @param color its colour
     * @return this drawing
     */
    public Sketch text(double x, double y, String text, double size, Mark.Anchor anchor, String color) {
        return add(new Mark.Text(x, y, text, size, anchor, color, false, false));
    }

    /**
     * Width of the drawing.
     *
     * @return pixels
     */
    public double width() {
        return width;
    }

    /**
     * Height of the drawing.
     *
     * @return pixels
     */
    public double height() {
        return height;
    }

    /**
     * What it shows, in words.
     *
     * @return a sentence or two
     */
    public String alternative() {
        return alternative;
    }

    /**
     * The marks, the lowest first.
     *
     * @return a copy
     */
    public List<Mark> marks() {
        return List.copyOf(marks);
    }

    /**
     * The drawing as a part of a page.
     *
     * @return an element whose colours follow the page
     */
    public String inPage() {
        return Svg.of(this, false);
    }

    /**
     * The drawing as a file of its own.
     *
     * @return an SVG document on white
     */
    public String svg() {
        return Svg.of(this, true);
    }

    /**
     * Whether this Java has a font for the texts of PNG files; in a small container it may have none.
     *
     * @return false if no PNG file can be made
     */
    public static boolean hasFonts() {
        return Raster.hasFonts();
    }

    /**
     * The drawing as a PNG file on white, two pixels for each of its own.
     *
     * @return the bytes
     */
    public byte[] png() {
        return Raster.png(this);
    }
}
