package org.idem.report.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.idem.array.Array;
import org.idem.image.Image;
import org.idem.image.Resizing;
import org.idem.report.drawing.Mark;
import org.idem.report.drawing.Mark.Anchor;
import org.idem.report.drawing.Sketch;
import org.jspecify.annotations.Nullable;

/**
 * Images in rows and columns.
 *
 * @param columns their headings
 * @param rows the first one at the top
 */
record Tiles(List<Column> columns, List<Row> rows) {
    private static final List<String> COLUMNS =
            List.of("row", "image", "channel", "pixel_row", "pixel_column", "value");

    /** More numbers than this make no text that anybody reads. */
    private static final int MOST_NUMBERS = 400_000;
    /** Images with longer sides are made smaller for pictures. */
    private static final int LONGEST_SIDE = 64;

    private static final double CELL = 60;
    private static final double GAP = 6;
    private static final double NOTE = 13;
    private static final double LETTERS = 11.5;
    private static final double SMALL = 10;
    private static final double LONGEST_LABEL = 130;
    private static final int MOST_LINES = 3;

    /**
     * Heading of a column.
     *
     * @param group columns of one group follow each other and share a heading above theirs, may be empty
     * @param name of the column
     */
    record Column(String group, String name) {}

    /**
     * A row.
     *
     * @param label at its left
     * @param tiles as many as columns, null where there is no image
     */
    record Row(String label, List<@Nullable Tile> tiles) {}

    /**
     * An image.
     *
     * @param image (C, H, W), finite
     * @param levels of black and white
     * @param note below it, may be empty
     * @param framed whether a frame marks it
     */
    record Tile(Array image, Levels levels, String note, boolean framed) {}

    /**
     * Numbers that are shown as black and as white; those beyond look like them.
     *
     * @param black the smaller one
     * @param white the larger one
     */
    record Levels(double black, double white) {
        /** Least and largest number of an image; 0 and 1 if all are equal. */
        static Levels of(Array image) {
            double least = DoubleStream.of(image.values()).min().orElse(0);
            double most = DoubleStream.of(image.values()).max().orElse(0);
            return least < most ? new Levels(least, most) : new Levels(0, 1);
        }

        private int level(double value) {
            return (int) Math.round(255 * Math.max(0, Math.min(1, (value - black) / (white - black))));
        }
    }

    /**
     * Says where dashes stand.
     *
     * @param rows some of a picture
     * @param where goes on after "A dash stands where"
     * @return goes on after a sentence; empty if every row has all its images
     */
    static String dashes(List<Row> rows, String where) {
        return rows.stream().flatMap(row -> row.tiles().stream()).anyMatch(tile -> tile == null)
                ? " A dash stands where " + where + "."
                : "";
    }

    /** A number with two digits after its point. */
    static String hundredths(double number) {
        double rounded = Math.rint(100 * number) / 100 + 0.0;
        return String.format(Locale.ROOT, "%.2f", rounded).replace('-', '−');
    }

    /**
     * The picture with all its numbers; without numbers if they are too many.
     *
     * @param name of its files
     * @param alternative what it shows, for those who cannot see it
     */
    StudyFigure.Picture picture(String name, String alternative) {
        return new StudyFigure.Picture(name, sketch(alternative), COLUMNS, data());
    }

    Sketch sketch(String alternative) {
        double left = 8
                + rows.stream()
                        .mapToDouble(row -> Math.min(LONGEST_LABEL, Mark.Text.length(row.label(), LETTERS, false)))
                        .max()
                        .orElse(0);
        double high = height();
        boolean notes = tiles().anyMatch(tile -> !tile.note().isEmpty());
        double step = high + (notes ? NOTE : 0) + GAP;
        int lines = columns.stream()
                .mapToInt(column -> wrapped(column).size())
                .max()
                .orElse(1);
        double top = 22 + lines * (SMALL + 2);
        Sketch sketch = new Sketch(left + columns.size() * (CELL + GAP), top + rows.size() * step + 2, alternative);
        headings(sketch, left, top);
        for (int row = 0; row < rows.size(); row++) {
            draw(sketch, rows.get(row), left, top + row * step, high);
        }
        return sketch;
    }

    private Stream<Tile> tiles() {
        return rows.stream().flatMap(row -> row.tiles().stream()).filter(tile -> tile != null);
    }

    /** In how many sizes there are images. */
    long sizes() {
        return tiles().map(tile -> List.of(tile.image().size(1), tile.image().size(2)))
                .distinct()
                .count();
    }

    /** Height of a row: of its tallest image at the width of a cell, within limits. */
    private double height() {
        double shape = tiles().mapToDouble(
                        tile -> (double) tile.image().size(1) / tile.image().size(2))
                .max()
                .orElse(1);
        return Math.max(CELL / 3, Math.min(2 * CELL, CELL * shape));
    }

    /** A label and the images of a row; a dash where one is missing. */
    private void draw(Sketch sketch, Row row, double left, double y, double high) {
        String label = Panel.fitted(row.label(), LONGEST_LABEL, LETTERS);
        sketch.text(0, y + high / 2 + 4, label, LETTERS, Anchor.START, "--ink");
        for (int column = 0; column < columns.size(); column++) {
            Tile tile = row.tiles().get(column);
            double x = left + column * (CELL + GAP);
            if (tile == null) {
                sketch.text(x + CELL / 2, y + high / 2 + 4, "–", LETTERS, Anchor.MIDDLE, "--quiet");
            } else {
                draw(sketch, tile, columns.get(column).name() + ", " + row.label(), x, y, high);
            }
        }
    }

    private static List<String> wrapped(Column column) {
        return Panel.wrapped(column.name(), CELL + GAP, SMALL, MOST_LINES);
    }

    private void headings(Sketch sketch, double left, double top) {
        for (int column = 0; column < columns.size(); column++) {
            String group = columns.get(column).group();
            double x = left + column * (CELL + GAP);
            if (!group.isEmpty()
                    && (column == 0 || !columns.get(column - 1).group().equals(group))) {
                int last = column;
                while (last + 1 < columns.size()
                        && columns.get(last + 1).group().equals(group)) {
                    last++;
                }
                double end = left + last * (CELL + GAP) + CELL;
                sketch.text((x + end) / 2, 11, group, LETTERS, Anchor.MIDDLE, "--ink");
                sketch.line(x, 15.5, end, 15.5, "--quiet", 1);
            }
            List<String> lines = wrapped(columns.get(column));
            for (int line = 0; line < lines.size(); line++) {
                sketch.text(
                        x + CELL / 2,
                        top - 6 - (lines.size() - 1 - line) * (SMALL + 2),
                        lines.get(line),
                        SMALL,
                        Anchor.MIDDLE,
                        "--quiet");
            }
        }
    }

    private static void draw(Sketch sketch, Tile tile, String tip, double x, double y, double high) {
        Array image = tile.image();
        double scale = Math.min(CELL / image.size(2), high / image.size(1));
        double width = scale * image.size(2);
        double height = scale * image.size(1);
        double from = x + (CELL - width) / 2;
        double above = y + (high - height) / 2;
        Array small = reduced(image);
        sketch.add(new Mark.Pixels(
                from,
                above,
                width,
                height,
                small.size(2),
                colors(small, tile.levels()),
                tip + (tile.note().isEmpty() ? "" : ": " + tile.note())));
        sketch.add(new Mark.Box(from - 0.5, above - 0.5, width + 1, height + 1, "", "--line", ""));
        if (tile.framed()) {
            sketch.add(new Mark.Box(from - 1.5, above - 1.5, width + 3, height + 3, "", "--red", ""));
            sketch.add(new Mark.Box(from - 0.5, above - 0.5, width + 1, height + 1, "", "--red", ""));
        }
        if (!tile.note().isEmpty()) {
            sketch.text(x + CELL / 2, y + high + 11, tile.note(), SMALL, Anchor.MIDDLE, "--quiet");
        }
    }

    private static Array reduced(Array image) {
        double factor = LONGEST_SIDE / (double) Math.max(image.size(1), image.size(2));
        return factor >= 1
                ? image
                : Resizing.byArea(
                                new Image("image", image),
                                Math.max(1, (int) Math.round(factor * image.size(1))),
                                Math.max(1, (int) Math.round(factor * image.size(2))))
                        .pixels();
    }

    /** Three channels as red, green and blue, otherwise the first as grey. */
    private static int[] colors(Array image, Levels levels) {
        int plane = image.size(1) * image.size(2);
        int[] rgb = new int[plane];
        for (int pixel = 0; pixel < plane; pixel++) {
            int color = 0;
            for (int channel = 0; channel < 3; channel++) {
                int at = (image.size(0) == 3 ? channel * plane : 0) + pixel;
                color = color << 8 | levels.level(image.values()[at]);
            }
            rgb[pixel] = color;
        }
        return rgb;
    }

    /** All numbers as lines of {@link #COLUMNS}; none if they are too many. */
    List<List<Object>> data() {
        long numbers = tiles().mapToLong(tile -> tile.image().length()).sum();
        List<List<Object>> data = new ArrayList<>();
        if (numbers > MOST_NUMBERS) {
            return data;
        }
        for (Row row : rows) {
            for (int column = 0; column < columns.size(); column++) {
                Tile tile = row.tiles().get(column);
                if (tile != null) {
                    add(data, row.label(), columns.get(column).name(), tile.image());
                }
            }
        }
        return data;
    }

    private static void add(List<List<Object>> data, String row, String name, Array image) {
        int height = image.size(1);
        int width = image.size(2);
        for (int i = 0; i < image.length(); i++) {
            data.add(Arrays.asList(row, name, i / (height * width), i / width % height, i % width, image.values()[i]));
        }
    }
}
