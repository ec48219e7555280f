package org.idem.report.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.idem.report.drawing.Mark;
import org.idem.report.drawing.Mark.Anchor;
import org.idem.report.drawing.Sketch;
import org.idem.report.figure.InWords;
import org.idem.wording.Count;

/** Mean correlations over two axes of the study, as colours. */
final class HeatMaps {
    private static final int MOST_NUMBERS = 100;
    private static final int[] LEAST = {247, 243, 232};
    private static final int[] MIDDLE = {88, 150, 178};
    private static final int[] MOST = {16, 46, 92};
    static final double WIDTH = 400;
    private static final double PLOT_HEIGHT = 230;
    private static final double LETTERS = 12;
    private static final double RIGHT = 12;
    private static final double TOP = 58;
    private static final double LONGEST_LABEL = 96;

    private final Layout layout;
    private final String down;
    private final List<String> across;
    private final List<String> rows;

    private HeatMaps(Layout layout) {
        this.layout = layout;
        down = layout.series();
        across = Layout.words(layout.networks(), layout.across());
        rows = Layout.words(layout.networks(), down);
    }

    /** A figure for each part of the study that has one picture with lines; none if there are no lines. */
    static List<StudyFigure> of(Layout layout) {
        List<StudyFigure> figures = new ArrayList<>();
        if (!layout.others().isEmpty()) {
            HeatMaps maps = new HeatMaps(layout);
            List<Layout.Part> slices = layout.slices();
            boolean negative = slices.stream()
                    .flatMap(slice -> Quantity.CORRELATIONS.stream().map(quantity -> maps.cells(slice, quantity)))
                    .flatMap(Stream::of)
                    .flatMap(Stream::of)
                    .anyMatch(cell -> cell.mean() < 0);
            for (Layout.Part slice : slices) {
                maps.figure(figures.size() + 1, slice, negative).ifPresent(figures::add);
            }
        }
        return figures;
    }

    private Optional<StudyFigure> figure(int number, Layout.Part slice, boolean negative) {
        List<StudyFigure.Picture> pictures = new ArrayList<>();
        Quantity.CORRELATIONS.forEach(quantity -> picture(number, quantity, cells(slice, quantity), negative ? -1 : 0)
                .ifPresent(pictures::add));
        return pictures.isEmpty()
                ? Optional.empty()
                : Optional.of(StudyFigure.of(
                        "heat-" + number,
                        "Correlations by " + Layout.name(layout.across()) + " and " + Layout.name(down),
                        slice.words(),
                        "Dark cells on the left are networks that return what they see; dark cells on the right are "
                                + "networks that answer with the training image.",
                        pictures,
                        "Colour: mean correlation over test images and seeds"
                                + (negative
                                        ? "; the scale goes from −1 to 1, since some means are negative."
                                        : "; the scale goes from 0 to 1, as that of every study without negative means.")
                                + dashes(slice)
                                + layout.leftOut(true),
                        false));
    }

    /** Says where dashes stand, and why. */
    private String dashes(Layout.Part slice) {
        Map<List<String>, List<Network>> cells = byWords(slice);
        List<String> where = new ArrayList<>();
        List<Network> lost = cells.values().stream()
                .filter(networks -> networks.stream().allMatch(network -> network.measures() == null))
                .flatMap(List::stream)
                .toList();
        if (!lost.isEmpty()) {
            where.add("every network " + Network.lost(lost));
        }
        if (cells.size() < rows.size() * across.size()) {
            where.add("no network is trained yet");
        }
        return Tiles.dashes(where.stream());
    }

    private Map<List<String>, List<Network>> byWords(Layout.Part slice) {
        return slice.networks().stream()
                .collect(Collectors.groupingBy(network -> List.of(network.word(layout.across()), network.word(down))));
    }

    /** Mean of networks at a place; NaN if there are none with measures. */
    private record Cell(double mean, int networks) {}

    private Cell[][] cells(Layout.Part slice, Quantity quantity) {
        Map<List<String>, List<Network>> byWords = byWords(slice);
        Cell[][] cells = new Cell[rows.size()][across.size()];
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < across.size(); column++) {
                Optional<Sample> sample = Sample.of(
                        byWords.getOrDefault(List.of(across.get(column), rows.get(row)), List.of()), quantity::of);
                cells[row][column] = new Cell(
                        sample.map(Sample::mean).orElse(Double.NaN),
                        sample.map(one -> one.values().length).orElse(0));
            }
        }
        return cells;
    }

    /** A map whose scale begins at a number. */
    private Optional<StudyFigure.Picture> picture(int number, Quantity quantity, Cell[][] cells, double least) {
        List<List<Object>> data = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < across.size(); column++) {
                Cell cell = cells[row][column];
                data.add(List.of(across.get(column), rows.get(row), cell.mean(), cell.networks()));
            }
        }
        if (Stream.of(cells).flatMap(Stream::of).allMatch(cell -> cell.networks() == 0)) {
            return Optional.empty();
        }
        List<String> columns = List.of(
                layout.across().replace('-', '_'), down.replace('-', '_'), "mean_" + quantity.column(), "networks");
        return Optional.of(new StudyFigure.Picture(
                "heat-" + number + "-" + quantity.column(), sketch(quantity, cells, least), columns, data));
    }

    /**
     * Where the map lies: its cells begin at left and TOP.
     *
     * @param left of the cells
     * @param wide width of a cell
     * @param high height of a cell
     * @param bottom of the cells
     * @param upwards whether labels below the cells are written upwards
     * @param below height of these labels
     */
    private record Place(double left, double wide, double high, double bottom, boolean upwards, double below) {}

    private Place place() {
        double left = 18 + longest(rows, LONGEST_LABEL);
        double wide = (WIDTH - RIGHT - left) / across.size();
        double high = Math.min(46, PLOT_HEIGHT / rows.size());
        double longest = longest(across, Double.POSITIVE_INFINITY);
        boolean upwards = !layout.numeric() && longest + 4 > wide;
        double below = upwards ? Math.min(LONGEST_LABEL, longest) + 12 : 20;
        return new Place(left, wide, high, TOP + high * rows.size(), upwards, below);
    }

    /** A row's label in as many lines as it needs, and its height allows. */
    private static List<String> lines(String word, double high) {
        return Panel.wrapped(Layout.shown(word), LONGEST_LABEL, LETTERS, Math.max(1, (int) (high / LETTERS)));
    }

    private static double longest(List<String> words, double most) {
        return words.stream()
                .mapToDouble(word -> Math.min(most, Mark.Text.length(Layout.shown(word), LETTERS, false)))
                .max()
                .orElse(0);
    }

    private Sketch sketch(Quantity quantity, Cell[][] cells, double least) {
        Place place = place();
        Sketch sketch = new Sketch(
                WIDTH,
                place.bottom() + place.below() + 18,
                quantity.title() + " as colours, " + Layout.name(layout.across()) + " across, " + Layout.name(down)
                        + " down." + InWords.range(places(cells)));
        sketch.add(new Mark.Text(2, 14, quantity.title(), 12.5, Anchor.START, "--ink", true, false));
        legend(sketch, least);
        sketch.text(2, TOP - 8, Layout.title(down), 12, Anchor.START, "--ink");
        rows(sketch, place, cells, least);
        labelsBelow(sketch, place);
        return sketch.text(
                (place.left() + WIDTH - RIGHT) / 2,
                place.bottom() + place.below() + 11,
                Layout.title(layout.across()),
                12,
                Anchor.MIDDLE,
                "--ink");
    }

    /** Means with the words of their cells. */
    private List<InWords.At> places(Cell[][] cells) {
        List<InWords.At> places = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < across.size(); column++) {
                places.add(new InWords.At(
                        Layout.said(layout.across(), across.get(column)) + ", " + Layout.said(down, rows.get(row)),
                        cells[row][column].mean()));
            }
        }
        return places;
    }

    /** Cells, with numbers where there is room, and a label at the left of every row that has room for one. */
    private void rows(Sketch sketch, Place place, Cell[][] cells, double least) {
        double high = place.high();
        boolean written = rows.size() * across.size() <= MOST_NUMBERS && place.wide() >= 30 && high >= 14;
        double free = Double.NEGATIVE_INFINITY;
        for (int row = 0; row < rows.size(); row++) {
            double y = TOP + row * high;
            if (y + high / 2 - free >= LETTERS + 1) {
                List<String> lines = lines(rows.get(row), high);
                for (int line = 0; line < lines.size(); line++) {
                    double middle = y + high / 2 + 4 + (line - (lines.size() - 1) / 2.0) * LETTERS;
                    sketch.text(place.left() - 7, middle, lines.get(line), LETTERS, Anchor.END, "--quiet");
                }
                free = y + high / 2;
            }
            for (int column = 0; column < across.size(); column++) {
                double x = place.left() + column * place.wide();
                draw(sketch, cells[row][column], least, written, x, y, place.wide(), high);
            }
        }
    }

    /** Labels of all columns if they are written upwards, otherwise of those that have room. */
    private void labelsBelow(Sketch sketch, Place place) {
        double taken = Double.NEGATIVE_INFINITY;
        for (int column = 0; column < across.size(); column++) {
            String label = Layout.shown(across.get(column));
            double at = place.left() + (column + 0.5) * place.wide();
            double half = Mark.Text.length(label, LETTERS, false) / 2;
            if (place.upwards()) {
                String fitted = Panel.fitted(label, LONGEST_LABEL, LETTERS);
                sketch.add(
                        new Mark.Text(at + 4, place.bottom() + 6, fitted, LETTERS, Anchor.END, "--quiet", false, true));
            } else if (at - half > taken) {
                sketch.text(at, place.bottom() + 15, label, LETTERS, Anchor.MIDDLE, "--quiet");
                taken = at + half + 4;
            }
        }
    }

    private static void draw(
            Sketch sketch, Cell cell, double least, boolean written, double x, double y, double wide, double high) {
        if (Double.isNaN(cell.mean())) {
            sketch.add(new Mark.Box(x, y, wide - 1, high - 1, "", "--line", "no value"));
            if (high >= LETTERS) {
                sketch.text(x + (wide - 1) / 2, y + high / 2 + 4, "–", LETTERS, Anchor.MIDDLE, "--quiet");
            }
            return;
        }
        int[] color = color((cell.mean() - least) / (1 - least));
        String number = Tiles.hundredths(cell.mean());
        sketch.add(new Mark.Box(
                x,
                y,
                wide - 1,
                high - 1,
                hex(color),
                "",
                number + ", mean of " + Count.of(cell.networks(), "network")));
        if (written) {
            sketch.text(x + (wide - 1) / 2, y + high / 2 + 4, number, 11, Anchor.MIDDLE, readable(color));
        }
    }

    /** Colours of the scale, at the top of a picture. */
    static void legend(Sketch sketch, double least) {
        int parts = 40;
        double from = WIDTH - RIGHT - 150;
        for (int i = 0; i < parts; i++) {
            sketch.add(new Mark.Box(from + i * 3, 26, 3.2, 9, hex(color((i + 0.5) / parts)), "", ""));
        }
        sketch.text(from - 5, 34.5, least < 0 ? "−1" : "0", LETTERS, Anchor.END, "--quiet");
        sketch.text(from + parts * 3 + 5, 34.5, "1", LETTERS, Anchor.START, "--quiet");
    }

    /** Colour of a share of the scale: from light to dark. */
    static int[] color(double share) {
        double inside = Math.max(0, Math.min(1, share));
        int[] from = inside < 0.5 ? LEAST : MIDDLE;
        int[] to = inside < 0.5 ? MIDDLE : MOST;
        double part = inside < 0.5 ? 2 * inside : 2 * inside - 1;
        int[] color = new int[3];
        for (int i = 0; i < 3; i++) {
            color[i] = (int) Math.round(from[i] + part * (to[i] - from[i]));
        }
        return color;
    }

    static String hex(int[] color) {
        return String.format(Locale.ROOT, "#%02x%02x%02x", color[0], color[1], color[2]);
    }

    /** Black or white, whichever has more contrast with a colour: relative luminance of sRGB, WCAG 2.2. */
    static String readable(int[] color) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double luminance = 0;
        for (int i = 0; i < 3; i++) {
            double part = color[i] / 255.0;
            luminance += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
        }
        return 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05 ? "#ffffff" : "#000000";
    }
}
