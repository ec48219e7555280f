package org.idem.report.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.idem.array.Array;
import org.idem.image.Image;
import org.idem.image.Resizing;
import org.idem.report.drawing.Mark;
import org.idem.report.drawing.Mark.Anchor;
import org.idem.report.drawing.Sketch;

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

    /** Drawings wider than this would be printed with letters of less than seven points. */
    private static final double WIDEST = 700;
    /** Narrowest and widest images. */
    private static final double NARROW_CELL = 36;

    private static final double WIDE_CELL = 60;
    private static final double GAP = 6;
    private static final double NOTE = 13;
    private static final double LETTERS = 11.5;
    private static final double SMALL = 10;
    /** From one line of small letters to the next. */
    private static final double LINE = SMALL + 2;

    private static final double LONGEST_LABEL = 72;
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
     * @param cells as many as columns
     */
    record Row(String label, List<Cell> cells) {}

    /** What a row has in a column. */
    sealed interface Cell {}

    /**
     * A place without an image, marked by a dash.
     *
     * @param reason goes on after "A dash stands where"
     */
    record Dash(String reason) implements Cell {}

    /**
     * An image.
     *
     * @param image (C, H, W), finite
     * @param levels of black and white
     * @param note below it, may be empty
     * @param framed whether a frame marks it
     */
    record Tile(Array image, Levels levels, String note, boolean framed) implements Cell {}

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
     * @return goes on after a sentence; empty if every row has all its images
     */
    static String dashes(List<Row> rows) {
        return dashes(rows.stream()
                .flatMap(row -> row.cells().stream())
                .filter(Dash.class::isInstance)
                .map(cell -> ((Dash) cell).reason()));
    }

    /** Says for which reasons dashes stand; empty if there are none. */
    static String dashes(Stream<String> reasons) {
        String where = reasons.distinct().collect(Collectors.joining(", or "));
        return where.isEmpty() ? "" : " A dash stands where " + where + ".";
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
        Place place = place();
        boolean notes = tiles().anyMatch(tile -> !tile.note().isEmpty());
        double step = place.high() + (notes ? NOTE : 0) + GAP;
        double groups = LINE
                * groups().mapToInt(group -> place.headings(group).size()).max().orElse(0);
        int lines = columns.stream()
                .mapToInt(column -> place.wrapped(column.name(), 1).size())
                .max()
                .orElse(1);
        double top = groups + 10 + lines * LINE;
        Sketch sketch =
                new Sketch(place.left() + columns.size() * place.step(), top + rows.size() * step + 2, alternative);
        groups().forEach(group -> draw(sketch, group, place, groups));
        for (int column = 0; column < columns.size(); column++) {
            List<String> words = place.wrapped(columns.get(column).name(), 1);
            double x = place.x(column) + place.cell() / 2;
            for (int line = 0; line < words.size(); line++) {
                double y = top - 6 - (words.size() - 1 - line) * LINE;
                sketch.text(x, y, words.get(line), SMALL, Anchor.MIDDLE, "--quiet");
            }
        }
        for (int row = 0; row < rows.size(); row++) {
            draw(sketch, rows.get(row), place, top + row * step);
        }
        return sketch;
    }

    /**
     * Where images lie.
     *
     * @param left of the first column
     * @param cell width of an image
     * @param high height of a row
     */
    private record Place(double left, double cell, double high) {
        double step() {
            return cell + GAP;
        }

        double x(int column) {
            return left + column * step();
        }

        /** A text in lines as long as some columns are wide. */
        List<String> wrapped(String text, int across) {
            return Panel.wrapped(text, across * step(), SMALL, MOST_LINES);
        }

        List<String> headings(Group group) {
            return wrapped(group.name(), group.last() - group.first() + 1);
        }
    }

    /** Columns that share a heading. */
    private record Group(String name, int first, int last) {}

    private Stream<Group> groups() {
        List<Group> groups = new ArrayList<>();
        for (int column = 0; column < columns.size(); column++) {
            String name = columns.get(column).group();
            Group before = groups.isEmpty() ? null : groups.get(groups.size() - 1);
            if (before != null && before.name().equals(name)) {
                groups.set(groups.size() - 1, new Group(name, before.first(), column));
            } else {
                groups.add(new Group(name, column, column));
            }
        }
        return groups.stream().filter(group -> !group.name().isEmpty());
    }

    /** The heading of a group begins with its first column, which is seen first where a page is narrow. */
    private static void draw(Sketch sketch, Group group, Place place, double bottom) {
        List<String> lines = place.headings(group);
        double from = place.x(group.first());
        for (int line = 0; line < lines.size(); line++) {
            double y = bottom - 2 - (lines.size() - 1 - line) * LINE;
            sketch.text(from, y, lines.get(line), SMALL, Anchor.START, "--ink");
        }
        sketch.line(from, bottom + 2, place.x(group.last()) + place.cell(), bottom + 2, "--quiet", 1);
    }

    /** Images as wide as the drawing has room for, rows as high as the tallest of them at this width, within limits. */
    private Place place() {
        double left = 8
                + rows.stream()
                        .flatMap(row -> Panel.wrapped(row.label(), LONGEST_LABEL, LETTERS, MOST_LINES).stream())
                        .mapToDouble(line -> Mark.Text.length(line, LETTERS, false))
                        .max()
                        .orElse(0);
        double cell = Math.max(NARROW_CELL, Math.min(WIDE_CELL, (WIDEST - left) / columns.size() - GAP));
        double shape = tiles().mapToDouble(
                        tile -> (double) tile.image().size(1) / tile.image().size(2))
                .max()
                .orElse(1);
        return new Place(left, cell, Math.max(cell / 3, Math.min(2 * cell, cell * shape)));
    }

    private Stream<Tile> tiles() {
        return rows.stream()
                .flatMap(row -> row.cells().stream())
                .filter(Tile.class::isInstance)
                .map(Tile.class::cast);
    }

    /** In how many sizes there are images. */
    long sizes() {
        return tiles().map(tile -> List.of(tile.image().size(1), tile.image().size(2)))
                .distinct()
                .count();
    }

    /** A label and the images of a row; a dash where one is missing. */
    private void draw(Sketch sketch, Row row, Place place, double y) {
        double middle = y + place.high() / 2 + 4;
        int most = Math.max(1, (int) (place.high() / (LETTERS + 1)));
        List<String> label = Panel.wrapped(row.label(), LONGEST_LABEL, LETTERS, most);
        for (int line = 0; line < label.size(); line++) {
            double at = middle + (line - (label.size() - 1) / 2.0) * (LETTERS + 1);
            sketch.text(0, at, label.get(line), LETTERS, Anchor.START, "--ink");
        }
        for (int column = 0; column < columns.size(); column++) {
            double x = place.x(column);
            if (row.cells().get(column) instanceof Tile tile) {
                draw(sketch, tile, columns.get(column).name() + ", " + row.label(), place, x, y);
            } else {
                sketch.text(x + place.cell() / 2, middle, "–", LETTERS, Anchor.MIDDLE, "--quiet");
            }
        }
    }

    private static void draw(Sketch sketch, Tile tile, String tip, Place place, double x, double y) {
        Array image = tile.image();
        double scale = Math.min(place.cell() / image.size(2), place.high() / image.size(1));
        double width = scale * image.size(2);
        double height = scale * image.size(1);
        double from = x + (place.cell() - width) / 2;
        double above = y + (place.high() - height) / 2;
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
            sketch.text(x + place.cell() / 2, y + place.high() + 11, tile.note(), SMALL, Anchor.MIDDLE, "--quiet");
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
                if (row.cells().get(column) instanceof Tile tile) {
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
