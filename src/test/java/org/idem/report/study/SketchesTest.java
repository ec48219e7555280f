package org.idem.report.study;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.idem.laboratory.StudyResults;
import org.idem.report.Palette;
import org.idem.report.drawing.Mark;
import org.idem.report.drawing.Sketch;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every picture of a study is looked at, of usual studies and of those that are hard to draw. */
class SketchesTest {
    /** What the Web Content Accessibility Guidelines 2.2 ask for, of text and of parts of a picture. */
    private static final double CONTRAST_OF_TEXT = 4.5;

    private static final double CONTRAST_OF_MARKS = 3;
    private static final double DATA_FILL = 2.0 / 3;

    static Stream<Named<StudyResults>> studies() {
        List<String> depths = List.of("1", "2", "3", "5", "10", "20");
        return Stream.of(
                Named.of(
                        "usual",
                        StudySamples.cnn(Map.of("depth", depths, "kernel", List.of("3", "5", "7")))
                                .withTheory()
                                .results()),
                Named.of(
                        "one network",
                        StudySamples.cnn(Map.of("depth", List.of("1"))).seeds(1).results()),
                Named.of(
                        "many words",
                        StudySamples.fcn(Map.of(
                                        "depth",
                                        IntStream.rangeClosed(1, 30)
                                                .mapToObj(String::valueOf)
                                                .toList(),
                                        "width",
                                        IntStream.rangeClosed(1, 12)
                                                .mapToObj(i -> String.valueOf(64 * i))
                                                .toList()))
                                .seeds(2)
                                .results()),
                Named.of(
                        "long words",
                        StudySamples.cnn(Map.of(
                                        "train",
                                        List.of(
                                                "images/a-name-that-is-longer-than-any-column-has-room-for.npy#1",
                                                "images/another-name-that-is-longer-than-any-column.npy#2",
                                                "builtin#3",
                                                "builtin#4",
                                                "builtin#5"),
                                        "init",
                                        List.of("orthogonal", "pytorch", "gaussian", "uniform", "he", "xavier")))
                                .firstTest("a-name-that-is-longer-than-any-column-has-room-for")
                                .results()),
                Named.of(
                        "far apart",
                        StudySamples.fcn(Map.of("width", List.of("1", "10", "60000"), "bias", List.of("no", "yes")))
                                .images(1, 3, 12)
                                .results()),
                Named.of(
                        "other sizes",
                        StudySamples.cnn(Map.of("depth", depths))
                                .images(3, 12, 5)
                                .withOtherSizes()
                                .results()));
    }

    private static List<StudyFigure.Picture> pictures(StudyResults results) throws IOException {
        List<StudyFigure> figures =
                StudyPage.of(results, List.of(), StudySamples.PROVENANCE, "").figures();
        assertFalse(figures.isEmpty());
        return figures.stream().flatMap(figure -> figure.pictures().stream()).toList();
    }

    /** Space of a text: letters reach three quarters of their size above the line and a quarter below. */
    private record Space(String text, double x1, double y1, double x2, double y2) {
        static Space of(Mark.Text text) {
            double before = switch (text.anchor()) {
                case START -> 0;
                case MIDDLE -> text.length() / 2;
                case END -> text.length();
            };
            double above = 0.75 * text.size();
            double below = 0.25 * text.size();
            return text.upwards()
                    ? new Space(
                            text.text(),
                            text.x() - above,
                            text.y() + before - text.length(),
                            text.x() + below,
                            text.y() + before)
                    : new Space(
                            text.text(),
                            text.x() - before,
                            text.y() - above,
                            text.x() - before + text.length(),
                            text.y() + below);
        }

        boolean overlaps(Space other) {
            return x1 < other.x2 - 1 && other.x1 < x2 - 1 && y1 < other.y2 - 1 && other.y1 < y2 - 1;
        }
    }

    @ParameterizedTest
    @MethodSource("studies")
    void textsHaveRoom(StudyResults results) throws IOException {
        for (StudyFigure.Picture picture : pictures(results)) {
            Sketch sketch = picture.sketch();
            List<Space> texts = new ArrayList<>();
            for (Mark mark : sketch.marks()) {
                if (mark instanceof Mark.Text text) {
                    texts.add(Space.of(text));
                }
            }
            for (int i = 0; i < texts.size(); i++) {
                Space one = texts.get(i);
                assertTrue(
                        one.x1() > -1
                                && one.y1() > -1
                                && one.x2() < sketch.width() + 1
                                && one.y2() < sketch.height() + 1,
                        () -> picture.name() + ": outside of " + sketch.width() + " × " + sketch.height() + ": " + one);
                for (Space other : texts.subList(i + 1, texts.size())) {
                    assertFalse(one.overlaps(other), () -> picture.name() + ": " + one + " overlaps " + other);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("studies")
    void marksLieInsideAndFillTheirPicture(StudyResults results) throws IOException {
        for (StudyFigure.Picture picture : pictures(results)) {
            Sketch sketch = picture.sketch();
            double least = sketch.height();
            double most = 0;
            boolean curves = picture.name().startsWith("curves");
            for (Mark mark : sketch.marks()) {
                if (mark instanceof Mark.Line line) {
                    for (int i = 0; i < line.x().length; i++) {
                        inside(picture, line.x()[i], line.y()[i]);
                    }
                } else if (mark instanceof Mark.Dot dot) {
                    inside(picture, dot.x(), dot.y());
                    if (curves && dot.sign() == Mark.Sign.DISC) {
                        least = Math.min(least, dot.y());
                        most = Math.max(most, dot.y());
                    }
                } else if (mark instanceof Mark.Pixels image) {
                    inside(picture, image.x(), image.y());
                    inside(picture, image.x() + image.width(), image.y() + image.height());
                } else if (mark instanceof Mark.Box box) {
                    inside(picture, box.x(), box.y());
                    inside(picture, box.x() + box.width(), box.y() + box.height());
                }
            }
            // the axis of correlations is that of both pictures
            if (curves && picture.rows().size() > 1 && !picture.name().endsWith("_correlation")) {
                double fill = (most - least) / 200;
                assertTrue(fill >= DATA_FILL, () -> picture.name() + ": data fill " + fill + " of the axis");
            }
        }
    }

    private static void inside(StudyFigure.Picture picture, double x, double y) {
        Sketch sketch = picture.sketch();
        assertTrue(
                x >= -2 && x <= sketch.width() + 2 && y >= -2 && y <= sketch.height() + 2,
                () -> picture.name() + ": " + x + ", " + y + " is outside of " + sketch.width() + " × "
                        + sketch.height());
    }

    /** Pixels across a printed figure: A4 leaves 182 mm between margins, its frame takes 28 pixels. */
    private static final double PRINTED_WIDTH = 182 / 25.4 * 96 - 28;

    private static final double POINTS_OF_A_PIXEL = 72.0 / 96;
    private static final double LEAST_POINTS = 7;

    @ParameterizedTest
    @MethodSource("studies")
    void lettersOfRowsOfImagesAreReadOnPaper(StudyResults results) throws IOException {
        for (StudyFigure figure :
                StudyPage.of(results, List.of(), StudySamples.PROVENANCE, "").figures()) {
            for (StudyFigure.Picture picture : figure.wide() ? figure.pictures() : List.<StudyFigure.Picture>of()) {
                double scale = Math.min(1, PRINTED_WIDTH / picture.sketch().width());
                for (Mark mark : picture.sketch().marks()) {
                    if (mark instanceof Mark.Text text) {
                        double points = POINTS_OF_A_PIXEL * scale * text.size();
                        assertTrue(
                                points >= LEAST_POINTS,
                                () -> picture.name() + ": " + text.text() + " has " + points + " points");
                    }
                }
            }
        }
    }

    @Test
    void colorsAreSeen() throws IOException {
        StudyResults results = studies().findFirst().orElseThrow().getPayload();
        for (StudyFigure.Picture picture : pictures(results)) {
            for (Mark mark : picture.sketch().marks()) {
                for (Palette palette : Palette.all()) {
                    if (mark instanceof Mark.Text text && !text.color().startsWith("#")) {
                        seen(palette, text.color(), CONTRAST_OF_TEXT);
                    } else if (mark instanceof Mark.Line line && !line.color().equals("--grid")) {
                        seen(palette, line.color(), CONTRAST_OF_MARKS);
                    } else if (mark instanceof Mark.Dot dot) {
                        seen(palette, dot.color(), CONTRAST_OF_MARKS);
                    }
                }
            }
        }
    }

    private static void seen(Palette palette, String color, double least) {
        double contrast = palette.contrast("var(" + color + ")", 1);
        assertTrue(contrast >= least, () -> contrast + " of " + color + " " + palette.name());
    }

    @Test
    void numbersInCellsAreRead() {
        for (int i = 0; i <= 1000; i++) {
            int[] color = HeatMaps.color(i / 1000.0);
            String hex = String.format(java.util.Locale.ROOT, "#%02x%02x%02x", color[0], color[1], color[2]);
            Palette cell = new Palette("cell", Map.of("--page", hex));
            double contrast = cell.contrast(HeatMaps.readable(color), 1);
            assertTrue(contrast >= CONTRAST_OF_TEXT, () -> contrast + " on " + hex);
        }
    }
}
