package org.idem.report.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.idem.laboratory.result.LayerMeasures;
import org.idem.report.drawing.Mark;
import org.idem.report.figure.Axis;
import org.idem.report.figure.InWords;

/** What layers hold of the input and of the target, before and after training. */
final class LayerCurves {
    private static final String BORDER_DISTANCE = "border_distance";
    /** Column of the mean in the data of a picture. */
    private static final int MEAN = 3;

    private LayerCurves() {}

    /** A measure of a layer. */
    private record Measure(String column, String title, boolean logarithmic, ToDoubleFunction<LayerMeasures> value) {}

    private static final List<Measure> MEASURES = List.of(
            new Measure("input_error", "Input that a readout misses", true, LayerMeasures::inputError),
            new Measure("target_error", "Target that a readout misses", true, LayerMeasures::targetError),
            new Measure(BORDER_DISTANCE, "Reach of the border in pixels", false, LayerMeasures::borderDistance));

    /** Means by layer of networks with one word. */
    private record Line(String word, Map<Integer, double[]> means) {}

    static List<StudyFigure> of(Layout layout) {
        List<StudyFigure> figures = new ArrayList<>();
        for (Layout.Part strand : layout.strands()) {
            List<StudyFigure.Picture> pictures = new ArrayList<>();
            for (Measure measure : MEASURES) {
                pictures.addAll(pictures(layout, strand, measure, figures.size() + 1));
            }
            if (!pictures.isEmpty()) {
                figures.add(StudyFigure.of(
                        "layers-" + (figures.size() + 1),
                        "What layers hold",
                        strand.words(),
                        "A linear readout is fitted to the outputs of each layer, to give back the input or the "
                                + "training target. What it misses says what the layer has lost, or what it already holds.",
                        pictures,
                        "Means over test images and seeds, by layer from the input on. Errors are relative to the square of "
                                + "what is to be read, cross-validated: a readout that gives 0 misses 1."
                                + (worse(pictures)
                                        ? " A readout that does worse than giving 0 misses more than 1."
                                        : "")
                                + reach(pictures)
                                + some(layout, strand) + coinciding(layout, strand) + layout.leftOut(false),
                        false));
            }
        }
        return figures;
    }

    /** Whether a readout misses more than one that gives 0. */
    private static boolean worse(List<StudyFigure.Picture> pictures) {
        return pictures.stream()
                .filter(picture -> !picture.columns().contains("mean_" + BORDER_DISTANCE))
                .flatMap(picture -> picture.rows().stream())
                .anyMatch(row -> (Double) row.get(MEAN) > 1);
    }

    /** Explains the border's reach where it is drawn. */
    private static String reach(List<StudyFigure.Picture> pictures) {
        return pictures.stream().noneMatch(picture -> picture.columns().contains("mean_" + BORDER_DISTANCE))
                ? ""
                : " Reach of the border: where the zeros outside of an image change what a layer holds, compared with the"
                        + " same weights where an image goes on at its opposite edge; the mean distance of the changed"
                        + " pixels from the nearest edge, weighted by the squares of the changes. 0 if the edge alone feels them.";
    }

    private static String some(Layout layout, Layout.Part strand) {
        int all = Layout.words(strand.networks(), layout.across()).size();
        return (all > 1 ? " " + Layout.lines(layout.across()) : "")
                + Layout.shown(Math.min(all, Layout.MOST_LINES), all, "line");
    }

    /** Says that lines before training hide each other, if they do. */
    private static String coinciding(Layout layout, Layout.Part strand) {
        List<String> words = Layout.some(Layout.words(strand.networks(), layout.across()), Layout.MOST_LINES);
        List<List<Object>> looks =
                words.stream().<List<Object>>map(word -> new ArrayList<>()).toList();
        for (Measure measure : MEASURES) {
            List<Line> lines = lines(layout, strand, words, measure, false);
            lines.stream()
                    .flatMap(line -> line.means().keySet().stream())
                    .distinct()
                    .forEach(layer -> IntStream.range(0, words.size()).forEach(line -> {
                        double[] mean = lines.get(line).means().get(layer);
                        looks.get(line).add(mean == null ? words.get(line) : (Double) mean[0]);
                    }));
        }
        return layout.alike("lines before training", "coincide", looks);
    }

    private static List<StudyFigure.Picture> pictures(Layout layout, Layout.Part strand, Measure measure, int number) {
        List<String> words = Layout.some(Layout.words(strand.networks(), layout.across()), Layout.MOST_LINES);
        List<Line> before = lines(layout, strand, words, measure, false);
        List<Line> after = lines(layout, strand, words, measure, true);
        double[] values = Stream.of(before, after)
                .flatMap(List::stream)
                .flatMap(line -> line.means().values().stream())
                .mapToDouble(mean -> mean[0])
                .toArray();
        if (values.length == 0) {
            return List.of();
        }
        Axis y = measure.logarithmic() ? Axis.logarithmic(values, 0) : Axis.linear(values, 0);
        List<String> layers = Stream.of(before, after)
                .flatMap(List::stream)
                .flatMap(line -> line.means().keySet().stream())
                .distinct()
                .sorted()
                .map(String::valueOf)
                .toList();
        List<StudyFigure.Picture> pictures = new ArrayList<>();
        for (boolean trained : new boolean[] {false, true}) {
            List<Line> lines = trained ? after : before;
            if (lines.stream().anyMatch(line -> !line.means().isEmpty())) {
                pictures.add(picture(layout, measure, number, trained, lines, layers, y));
            }
        }
        return pictures;
    }

    private static List<Line> lines(
            Layout layout, Layout.Part strand, List<String> words, Measure measure, boolean trained) {
        return words.stream()
                .map(word -> new Line(
                        word,
                        strand.networks().stream()
                                .filter(network -> network.word(layout.across()).equals(word)
                                        && (!trained || network.measures() != null))
                                .flatMap(network -> network.result().layers().stream())
                                .filter(layer -> layer.trained() == trained
                                        && Double.isFinite(measure.value().applyAsDouble(layer)))
                                .collect(Collectors.groupingBy(
                                        LayerMeasures::layer,
                                        TreeMap::new,
                                        Collectors.collectingAndThen(
                                                Collectors.summarizingDouble(measure.value()),
                                                summary -> new double[] {summary.getAverage(), summary.getCount()})))))
                .toList();
    }

    private static List<InWords.Line> inWords(Layout layout, List<Line> lines) {
        return lines.stream()
                .map(line -> new InWords.Line(
                        line.word().isEmpty() ? "" : Layout.said(layout.across(), line.word()),
                        line.means().entrySet().stream()
                                .map(mean -> new InWords.At("layer " + mean.getKey(), mean.getValue()[0]))
                                .toList()))
                .toList();
    }

    private static StudyFigure.Picture picture(
            Layout layout,
            Measure measure,
            int number,
            boolean trained,
            List<Line> lines,
            List<String> layers,
            Axis y) {
        List<Panel.Key> keys =
                Panel.Key.lines(layout.across(), lines.stream().map(Line::word).toList());
        String when = trained ? "after training" : "before training";
        Panel panel = new Panel(
                measure.title() + ", " + when,
                measure.title() + ", " + when + ": means over test images and seeds against layers."
                        + InWords.sentence(inWords(layout, lines), true),
                "layer",
                Scale.of(layers),
                Scale.of(y),
                lines.size() > 1 || !lines.get(0).word().isEmpty() ? keys : List.of());
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            List<double[]> points = new ArrayList<>();
            String word = lines.get(i).word();
            lines.get(i).means().forEach((layer, mean) -> {
                points.add(new double[] {panel.x(layers.indexOf(String.valueOf(layer))), panel.y(mean[0])});
                rows.add(List.of(word, layer, trained, mean[0], (long) mean[1]));
            });
            panel.join(points, i, 1.8);
            for (double[] point : points) {
                panel.sketch().add(new Mark.Dot(point[0], point[1], 2.6, Mark.Sign.DISC, Panel.COLORS.get(i), ""));
            }
        }
        return new StudyFigure.Picture(
                "layers-" + number + "-" + measure.column() + (trained ? "-after" : "-before"),
                panel.sketch(),
                List.of(layout.across().replace('-', '_'), "layer", "trained", "mean_" + measure.column(), "values"),
                rows);
    }
}
