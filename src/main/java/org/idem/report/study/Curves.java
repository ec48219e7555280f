package org.idem.report.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.idem.laboratory.result.TheoryRow;
import org.idem.report.drawing.Mark;
import org.idem.report.drawing.Sketch;
import org.idem.report.figure.Axis;
import org.idem.report.figure.InWords;
import org.idem.report.figure.Numbers;
import org.idem.statistics.MedianInterval;
import org.idem.wording.Count;

/** Correlations and errors against an axis of the study, with what theory says. */
final class Curves {
    /** More networks than this in a picture are not drawn one by one. */
    private static final int MOST_DOTS = 400;

    private static final double APART = 6;
    /** Dots of single networks stand beside the bar of their median. */
    private static final double BESIDE = 4;
    /** A bound that is so many times the largest number is left out of a picture. */
    private static final double FAR = 100;

    private final Layout layout;

    private Curves(Layout layout) {
        this.layout = layout;
    }

    static List<StudyFigure> of(Layout layout) {
        Curves curves = new Curves(layout);
        List<StudyFigure> figures = new ArrayList<>();
        for (Layout.Part slice : layout.slices()) {
            curves.figure(figures.size() + 1, slice).ifPresent(figures::add);
        }
        return figures;
    }

    /** Where a line has its networks. */
    private record Cell(int across, Optional<Sample> sample, List<TheoryRow> theory) {}

    /** A line of a picture. */
    private record Line(String word, List<Cell> cells) {}

    private Optional<StudyFigure> figure(int number, Layout.Part slice) {
        List<Network> networks = slice.networks();
        List<String> across = Layout.words(networks, layout.across());
        List<String> all = layout.series().isEmpty() ? List.of("") : Layout.words(networks, layout.series());
        List<String> shown = Layout.some(all, Layout.MOST_LINES);
        List<StudyFigure.Picture> pictures = new ArrayList<>();
        List<Sample> samples = new ArrayList<>();
        boolean hidden = false;
        Set<Panel.Look> looks = EnumSet.noneOf(Panel.Look.class);
        Axis correlations = axis(
                false,
                Quantity.CORRELATIONS.stream()
                        .flatMap(quantity -> lines(networks, across, shown, quantity).stream())
                        .toList());
        for (Quantity quantity : Quantity.values()) {
            List<Line> lines = lines(networks, across, shown, quantity);
            samples.addAll(samples(lines).toList());
            if (samples(lines).findAny().isPresent()) {
                Axis axis = quantity.logarithmic() ? axis(true, lines) : correlations;
                looks.addAll(CurveTheory.drawn(said(lines), axis));
                hidden |= CurveTheory.hides(said(lines), axis);
                pictures.add(picture(number, slice, quantity, across, lines, axis));
            }
        }
        if (pictures.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(StudyFigure.of(
                "curves-" + number,
                "Likeness and error against " + Layout.name(layout.across()),
                slice.words(),
                "Where the correlation with the identity is near 1, networks return what they see; where that with the "
                        + "constant is near 1, they answer with the training image whatever they see.",
                pictures,
                "Medians over seeds of means over test images, joined by lines"
                        + (layout.numeric() ? "" : " that only guide the eye")
                        + "; the command line and maps of colours show means over seeds instead. "
                        + (networks.size() > MOST_DOTS || samples.stream().allMatch(one -> one.values().length == 1)
                                ? ""
                                : "Each small dot is one network. ")
                        + spread(samples)
                        + (layout.series().isEmpty() ? "" : " " + Layout.lines(layout.series()))
                        + Layout.shown(shown.size(), all.size(), "line")
                        + (shown.size() > 1 ? " Lines are moved apart a little, so that none hides another." : "")
                        + CurveTheory.words(looks, hidden)
                        + leftOut(networks)
                        + layout.leftOut(true),
                false));
    }

    /** How many networks a figure leaves out because they have no measures, and why. */
    static String leftOut(List<Network> networks) {
        long lost =
                networks.stream().filter(network -> network.measures() == null).count();
        return lost == 0
                ? ""
                : " " + Count.part(lost, networks.size(), "network", "is", "are") + " left out: "
                        + Count.word(lost, "it ", "they ") + Network.lost(networks) + ".";
    }

    private static String spread(List<Sample> samples) {
        return Sample.words(
                samples.stream().anyMatch(one -> one.interval().isPresent()),
                samples.stream()
                        .anyMatch(
                                one -> one.values().length > 1 && one.interval().isEmpty()));
    }

    /** What theorems say of the networks of all lines. */
    private static List<TheoryRow> said(List<Line> lines) {
        return lines.stream()
                .flatMap(line -> line.cells().stream())
                .flatMap(cell -> cell.theory().stream())
                .toList();
    }

    private static Stream<Sample> samples(List<Line> lines) {
        return lines.stream().flatMap(line -> line.cells().stream()).flatMap(cell -> cell.sample().stream());
    }

    /** An axis for all that was measured or predicted, and for those bounds that are not far beyond. */
    private static Axis axis(boolean logarithmic, List<Line> lines) {
        double[] numbers = lines.stream()
                .flatMap(line -> line.cells().stream())
                .flatMapToDouble(cell -> DoubleStream.concat(
                        cell.sample().stream().flatMapToDouble(one -> Arrays.stream(one.values())),
                        theory(cell, false)))
                .toArray();
        double most =
                FAR * Arrays.stream(numbers).filter(Double::isFinite).max().orElse(0);
        DoubleStream bounds = logarithmic
                ? lines.stream()
                        .flatMap(line -> line.cells().stream())
                        .flatMapToDouble(cell -> theory(cell, true))
                        .filter(bound -> bound > 0 && bound <= most)
                : DoubleStream.empty();
        double[] all = DoubleStream.concat(Arrays.stream(numbers), bounds).toArray();
        return logarithmic ? Axis.logarithmic(all, 0) : Axis.linear(all, 0);
    }

    private static DoubleStream theory(Cell cell, boolean bounds) {
        return cell.theory().stream()
                .filter(said -> CurveTheory.isBound(said) == bounds)
                .flatMapToDouble(said -> DoubleStream.of(said.mean(), said.low(), said.high()))
                .filter(Double::isFinite);
    }

    private List<Line> lines(List<Network> networks, List<String> across, List<String> shown, Quantity quantity) {
        List<Line> lines = new ArrayList<>();
        for (String word : shown) {
            List<Cell> cells = new ArrayList<>();
            for (int i = 0; i < across.size(); i++) {
                String at = across.get(i);
                List<Network> here = networks.stream()
                        .filter(network -> network.word(layout.across()).equals(at)
                                && (layout.series().isEmpty()
                                        || network.word(layout.series()).equals(word)))
                        .toList();
                cells.add(new Cell(i, Sample.of(here, quantity::of), CurveTheory.of(here, quantity.column())));
            }
            lines.add(new Line(word, cells));
        }
        return lines;
    }

    private StudyFigure.Picture picture(
            int number, Layout.Part slice, Quantity quantity, List<String> across, List<Line> lines, Axis axis) {
        List<Panel.Key> keys = new ArrayList<>();
        if (!layout.series().isEmpty()) {
            keys.addAll(Panel.Key.lines(
                    layout.series(), lines.stream().map(Line::word).toList()));
        }
        keys.addAll(CurveTheory.keys(said(lines), axis));
        Panel panel = new Panel(
                quantity.title(),
                alternative(quantity, across, lines),
                Layout.title(layout.across()),
                Scale.of(across),
                Scale.of(axis),
                keys);
        boolean dots = slice.networks().size() <= MOST_DOTS;
        for (int i = 0; i < lines.size(); i++) {
            draw(panel, lines.get(i), i, (i - (lines.size() - 1) / 2.0) * APART, dots);
        }
        for (int i = 0; i < lines.size(); i++) {
            double moved = (i - (lines.size() - 1) / 2.0) * APART;
            for (Cell cell : lines.get(i).cells()) {
                CurveTheory.draw(panel, axis, cell.theory(), panel.x(cell.across()) + moved);
            }
        }
        return new StudyFigure.Picture(
                "curves-" + number + "-" + quantity.column(), panel.sketch(), columns(), rows(across, lines));
    }

    private String alternative(Quantity quantity, List<String> across, List<Line> lines) {
        List<InWords.Line> medians = lines.stream()
                .map(line -> new InWords.Line(
                        line.word().isEmpty() ? "" : Layout.said(layout.series(), line.word()),
                        line.cells().stream()
                                .map(cell -> new InWords.At(
                                        Layout.said(layout.across(), across.get(cell.across())),
                                        cell.sample().map(Sample::median).orElse(Double.NaN)))
                                .toList()))
                .toList();
        return quantity.title() + ": medians over seeds against " + Layout.name(layout.across()) + "."
                + InWords.sentence(medians, layout.numeric());
    }

    private void draw(Panel panel, Line line, int index, double moved, boolean dots) {
        Sketch sketch = panel.sketch();
        String color = Panel.COLORS.get(index);
        List<Cell> cells =
                line.cells().stream().filter(cell -> cell.sample().isPresent()).toList();
        double[] x = cells.stream()
                .mapToDouble(cell -> panel.x(cell.across()) + moved)
                .toArray();
        double[] y = cells.stream()
                .mapToDouble(cell -> panel.y(cell.sample().orElseThrow().median()))
                .toArray();
        if (x.length > 1) {
            sketch.add(new Mark.Line(x, y, color, 1.6, Panel.DASHES.get(index)));
        }
        for (int i = 0; i < x.length; i++) {
            Sample sample = cells.get(i).sample().orElseThrow();
            MedianInterval bar = sample.bar();
            if (bar.high() > bar.low()) {
                sketch.line(x[i], panel.y(bar.low()), x[i], panel.y(bar.high()), color, 1.4);
                for (double end : new double[] {bar.low(), bar.high()}) {
                    sketch.line(x[i] - 2.5, panel.y(end), x[i] + 2.5, panel.y(end), color, 1.4);
                }
            }
            if (dots && sample.values().length > 1) {
                for (double value : sample.values()) {
                    sketch.add(new Mark.Dot(x[i] + BESIDE, panel.y(value), 1.8, Mark.Sign.DISC, color, ""));
                }
            }
            sketch.add(new Mark.Dot(x[i], y[i], 3.4, Mark.Sign.DISC, color, tip(line, sample)));
        }
    }

    private static String tip(Line line, Sample sample) {
        MedianInterval bar = sample.bar();
        return (line.word().isEmpty() ? "" : line.word() + ": ")
                + String.format(
                        Locale.ROOT,
                        "median %s, bar from %s to %s, %s",
                        Numbers.brief(sample.median()),
                        Numbers.brief(bar.low()),
                        Numbers.brief(bar.high()),
                        Count.of(sample.values().length, "network"));
    }

    private List<String> columns() {
        List<String> columns = new ArrayList<>();
        columns.add(layout.across().replace('-', '_'));
        if (!layout.series().isEmpty()) {
            columns.add(layout.series().replace('-', '_'));
        }
        columns.addAll(Sample.COLUMNS);
        columns.addAll(List.of("theorem", "theory_mean", "theory_low", "theory_high"));
        return columns;
    }

    private List<List<Object>> rows(List<String> across, List<Line> lines) {
        List<List<Object>> rows = new ArrayList<>();
        for (Line line : lines) {
            for (Cell cell : line.cells()) {
                if (cell.sample().isEmpty() && cell.theory().isEmpty()) {
                    continue;
                }
                List<List<Object>> theorems = cell.theory().isEmpty()
                        ? List.of(List.of("", "", "", ""))
                        : cell.theory().stream()
                                .<List<Object>>map(
                                        said -> List.of(said.theorem(), said.mean(), said.low(), said.high()))
                                .toList();
                for (List<Object> theorem : theorems) {
                    List<Object> row = new ArrayList<>();
                    row.add(across.get(cell.across()));
                    if (!layout.series().isEmpty()) {
                        row.add(line.word());
                    }
                    row.addAll(cell.sample().map(Sample::cells).orElseGet(() -> List.of(0, "", "", "", "", "", "")));
                    row.addAll(theorem);
                    rows.add(row);
                }
            }
        }
        return rows;
    }
}
