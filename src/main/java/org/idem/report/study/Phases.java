package org.idem.report.study;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.idem.array.Array;
import org.idem.laboratory.StudyResults;
import org.idem.laboratory.plan.Point;
import org.idem.laboratory.plan.Rules;
import org.idem.laboratory.plan.StudyAxes;
import org.idem.laboratory.prediction.KernelRegime;
import org.idem.laboratory.prediction.PhaseDiagram;
import org.idem.laboratory.result.ImageMeasures;
import org.idem.laboratory.result.TheoryRow;
import org.idem.network.LinearMethod;
import org.idem.report.drawing.Mark;
import org.idem.report.drawing.Mark.Anchor;
import org.idem.report.drawing.Sketch;
import org.idem.report.figure.Axis;
import org.idem.report.figure.InWords;
import org.idem.report.figure.Numbers;
import org.idem.wording.Count;

/**
 * Identity and constant against depth and kernel size: what infinite width alone says in closed form, with the networks
 * of the study over it, and how far each network is from what one kernel would have made of it.
 */
final class Phases {
    /** Depths of the closed form, unless networks are deeper. */
    private static final int DEPTHS = 20;

    private static final int MOST_DEPTHS = 60;
    private static final int MOST_KERNELS = 6;
    private static final double LEFT = 34;
    private static final double TOP = 58;
    private static final double RIGHT = 12;
    private static final double HIGH = 40;
    private static final double LETTERS = 12;
    private static final double APART = 5;

    /** Column of a map's data that holds what infinite width says. */
    private static final int SAID = 3;
    /** Column that holds the median of networks, or nothing. */
    private static final int SEEN = 6;

    private static final String DEPARTURE = " Departure: a network's correlation minus that of T7.lazy, which starts"
            + " from the same initial function and keeps the kernel of infinite width; small dots are networks, lines join"
            + " medians over seeds. Near 0 a network did what that kernel predicts; away from 0 it learned features, or it"
            + " is too narrow for that kernel.";

    /** Axes in which the networks of a diagram may differ. */
    private static final List<String> FREE =
            List.of(StudyAxes.DEPTH.name(), StudyAxes.KERNEL.name(), StudyAxes.LEARNING_RATE.name());

    private final PhaseDiagram diagram;
    private final List<StudyResults.Row> rows;
    private final Array target;

    private Phases(PhaseDiagram diagram, List<StudyResults.Row> rows, Array target) {
        this.diagram = diagram;
        this.rows = rows;
        this.target = target;
    }

    static List<StudyFigure> of(StudyResults results) throws IOException {
        List<StudyResults.Row> rows = comparable(results);
        if (rows.isEmpty()) {
            return List.of();
        }
        Optional<StudyResults.Images> images =
                results.arrays().images(rows.get(0).result().digest());
        if (images.isEmpty()) {
            return List.of();
        }
        StudyResults.Images shown = images.get();
        Array target = shown.array("target");
        List<PhaseDiagram.Test> tests = new ArrayList<>();
        for (int i = 0; i < shown.tests().size(); i++) {
            tests.add(new PhaseDiagram.Test(shown.array("input-" + i), shown.array("identity-" + i)));
        }
        List<Integer> kernels = rows.stream()
                .map(row -> row.point().get(StudyAxes.KERNEL))
                .distinct()
                .sorted()
                .toList();
        int deepest = rows.stream()
                .mapToInt(row -> row.point().get(StudyAxes.DEPTH))
                .max()
                .orElse(DEPTHS);
        return PhaseDiagram.of(
                        rows.get(0).point(),
                        Math.min(MOST_DEPTHS, Math.max(DEPTHS, deepest)),
                        Layout.some(kernels, MOST_KERNELS),
                        shown.array("train").slice(0),
                        target.slice(0),
                        tests)
                .map(diagram -> List.of(new Phases(diagram, rows, target).figure()))
                .orElse(List.of());
    }

    /**
     * Networks of several depths that differ by depth, kernel, learning rate and seed alone, with most channels; none
     * if the kernel does not speak of them.
     */
    private static List<StudyResults.Row> comparable(StudyResults results) {
        if (!results.convolutional()
                || !results.varied().contains(StudyAxes.DEPTH.name())
                || !results.rows().stream().allMatch(row -> PhaseDiagram.speaksOf(row.point()))) {
            return List.of();
        }
        int most = results.rows().stream()
                .mapToInt(row -> row.point().get(StudyAxes.CHANNELS))
                .max()
                .orElse(0);
        Map<List<String>, List<StudyResults.Row>> alike = new LinkedHashMap<>();
        for (StudyResults.Row row : results.rows()) {
            if (row.point().get(StudyAxes.CHANNELS) == most
                    && row.result().lasting().isPresent()) {
                alike.computeIfAbsent(others(row), key -> new ArrayList<>()).add(row);
            }
        }
        return alike.isEmpty() ? List.of() : alike.values().iterator().next();
    }

    private static List<String> others(StudyResults.Row row) {
        Map<String, String> words = new LinkedHashMap<>(row.point().words());
        FREE.forEach(words::remove);
        words.put("images", row.result().digest());
        return List.copyOf(words.values());
    }

    private StudyFigure figure() {
        List<StudyFigure.Picture> maps = new ArrayList<>();
        for (int steps : diagram.steps()) {
            Quantity.CORRELATIONS.forEach(quantity -> maps.add(map(quantity, steps)));
        }
        List<StudyFigure.Picture> pictures = new ArrayList<>(maps);
        Quantity.CORRELATIONS.forEach(quantity -> departure(quantity).ifPresent(pictures::add));
        boolean departs = pictures.size() > maps.size();
        Point like = rows.get(0).point();
        return StudyFigure.of(
                "phases",
                "Phase diagram: what infinite width alone says, and what networks do",
                "",
                "Cells are closed form: the mean over networks of infinite width, for every depth. Circles are trained"
                        + " networks. A circle of its cell's colour: the kernel says what depth does. A circle of another"
                        + " colour: the network's initial function, features that it learned, or too few channels for the kernel"
                        + (departs ? "; the last two pictures take the initial function away." : "."),
                pictures,
                "Cells: correlation of the mean over infinitely wide networks, weights drawn with "
                        + Layout.said(
                                "init", Objects.requireNonNull(like.words().get(StudyAxes.INIT.name())))
                        + " and trained at one rate for all layers with the proportions of "
                        + Count.of(like.get(StudyAxes.CHANNELS), "channel")
                        + ", after t steps of gradient descent at the rate 1/(c·λmax) of each depth and kernel. Circles:"
                        + " medians over seeds, each at the t that is nearest to its own time (steps × rate × c·λmax,"
                        + " divided by 1 − momentum). Both are means over the test images of the training image's size. Colours have"
                        + " the same scale in all maps, from 0 to 1"
                        + (anyNegative(maps) ? "; numbers below 0 look like 0." : ".")
                        + (departs ? DEPARTURE : ""),
                false);
    }

    /** Whether a cell or a circle of the maps is darker than its number. */
    private static boolean anyNegative(List<StudyFigure.Picture> maps) {
        return maps.stream()
                .flatMap(picture -> picture.rows().stream())
                .flatMap(row -> Stream.of(row.get(SAID), row.get(SEEN)))
                .anyMatch(number -> number instanceof Double value && value < 0);
    }

    /** A network's mean over test images of the training image's size. */
    private OptionalDouble seen(StudyResults.Row row, Quantity quantity) {
        return row.result().images().stream()
                .map(ImageMeasures::measures)
                .filter(measures -> !Double.isNaN(measures.constantCorrelation()))
                .mapToDouble(measures -> quantity.of(Double.NaN, measures))
                .average();
    }

    private Optional<PhaseDiagram.Cell> cell(int kernel, int depth, int steps) {
        return diagram.cells().stream()
                .filter(cell -> cell.kernel() == kernel && cell.depth() == depth && cell.steps() == steps)
                .findFirst();
    }

    /** Networks at a cell whose own time is nearest to the cell's. */
    private Optional<Sample> networks(PhaseDiagram.Cell cell, Quantity quantity) {
        double[] values = rows.stream()
                .filter(row -> row.point().get(StudyAxes.KERNEL) == cell.kernel()
                        && row.point().get(StudyAxes.DEPTH) == cell.depth()
                        && diagram.nearest(
                                        cell,
                                        (LinearMethod) Rules.optimizer(row.point()),
                                        row.point().get(StudyAxes.LOSS).scale(target.length()),
                                        row.result().steps())
                                == cell.steps())
                .map(row -> seen(row, quantity))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .sorted()
                .toArray();
        return values.length == 0 ? Optional.empty() : Optional.of(new Sample(values));
    }

    private StudyFigure.Picture map(Quantity quantity, int steps) {
        double wide = (HeatMaps.WIDTH - LEFT - RIGHT) / diagram.depths().size();
        double bottom = TOP + HIGH * diagram.kernels().size();
        String title = quantity.title() + ", t = " + steps;
        Sketch sketch = new Sketch(HeatMaps.WIDTH, bottom + 36, alternative(title, quantity, steps));
        sketch.add(new Mark.Text(2, 14, title, 12.5, Anchor.START, "--ink", true, false));
        HeatMaps.legend(sketch, 0);
        sketch.text(2, TOP - 8, StudyAxes.KERNEL.title(), LETTERS, Anchor.START, "--ink");
        List<List<Object>> data = new ArrayList<>();
        for (int row = 0; row < diagram.kernels().size(); row++) {
            int kernel = diagram.kernels().get(row);
            double y = TOP + row * HIGH;
            sketch.text(LEFT - 7, y + HIGH / 2 + 4, String.valueOf(kernel), LETTERS, Anchor.END, "--quiet");
            for (int column = 0; column < diagram.depths().size(); column++) {
                PhaseDiagram.Cell cell =
                        cell(kernel, diagram.depths().get(column), steps).orElseThrow();
                Optional<Sample> networks = networks(cell, quantity);
                draw(sketch, cell, quantity, networks, LEFT + column * wide, y, wide);
                data.add(List.of(
                        kernel,
                        cell.depth(),
                        steps,
                        said(cell, quantity),
                        cell.trainError(),
                        networks.<Object>map(sample -> sample.values().length).orElse(0),
                        networks.<Object>map(Sample::median).orElse("")));
            }
        }
        for (int column = 0; column < diagram.depths().size(); column++) {
            int depth = diagram.depths().get(column);
            if (depth == 1 || depth % 5 == 0) {
                double at = LEFT + (column + 0.5) * wide;
                sketch.text(at, bottom + 15, String.valueOf(depth), LETTERS, Anchor.MIDDLE, "--quiet");
            }
        }
        sketch.text(
                (LEFT + HeatMaps.WIDTH - RIGHT) / 2,
                bottom + 31,
                StudyAxes.DEPTH.title(),
                LETTERS,
                Anchor.MIDDLE,
                "--ink");
        return new StudyFigure.Picture(
                "phases-" + quantity.column() + "-" + steps,
                sketch,
                List.of(
                        "kernel",
                        "depth",
                        "steps",
                        "infinite_width_" + quantity.column(),
                        "infinite_width_train_error",
                        "networks",
                        "networks_median_" + quantity.column()),
                data);
    }

    private String alternative(String title, Quantity quantity, int steps) {
        List<PhaseDiagram.Cell> cells =
                diagram.cells().stream().filter(cell -> cell.steps() == steps).toList();
        OptionalDouble farthest = cells.stream()
                .flatMap(
                        cell -> networks(cell, quantity).stream().map(sample -> sample.median() - said(cell, quantity)))
                .mapToDouble(Math::abs)
                .max();
        return title + " at infinite width, as colours by depth across and kernel down."
                + InWords.range(cells.stream()
                        .map(cell -> new InWords.At(
                                "depth " + cell.depth() + ", kernel " + cell.kernel(), said(cell, quantity)))
                        .toList())
                + (farthest.isEmpty()
                        ? ""
                        : " Circles are networks; the largest distance of one from its cell is "
                                + Numbers.brief(farthest.getAsDouble()) + ".");
    }

    private static double said(PhaseDiagram.Cell cell, Quantity quantity) {
        return quantity.of(cell.trainError(), cell.measures());
    }

    private static void draw(
            Sketch sketch,
            PhaseDiagram.Cell cell,
            Quantity quantity,
            Optional<Sample> networks,
            double x,
            double y,
            double wide) {
        double said = said(cell, quantity);
        String place = String.format(Locale.ROOT, "depth %d, kernel %d: ", cell.depth(), cell.kernel());
        sketch.add(new Mark.Box(
                x,
                y,
                wide - 1,
                HIGH - 1,
                HeatMaps.hex(HeatMaps.color(said)),
                "",
                place + Tiles.hundredths(said) + " at infinite width"));
        networks.ifPresent(sample -> {
            double middle = x + (wide - 1) / 2;
            String tip = place + Tiles.hundredths(sample.median()) + ", median of "
                    + Count.of(sample.values().length, "network") + "; " + Tiles.hundredths(said)
                    + " at infinite width";
            double radius = Math.min(7, wide / 2);
            sketch.add(new Mark.Dot(middle, y + HIGH / 2, radius, Mark.Sign.DISC, "#ffffff", ""));
            sketch.add(new Mark.Dot(middle, y + HIGH / 2, radius - 1, Mark.Sign.DISC, "#000000", ""));
            sketch.add(new Mark.Dot(
                    middle,
                    y + HIGH / 2,
                    radius - 2,
                    Mark.Sign.DISC,
                    HeatMaps.hex(HeatMaps.color(sample.median())),
                    tip));
        });
    }

    /** A network's measure minus what T7.lazy says of it, whether or not it lies in the kernel regime. */
    private static double departure(StudyResults.Row row, Quantity quantity) {
        double said = row.result().theory().stream()
                .filter(one -> one.theorem().equals("T7.lazy")
                        && (one.measure().equals(quantity.column())
                                || one.measure().equals(KernelRegime.beyond(quantity.column()))))
                .mapToDouble(TheoryRow::mean)
                .findFirst()
                .orElse(Double.NaN);
        return row.result()
                        .lasting()
                        .map(measures -> quantity.of(Double.NaN, measures))
                        .orElse(Double.NaN)
                - said;
    }

    private Optional<StudyFigure.Picture> departure(Quantity quantity) {
        List<StudyResults.Row> known = rows.stream()
                .filter(row -> Double.isFinite(departure(row, quantity)))
                .toList();
        if (known.isEmpty()) {
            return Optional.empty();
        }
        List<String> depths = known.stream()
                .map(row -> row.point().get(StudyAxes.DEPTH))
                .distinct()
                .sorted()
                .map(String::valueOf)
                .toList();
        List<String> kernels = diagram.kernels().stream().map(String::valueOf).toList();
        double[] numbers =
                known.stream().mapToDouble(row -> departure(row, quantity)).toArray();
        Axis axis = Axis.linear(numbers, 0, 0);
        Panel panel = new Panel(
                "Departure from the kernel: " + (quantity == Quantity.IDENTITY_CORRELATION ? "identity" : "constant"),
                "Difference between networks and what one kernel would have made of them, against depth.",
                StudyAxes.DEPTH.title(),
                Scale.of(depths),
                Scale.of(axis),
                Panel.Key.lines(StudyAxes.KERNEL.name(), kernels));
        panel.sketch().line(panel.x(0), panel.y(0), panel.x(depths.size() - 1), panel.y(0), "--quiet", 1);
        List<List<Object>> data = new ArrayList<>();
        for (int line = 0; line < kernels.size(); line++) {
            double moved = (line - (kernels.size() - 1) / 2.0) * APART;
            List<double[]> medians = new ArrayList<>();
            for (int across = 0; across < depths.size(); across++) {
                String kernel = kernels.get(line);
                String depth = depths.get(across);
                double[] values = known.stream()
                        .filter(row -> kernel.equals(row.point().words().get(StudyAxes.KERNEL.name()))
                                && depth.equals(row.point().words().get(StudyAxes.DEPTH.name())))
                        .mapToDouble(row -> departure(row, quantity))
                        .sorted()
                        .toArray();
                double x = panel.x(across) + moved;
                String color = Panel.COLORS.get(line);
                for (double value : values) {
                    panel.sketch().add(new Mark.Dot(x, panel.y(value), 1.8, Mark.Sign.DISC, color, ""));
                    data.add(List.of(kernel, depth, value));
                }
                if (values.length > 0) {
                    medians.add(new double[] {x, panel.y(new Sample(values).median())});
                }
            }
            panel.join(medians, line, 1.6);
        }
        return Optional.of(new StudyFigure.Picture(
                "phases-departure-" + quantity.column(),
                panel.sketch(),
                List.of("kernel", "depth", "departure_" + quantity.column()),
                data));
    }
}
