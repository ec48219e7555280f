package org.idem.report.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.idem.array.Array;
import org.idem.laboratory.prediction.TrainedBrightness;
import org.idem.laboratory.result.TheoryRow;
import org.idem.report.drawing.Mark;
import org.idem.report.figure.Axis;
import org.idem.report.figure.InWords;
import org.idem.report.figure.Numbers;
import org.idem.wording.Count;

/**
 * How bright the training image is in what fully connected networks make of other images, against how much of the
 * training image these images hold. Where theorems say what must come out, the picture says whether it does.
 */
final class Brightness {
    private static final List<String> COLUMNS = List.of(
            "image", "group", "held_by_input", "brightness", "shown", "theorem", "predicted", "low", "high", "verdict");

    private Brightness() {}

    /**
     * A test image.
     *
     * @param held ⟨x̂, x⟩/‖x̂‖² of the training input x̂ and the test input x
     * @param brightness ⟨f(x), y⟩/‖y‖² of the output and the training target
     * @param range predicted, least and greatest brightness, empty if no theorem says so
     */
    private record Point(String image, String group, double held, double brightness, double[] range) {
        /** Whether a theorem says more than that it is finite. */
        boolean known() {
            return range.length > 0 && Arrays.stream(range).allMatch(Double::isFinite);
        }

        boolean inside() {
            return range[1] <= brightness && brightness <= range[2];
        }
    }

    static List<StudyFigure> of(List<Strand> strands, Layout layout) {
        List<StudyFigure> figures = new ArrayList<>();
        for (Strand strand : strands) {
            int number = figures.size() + 1;
            List<StudyFigure.Picture> pictures = new ArrayList<>();
            List<String> verdicts = new ArrayList<>();
            for (Strand.Member member : strand.members()) {
                List<Point> points = member.network().measures() == null ? List.of() : points(member);
                if (!points.isEmpty()) {
                    pictures.add(picture("brightness-" + number + "-" + (pictures.size() + 1), member, points));
                    verdicts.add(verdict(member, points));
                }
            }
            if (!pictures.isEmpty()) {
                figures.add(figure(number, strand, layout, pictures, verdicts));
            }
        }
        return figures;
    }

    private static StudyFigure figure(
            int number, Strand strand, Layout layout, List<StudyFigure.Picture> pictures, List<String> verdicts) {
        String spoken = verdicts.stream().filter(verdict -> !verdict.isEmpty()).collect(Collectors.joining(" "));
        return StudyFigure.of(
                "brightness-" + number,
                "How bright the training image shows in each output",
                strand.words(),
                "Each dot is a test image. Dots on the line: the output shows the training image just as bright as the "
                        + "input holds it, and whatever else the network makes of the input is orthogonal to it. Dots at "
                        + "1 whatever the input: the network answers with the training image. A network without biases may also answer "
                        + "with the training image as bright as the input holds it; then dots lie on the line too, and the grid of "
                        + "images tells the two apart.",
                pictures,
                strand.said()
                        + " Across: ⟨x̂, x⟩/‖x̂‖² of training input x̂ and test input x, as the network sees them. Upwards: "
                        + "⟨f(x), y⟩/‖y‖² of output and training target"
                        + (cut(pictures)
                                ? ", where numbers below 0 are shown at 0 and numbers above 1 at 1, as pixels would be; the"
                                        + " table has the numbers themselves. "
                                : ". ")
                        + (spoken.isEmpty()
                                ? "No theorem covers these networks."
                                : spoken
                                        + (verdicts.contains("")
                                                ? " No range is worked out for the other networks here."
                                                : ""))
                        + Curves.leftOut(strand.members().stream()
                                .map(Strand.Member::network)
                                .toList())
                        + layout.leftOut(false),
                false);
    }

    /** Whether a number is shown elsewhere than it lies. */
    private static boolean cut(List<StudyFigure.Picture> pictures) {
        int brightness = COLUMNS.indexOf("brightness");
        return pictures.stream()
                .flatMap(picture -> picture.rows().stream())
                .anyMatch(row -> !row.get(brightness).equals(row.get(brightness + 1)));
    }

    /** Test images of the training image's size; none where the question makes no sense. */
    private static List<Point> points(Strand.Member member) {
        Map<String, Array> images = member.images().arrays();
        Array train = images.get("train");
        Array asked = images.get("target");
        if (train == null || asked == null || train.shape().length != 2 || train.size(0) != 1) {
            return List.of();
        }
        if (isZero(train) || isZero(asked)) {
            return List.of();
        }
        Array ranges = member.arrays().get(TrainedBrightness.NAME);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < member.images().tests().size(); i++) {
            Array output = member.arrays().get("output-" + i);
            Array input = images.get("input-" + i);
            if (output != null && input != null && output.firstNonFinite() < 0) {
                points.add(new Point(
                        member.images().tests().get(i),
                        member.images().groups().get(i),
                        TrainedBrightness.of(input.values(), train.values()),
                        TrainedBrightness.of(output.values(), asked.values()),
                        ranges == null ? new double[0] : ranges.slice(i).values()));
            }
        }
        return points;
    }

    private static boolean isZero(Array array) {
        return Arrays.stream(array.values()).allMatch(value -> value == 0);
    }

    private static double shown(double brightness) {
        return Math.max(0, Math.min(1, brightness));
    }

    private static String theorem(Strand.Member member) {
        return member.network().result().theory().stream()
                .filter(row -> row.measure().equals("train_error"))
                .map(TheoryRow::theorem)
                .findFirst()
                .orElse("");
    }

    /** What theorems say of a network, and whether it is so; empty if they say nothing. */
    private static String verdict(Strand.Member member, List<Point> points) {
        List<Point> known = points.stream().filter(Point::known).toList();
        if (known.isEmpty()) {
            return "";
        }
        long outside = known.stream().filter(point -> !point.inside()).count();
        double widest = known.stream()
                .mapToDouble(point -> point.range()[2] - point.range()[1])
                .max()
                .orElseThrow();
        String label = member.label().substring(0, 1).toUpperCase(Locale.ROOT)
                + member.label().substring(1);
        String said = label + ": " + theorem(member) + " gives a range for each output, ";
        return outside == 0
                ? said + "none wider than " + Numbers.brief(widest) + ", and "
                        + Count.word(
                                known.size(), "the only one lies in its own", "all " + known.size() + " lie in theirs")
                        + " (confirmed)."
                : said + "and " + outside + " of " + known.size() + Count.word(outside, " lies", " lie")
                        + " outside (refuted).";
    }

    private static StudyFigure.Picture picture(String name, Strand.Member member, List<Point> points) {
        boolean theory = points.stream().anyMatch(Point::known);
        double[] held = points.stream().mapToDouble(Point::held).toArray();
        Axis across = Axis.linear(held, 0, 0, 1);
        List<Panel.Key> keys = new ArrayList<>();
        keys.add(new Panel.Key("as much as the input holds", "--quiet", Panel.DASHES.get(1), Panel.Look.LINE));
        if (theory) {
            keys.add(Panel.Key.theory("theory " + theorem(member), Panel.Look.DIAMOND));
        }
        Panel panel = new Panel(
                "Training image in the output, " + member.label(),
                alternative(member, points),
                "training image in the input",
                Scale.of(across),
                Scale.of(Axis.linear(new double[] {0, 1}, 0)),
                keys);
        drawAsHeld(panel, across);
        points.forEach(point -> draw(panel, member, point));
        return new StudyFigure.Picture(name, panel.sketch(), COLUMNS, rows(member, points));
    }

    private static String alternative(Strand.Member member, List<Point> points) {
        double farthest = points.stream()
                .mapToDouble(point -> Math.abs(point.brightness() - point.held()))
                .max()
                .orElse(0);
        return "Brightness of the training image in outputs of " + member.label()
                + " against what the inputs hold of it."
                + InWords.range(points.stream()
                        .map(point -> new InWords.At(point.image(), point.brightness()))
                        .toList())
                + " The largest distance from what the input holds is " + Numbers.brief(farthest) + ".";
    }

    /** The line of outputs as bright as their inputs, bent where brightness is cut off. */
    private static void drawAsHeld(Panel panel, Axis across) {
        double[] corners = DoubleStream.of(across.lower(), 0, 1, across.upper())
                .filter(number -> number >= across.lower() && number <= across.upper())
                .toArray();
        panel.sketch()
                .add(new Mark.Line(
                        Arrays.stream(corners).map(panel::x).toArray(),
                        Arrays.stream(corners)
                                .map(number -> panel.y(shown(number)))
                                .toArray(),
                        "--quiet",
                        1.4,
                        Panel.DASHES.get(1)));
    }

    private static void draw(Panel panel, Strand.Member member, Point point) {
        double x = panel.x(point.held());
        if (point.known()) {
            panel.sketch()
                    .add(new Mark.Dot(
                            x,
                            panel.y(shown(point.range()[0])),
                            Panel.DIAMOND,
                            Mark.Sign.DIAMOND,
                            "--ink",
                            theorem(member)));
        }
        panel.sketch()
                .add(new Mark.Dot(
                        x,
                        panel.y(shown(point.brightness())),
                        2.8,
                        Mark.Sign.DISC,
                        Panel.COLORS.get(0),
                        point.image() + ": " + Numbers.brief(point.brightness()) + " of "
                                + Numbers.brief(point.held())));
    }

    private static List<List<Object>> rows(Strand.Member member, List<Point> points) {
        List<List<Object>> rows = new ArrayList<>();
        for (Point point : points) {
            List<Object> row = new ArrayList<>(
                    List.of(point.image(), point.group(), point.held(), point.brightness(), shown(point.brightness())));
            row.addAll(
                    point.known()
                            ? List.of(
                                    theorem(member),
                                    point.range()[0],
                                    point.range()[1],
                                    point.range()[2],
                                    point.inside() ? "confirmed" : "refuted")
                            : List.of("", "", "", "", ""));
            rows.add(row);
        }
        return rows;
    }
}
