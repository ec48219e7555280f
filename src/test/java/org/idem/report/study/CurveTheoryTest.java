package org.idem.report.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.idem.laboratory.result.TheoryRow;
import org.idem.report.drawing.Mark;
import org.idem.report.figure.Axis;
import org.junit.jupiter.api.Test;

class CurveTheoryTest {
    private static final double NONE = Double.NaN;
    private static final Axis AXIS = Axis.logarithmic(new double[] {0.1, 10}, 0);

    private static TheoryRow row(String theorem, double mean, double low, double high) {
        return new TheoryRow(theorem, "constant_mse", mean, low, high);
    }

    /** A legend shows each theorem by the mark that stands in the picture. */
    @Test
    void legendsShowTheMarksThatAreDrawn() {
        List<TheoryRow> said = List.of(
                row("T1.one", 1, NONE, NONE),
                row("T1.two", 2, 1, 3),
                row("T7.mean", 1, NONE, NONE),
                row("T2.range", NONE, 1, 2),
                row("T2.upper", NONE, NONE, 5),
                row("T3.lower", NONE, 0.2, NONE),
                row("T3.far", NONE, 1e-9, NONE),
                row("T5.empty", NONE, NONE, NONE));
        assertEquals(
                List.of(
                        Panel.Key.theory("theory T1.one, T1.two", Panel.Look.DIAMOND),
                        Panel.Key.theory("theory T7.mean", Panel.Look.SQUARE),
                        Panel.Key.theory("range by T2.range", Panel.Look.RANGE),
                        Panel.Key.theory("at most, by T2.upper", Panel.Look.UPPER_BOUND),
                        Panel.Key.theory("at least, by T3.lower", Panel.Look.LOWER_BOUND)),
                CurveTheory.keys(said, AXIS));
        assertEquals(
                Set.of(Panel.Look.DIAMOND, Panel.Look.RANGE),
                CurveTheory.drawn(List.of(row("T1.two", 2, 1, 3)), AXIS),
                "a mean with a range is two marks");
        assertEquals(
                List.of(Panel.Key.theory("theory T1, T2", Panel.Look.DIAMOND)),
                CurveTheory.keys(
                        List.of(
                                row("T1.a", 1, NONE, NONE),
                                row("T1.b", 1, NONE, NONE),
                                row("T1.c", 1, NONE, NONE),
                                row("T2.a", 1, NONE, NONE)),
                        AXIS));
    }

    /** Captions explain what is drawn, and nothing else. */
    @Test
    void captionsSpeakOfDrawnMarks() {
        assertEquals("", words());
        assertEquals(" Bounds beyond an axis are in the table only.", words(row("T3.far", NONE, 1e-9, NONE)));
        String bound = words(row("T3.lower", NONE, 0.2, NONE));
        assertTrue(bound.contains("strokes") && !bound.contains("Diamonds") && !bound.contains("beyond"), bound);
        String mean = words(row("T1.one", 1, NONE, NONE));
        assertTrue(mean.contains("Diamonds") && !mean.contains("strokes"), mean);
    }

    private static String words(TheoryRow... said) {
        List<TheoryRow> rows = List.of(said);
        return CurveTheory.words(CurveTheory.drawn(rows, AXIS), CurveTheory.hides(rows, AXIS));
    }

    /** The same marks in the legend and in the picture: here of a lower bound, strokes alone. */
    @Test
    void boundsAreStrokesInLegendAndPicture() {
        List<TheoryRow> said = List.of(row("T3.lower", NONE, 0.2, NONE));
        Panel panel = new Panel(
                "title", "words", "depth", Scale.of(List.of("1", "2")), Scale.of(AXIS), CurveTheory.keys(said, AXIS));
        long before = panel.sketch().marks().size();
        CurveTheory.draw(panel, AXIS, said, panel.x(1));
        assertEquals(2, panel.sketch().marks().size() - before);
        assertFalse(panel.sketch().marks().stream().anyMatch(Mark.Dot.class::isInstance));
        List<Mark.Line> strokes = panel.sketch().marks().stream()
                .filter(Mark.Line.class::isInstance)
                .map(Mark.Line.class::cast)
                .filter(line -> line.color().equals("--ink"))
                .toList();
        assertEquals(4, strokes.size(), "a stroke and a stem in the legend and in the picture");
        for (int stem = 1; stem < 4; stem += 2) {
            double[] down = strokes.get(stem).y();
            assertTrue(down[1] < down[0], "the stem of a lower bound stands up");
        }
    }
}
