package org.idem.report.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.idem.laboratory.StudyResults;
import org.idem.report.figure.InWords;
import org.junit.jupiter.api.Test;

/** What those hear who cannot see a picture. */
class InWordsTest {
    private static InWords.Line line(String name, double... values) {
        List<InWords.At> points = new ArrayList<>();
        for (double value : values) {
            points.add(new InWords.At("depth " + (points.size() + 1), value));
        }
        return new InWords.Line(name, points);
    }

    private static String does(double... values) {
        return InWords.does(line("", values), true);
    }

    @Test
    void directionsAreTrue() {
        assertEquals("falls from 0.97 at depth 1 to 0.33 at depth 3", does(0.97, 0.5, 0.33));
        assertEquals("falls from 0.97 at depth 1 to 0.33 at depth 3", does(0.97, 0.97, 0.33));
        assertEquals("rises from −1 at depth 1 to ∞ at depth 2", does(-1, Double.POSITIVE_INFINITY));
        assertEquals(
                "goes from 0.5 at depth 1 to 0.4 at depth 4, and its least is 0.1 at depth 2, its greatest is 0.9 at depth 3",
                does(0.5, 0.1, 0.9, 0.4));
        assertEquals(
                "goes from 0.5 at depth 1 to 0.5 at depth 3, and its least is 0.1 at depth 2", does(0.5, 0.1, 0.5));
        assertEquals("goes from 0.1 at depth 1 to 0.5 at depth 4", does(0.1, 0.3, 0.2, 0.5));
    }

    @Test
    void equalNumbersAreSaidOnce() {
        assertEquals("", does());
        assertEquals("", does(Double.NaN, Double.NaN));
        assertEquals("is 0.5 at depth 2", does(Double.NaN, 0.5));
        assertEquals("is 0.5 from depth 1 to depth 3", does(0.5, 0.5, 0.50001));
        assertEquals("is 0.5 everywhere", InWords.does(line("", 0.5, 0.5), false));
    }

    @Test
    void placesWithoutOrderHaveNoDirection() {
        assertEquals("lies between 0.1 (depth 3) and 0.9 (depth 1)", InWords.does(line("", 0.9, 0.5, 0.1), false));
        assertEquals("", InWords.range(List.of()));
        assertEquals(" It is 2 at depth 1.", InWords.range(line("", 2).points()));
    }

    @Test
    void fewLinesAreDescribedAndManyCounted() {
        assertEquals("", InWords.sentence(List.of(line("kernel 3", Double.NaN)), true));
        assertEquals(" It rises from 1 at depth 1 to 2 at depth 2.", InWords.sentence(List.of(line("", 1, 2)), true));
        assertEquals(
                " For kernel 3 it is 1 at depth 1; for kernel 5 it falls from 2 at depth 1 to 1 at depth 2.",
                InWords.sentence(List.of(line("kernel 3", 1), line("kernel 5", 2, 1), line("kernel 7")), true));
        List<InWords.Line> many = List.of(line("a", 1, 2), line("b", 3, 2), line("c", 1, 1), line("d", 0, 7, 3));
        assertEquals(
                " Of 4 lines, 1 falls and 1 rises from end to end. It lies between 0 (d, depth 1) and 7 (d, depth 2).",
                InWords.sentence(many, true));
        assertEquals(" It lies between 0 (d, depth 1) and 7 (d, depth 2).", InWords.sentence(many, false));
        assertEquals(
                " Of 4 lines, 4 rise from end to end. It lies between 1 (a, depth 1) and 2 (a, depth 2).",
                InWords.sentence(List.of(many.get(0), many.get(0), many.get(0), many.get(0)), true));
        assertEquals(
                " It is 1 everywhere.",
                InWords.sentence(List.of(many.get(2), many.get(2), many.get(2), many.get(2)), true));
    }

    /** Every picture says what it shows, and no number that does not exist. */
    @Test
    void picturesSayWhatTheyShow() throws IOException {
        for (StudyResults results : List.of(
                StudySamples.cnn(Map.of("depth", List.of("1", "3", "5"), "kernel", List.of("3", "5")))
                        .divergedFrom(5)
                        .results(),
                StudySamples.fcn(Map.of("depth", List.of("2"))).seeds(1).results(),
                StudySamples.cnn(Map.of("init", List.of("he", "pytorch"))).results())) {
            for (StudyFigure figure : StudyPage.of(results, List.of(), StudySamples.PROVENANCE, "")
                    .figures()) {
                for (StudyFigure.Picture picture : figure.pictures()) {
                    String words = picture.sketch().alternative();
                    assertTrue(words.matches("(?s).*[0-9].*\\."), picture.name() + ": " + words);
                    assertTrue(
                            words.matches("(?s).*\\b(is|falls|rises|goes|lies)\\b.*"), picture.name() + ": " + words);
                    assertFalse(words.contains("not a number") || words.contains("NaN"), words);
                }
            }
        }
    }

    @Test
    void theDirectionIsThatOfTheTable() throws IOException {
        StudyResults results =
                StudySamples.cnn(Map.of("depth", List.of("1", "3", "5"))).results();
        StudyFigure.Picture picture = StudyPage.of(results, List.of(), StudySamples.PROVENANCE, "").figures().stream()
                .flatMap(figure -> figure.pictures().stream())
                .filter(one -> one.name().equals("curves-1-identity_correlation"))
                .findFirst()
                .orElseThrow();
        List<InWords.At> medians = picture.rows().stream()
                .map(row -> new InWords.At("depth " + row.get(0), (Double) row.get(3)))
                .toList();
        assertEquals(
                "Correlation with the identity: medians over seeds against depth. It "
                        + InWords.does(new InWords.Line("", medians), true) + ".",
                picture.sketch().alternative());
    }
}
