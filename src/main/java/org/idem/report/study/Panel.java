package org.idem.report.study;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.idem.report.drawing.Mark;
import org.idem.report.drawing.Mark.Anchor;
import org.idem.report.drawing.Sketch;

/** A picture with two axes and a legend, to which marks are added. */
final class Panel {
    static final List<String> COLORS = List.of("--c1", "--c2", "--c3", "--c4", "--c5", "--c6");
    static final List<String> DASHES = List.of("", "6 3", "2 2.5", "8 3 2 3", "4 2 1 2 1 2", "10 4");

    private static final double WIDTH = 400;
    private static final double PLOT_HEIGHT = 200;
    private static final double RIGHT = 12;
    private static final double LETTERS = 12;
    private static final double ROW = 17;
    private static final double KEY = 26;
    private static final double LONGEST_LABEL = 110;
    /** Half the diagonal of a diamond that shows theory. */
    static final double DIAMOND = 6;
    /** Half the side of such a square. */
    static final double SQUARE = 4.5;
    /** Space at both ends of an axis of numbers, so that no mark reaches the labels. */
    private static final double EDGE = 12;

    /** What a mark looks like, in the picture and in its legend. */
    enum Look {
        /** A level line. */
        LINE,
        /** What a theorem says of single networks. */
        DIAMOND,
        /** What a theorem says of the mean over networks. */
        SQUARE,
        /** A range: an upright bar. */
        RANGE,
        /** A bound that the measure stays below: a stem hangs down from a level stroke. */
        UPPER_BOUND,
        /** A bound that the measure stays above: the stem stands up. */
        LOWER_BOUND
    }

    /**
     * An entry of the legend.
     *
     * @param label its words
     * @param color of the mark
     * @param dash of its line
     * @param look what stands before the words
     */
    record Key(String label, String color, String dash, Look look) {
        /** Something that theory says, by the mark that says it. */
        static Key theory(String label, Look look) {
            return new Key(label, "--ink", "", look);
        }

        /** Lines of a picture, one for each word on an axis of the study. */
        static List<Key> lines(String axis, List<String> words) {
            return IntStream.range(0, words.size())
                    .mapToObj(i -> new Key(Layout.said(axis, words.get(i)), COLORS.get(i), DASHES.get(i), Look.LINE))
                    .toList();
        }
    }

    private final Scale x;
    private final Scale y;
    private final Sketch sketch;
    private final double left;
    private final double top;

    Panel(String title, String alternative, String acrossTitle, Scale x, Scale y, List<Key> keys) {
        this.x = x;
        this.y = y;
        left = 14
                + y.labels().stream()
                        .mapToDouble(label -> Mark.Text.length(label, LETTERS, false))
                        .max()
                        .orElse(0);
        List<double[]> places = new ArrayList<>();
        double across = 2;
        double down = 34;
        for (Key key : keys) {
            double length = KEY + Mark.Text.length(label(key), LETTERS, false) + 14;
            if (across > 2 && across + length - 14 > WIDTH) {
                across = 2;
                down += ROW;
            }
            places.add(new double[] {across, down});
            across += length;
        }
        top = (keys.isEmpty() ? 26 : down + 12);
        double slot = (WIDTH - RIGHT - left) / Math.max(1, x.labels().size());
        double longest = x.labels().stream()
                .mapToDouble(label -> Mark.Text.length(label, LETTERS, false))
                .max()
                .orElse(0);
        boolean upwards = x.complete() && longest + 6 > slot;
        double below = upwards ? Math.min(LONGEST_LABEL, longest) + 14 : 20;
        sketch = new Sketch(WIDTH, top + PLOT_HEIGHT + below + 20, alternative);
        sketch.add(new Mark.Text(2, 14, title, 12.5, Anchor.START, "--ink", true, false));
        for (int i = 0; i < keys.size(); i++) {
            draw(keys.get(i), places.get(i)[0], places.get(i)[1]);
        }
        frame(upwards);
        sketch.text(
                (left + WIDTH - RIGHT) / 2, top + PLOT_HEIGHT + below + 13, acrossTitle, 12, Anchor.MIDDLE, "--ink");
    }

    private void draw(Key key, double across, double down) {
        double middle = across + 10;
        switch (key.look()) {
            case LINE ->
                sketch.add(new Mark.Line(
                        new double[] {across, across + 20},
                        new double[] {down - 4, down - 4},
                        key.color(),
                        1.8,
                        key.dash()));
            case DIAMOND -> sketch.add(new Mark.Dot(middle, down - 4, DIAMOND - 1, Mark.Sign.DIAMOND, key.color(), ""));
            case SQUARE -> sketch.add(new Mark.Dot(middle, down - 4, SQUARE - 1, Mark.Sign.SQUARE, key.color(), ""));
            case RANGE -> range(middle, down - 9, down + 1);
            case UPPER_BOUND -> bound(middle, down - 6, true);
            case LOWER_BOUND -> bound(middle, down - 2, false);
        }
        sketch.text(across + KEY, down, label(key), LETTERS, Anchor.START, "--ink");
    }

    /** An upright bar between two places down. */
    void range(double x, double from, double to) {
        sketch.line(x, from, x, to, "--ink", 1.6);
    }

    /** A short level line with a stem on the side where the measure may lie. */
    void bound(double x, double y, boolean upper) {
        sketch.line(x - 5, y, x + 5, y, "--ink", 1.4);
        sketch.line(x, y, x, y + (upper ? 5 : -5), "--ink", 1);
    }

    private static String label(Key key) {
        return fitted(key.label(), WIDTH - KEY - 4, LETTERS);
    }

    private void frame(boolean upwards) {
        double bottom = top + PLOT_HEIGHT;
        for (int i = 0; i < y.ticks().size(); i++) {
            double at = y(y.ticks().get(i));
            sketch.line(left, at, WIDTH - RIGHT, at, "--grid", 1);
            sketch.text(left - 7, at + 4, y.labels().get(i), LETTERS, Anchor.END, "--quiet");
        }
        double free = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < x.ticks().size(); i++) {
            double at = x(x.ticks().get(i));
            String label = x.labels().get(i);
            sketch.line(at, bottom, at, bottom + 4, "--quiet", 1);
            if (upwards) {
                String cut = fitted(label, LONGEST_LABEL, LETTERS);
                sketch.add(new Mark.Text(at + 4, bottom + 8, cut, LETTERS, Anchor.END, "--quiet", false, true));
                continue;
            }
            double half = Mark.Text.length(label, LETTERS, false) / 2;
            double middle = Math.min(at, WIDTH - half);
            if (middle - half > free) {
                sketch.text(middle, bottom + 16, label, LETTERS, Anchor.MIDDLE, "--quiet");
                free = middle + half + 7;
            }
        }
        sketch.line(left, bottom, WIDTH - RIGHT, bottom, "--quiet", 1);
    }

    /** A text cut to a length. */
    static String fitted(String text, double length, double size) {
        int letters = (int) (length / Mark.Text.length("x", size, false));
        return text.length() <= letters ? text : text.substring(0, Math.max(1, letters - 1)) + "…";
    }

    /**
     * A text in lines of some length, parted at dashes and spaces, and inside of words that are longer; cut if it needs
     * more than the most lines.
     */
    static List<String> wrapped(String text, double length, double size, int most) {
        List<String> lines = new ArrayList<>();
        String line = "";
        int letters = Math.max(2, (int) (length / Mark.Text.length("x", size, false)));
        for (String word : text.split("(?<=[- ])")) {
            if (!line.isEmpty() && Mark.Text.length((line + word).strip(), size, false) > length) {
                lines.add(line.strip());
                line = "";
            }
            String rest = word;
            while (line.isEmpty() && rest.strip().length() > letters && lines.size() < most - 1) {
                lines.add(rest.substring(0, letters - 1) + "-");
                rest = rest.substring(letters - 1);
            }
            line += rest;
        }
        lines.add(line.strip());
        List<String> few = lines.size() > most ? new ArrayList<>(lines.subList(0, most)) : lines;
        if (few.size() < lines.size()) {
            few.set(most - 1, few.get(most - 1) + "…");
        }
        return few.stream().map(one -> fitted(one, length, size)).toList();
    }

    /** Place across of a number. */
    double x(double number) {
        double edge = x.complete() ? 0 : EDGE;
        return left + edge + x.share().applyAsDouble(number) * (WIDTH - RIGHT - left - 2 * edge);
    }

    /** Place down of a number. */
    double y(double number) {
        return top + (1 - y.share().applyAsDouble(number)) * PLOT_HEIGHT;
    }

    /** Draws a line through points; a single one has no line, but a dot. */
    void join(List<double[]> points, int index, double width) {
        String color = COLORS.get(index);
        if (points.size() == 1) {
            sketch.add(new Mark.Dot(points.get(0)[0], points.get(0)[1], 2.6, Mark.Sign.DISC, color, ""));
        } else if (!points.isEmpty()) {
            sketch.add(new Mark.Line(
                    points.stream().mapToDouble(point -> point[0]).toArray(),
                    points.stream().mapToDouble(point -> point[1]).toArray(),
                    color,
                    width,
                    DASHES.get(index)));
        }
    }

    Sketch sketch() {
        return sketch;
    }
}
