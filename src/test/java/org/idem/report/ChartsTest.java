package org.idem.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.idem.report.figure.Chart;
import org.idem.report.figure.Drawing;
import org.idem.report.figure.Figure;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every picture of the reports is drawn, and looked at. */
class ChartsTest {
    /** Of a picture on a wide page, alone or beside another, and on a telephone. */
    private static final int WIDE = 990;

    private static final int HALF = 470;
    private static final int NARROW = 300;
    private static final double DATA_FILL = 2.0 / 3;
    /** What the Web Content Accessibility Guidelines 2.2 ask for, of text and of parts of a picture. */
    private static final double CONTRAST_OF_TEXT = 4.5;

    private static final double CONTRAST_OF_MARKS = 3;
    /** Space that texts may share because letters do not fill their boxes. */
    private static final double TOUCH = 1;

    static Stream<Arguments> figures() {
        return ChartSamples.all().stream()
                .filter(figure -> !figure.getPayload().charts().isEmpty())
                .flatMap(figure -> widths(figure).mapToObj(width -> Arguments.of(figure, width)));
    }

    /** Small pictures are the hardest; large ones are looked at where there is most to see. */
    private static IntStream widths(Named<Figure> figure) {
        boolean alone = figure.getPayload().charts().size() == 1;
        return !alone
                ? IntStream.of(NARROW, HALF)
                : figure.getName().startsWith("good") ? IntStream.of(NARROW, WIDE) : IntStream.of(NARROW);
    }

    @ParameterizedTest
    @MethodSource("figures")
    void saysWhatItShows(Figure figure, int width) throws IOException {
        for (Chart chart : figure.charts()) {
            Drawing.Picture picture = Drawing.of(chart, width);
            labelsAreTheirTicks(picture);
            textsHaveRoom(picture);
            axesAreFull(picture);
            colorsAreSeen(picture);
        }
    }

    @ParameterizedTest
    @MethodSource("palettes")
    void textOfThePageIsRead(Palette palette) {
        for (String color : List.of("--ink", "--quiet", "--good", "--open", "--bad", "--link")) {
            for (String background : List.of("--page", "--soft")) {
                double contrast = palette.contrast("var(" + color + ")", 1, background);
                assertTrue(contrast >= CONTRAST_OF_TEXT, () -> contrast + " of " + color + " on " + background);
            }
        }
    }

    static List<Palette> palettes() {
        return Palette.all();
    }

    private static void labelsAreTheirTicks(Drawing.Picture picture) {
        assertFalse(picture.axes().isEmpty(), "a picture needs axes");
        for (Drawing.Axis axis : picture.axes()) {
            List<Drawing.Label> shown =
                    axis.labels().stream().filter(Drawing.Label::shown).toList();
            assertEquals(
                    shown.size(),
                    shown.stream().map(Drawing.Label::text).distinct().count(),
                    () -> "a label stands twice: " + shown);
            if (!(shown.get(0).value() instanceof Number)) {
                assertEquals(axis.labels(), shown, "every category has its label");
                continue;
            }
            assertTrue(shown.size() > 1, () -> "one label does not say how long an axis is: " + shown);
            double least =
                    axis.labels().stream().mapToDouble(ChartsTest::value).min().orElseThrow();
            double most =
                    axis.labels().stream().mapToDouble(ChartsTest::value).max().orElseThrow();
            for (Drawing.Label label : shown) {
                String text = label.text();
                double value = value(label);
                if (text.equals("not finite") || text.startsWith(">")) {
                    assertEquals(most, value, text);
                    assertTrue(text.startsWith("n") || value > number(text.substring(1)), text);
                } else if (text.equals("−∞") || text.startsWith("<")) {
                    assertEquals(least, value, text);
                    assertTrue(text.startsWith("−") || value < number(text.substring(1)), text);
                } else if (text.equals("0") && value != 0) {
                    assertEquals(least, value, "only the place below a logarithmic axis stands for 0");
                } else {
                    // the label has every digit of its number; parsing may round the last bit
                    assertEquals(value, number(text), Math.ulp(value), text);
                }
            }
        }
    }

    private static double value(Drawing.Label label) {
        return ((Number) label.value()).doubleValue();
    }

    /** The number that a reader takes from a label. */
    private static double number(String label) {
        StringBuilder plain = new StringBuilder();
        String text = label.replace(",", "").replace('−', '-').replaceFirst("^10(?=[⁻⁰¹²³⁴⁵⁶⁷⁸⁹])", "1×10");
        int at = text.indexOf("×10");
        plain.append(at < 0 ? text : text.substring(0, at) + "e");
        for (char raised : (at < 0 ? "" : text.substring(at + 3)).toCharArray()) {
            plain.append(raised == '⁻' ? '-' : (char) ('0' + "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(raised)));
        }
        return Double.parseDouble(plain.toString());
    }

    private static void textsHaveRoom(Drawing.Picture picture) {
        List<Drawing.Text> shown =
                picture.texts().stream().filter(Drawing.Text::shown).toList();
        for (int i = 0; i < shown.size(); i++) {
            Drawing.Text one = shown.get(i);
            assertTrue(
                    one.x1() > -TOUCH
                            && one.y1() > -TOUCH
                            && one.x2() < picture.width() + TOUCH
                            && one.y2() < picture.height() + TOUCH,
                    () -> "outside of " + picture.width() + "×" + picture.height() + ": " + one);
            for (Drawing.Text other : shown.subList(i + 1, shown.size())) {
                Drawing.Box smaller =
                        new Drawing.Box(one.x1() + TOUCH, one.y1() + TOUCH, one.x2() - TOUCH, one.y2() - TOUCH);
                assertFalse(smaller.overlaps(other.box()), () -> one + " overlaps " + other);
            }
        }
    }

    private static void axesAreFull(Drawing.Picture picture) {
        full("across", picture, picture.plot().x1(), picture.plot().x2(), Drawing.Mark::x1, Drawing.Mark::x2, true);
        full("up", picture, picture.plot().y1(), picture.plot().y2(), Drawing.Mark::y1, Drawing.Mark::y2, false);
    }

    private static void full(
            String which,
            Drawing.Picture picture,
            double from,
            double to,
            ToDoubleFunction<Drawing.Mark> start,
            ToDoubleFunction<Drawing.Mark> end,
            boolean across) {
        List<Drawing.Mark> data = new ArrayList<>();
        for (Drawing.Mark mark : picture.marks()) {
            // a reference line counts where it stands, not along its length
            boolean along = mark.reference().equals("diagonal")
                    || mark.reference().equals("line") && end.applyAsDouble(mark) - start.applyAsDouble(mark) > 9;
            if (mark.role().equals("mark") && !along) {
                data.add(mark);
            }
        }
        double least = Math.max(from, data.stream().mapToDouble(start).min().orElse(from));
        double most = Math.min(to, data.stream().mapToDouble(end).max().orElse(to));
        boolean point = data.stream()
                        .map(mark -> across ? mark.x() : mark.y())
                        .distinct()
                        .count()
                == 1;
        assertTrue(
                point || most - least >= DATA_FILL * (to - from),
                () -> String.format("data fill %.0f %% of the axis %s", 100 * (most - least) / (to - from), which));
    }

    private static void colorsAreSeen(Drawing.Picture picture) {
        for (Palette palette : Palette.all()) {
            for (Drawing.Text text : picture.texts()) {
                double contrast = palette.contrast(text.fill(), 1);
                assertTrue(contrast >= CONTRAST_OF_TEXT, () -> contrast + " of " + text.text() + " " + palette.name());
            }
            for (Drawing.Mark mark : picture.marks()) {
                if (mark.role().equals("axis-grid") || mark.type().equals("group")) {
                    continue;
                }
                double contrast = Math.max(
                        palette.contrast(mark.fill(), mark.alpha() * mark.fillAlpha()),
                        palette.contrast(mark.stroke(), mark.alpha() * mark.strokeAlpha()));
                assertTrue(contrast >= CONTRAST_OF_MARKS, () -> contrast + " of " + mark + " " + palette.name());
            }
        }
    }
}
