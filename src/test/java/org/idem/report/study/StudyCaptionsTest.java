package org.idem.report.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.idem.laboratory.StudyResults;
import org.idem.report.drawing.Mark;
import org.junit.jupiter.api.Test;

/** Captions explain what their figures show, and nothing that they do not. */
class StudyCaptionsTest {
    private static final Map<String, List<String>> AXES =
            Map.of("depth", List.of("2", "3", "5"), "kernel", List.of("3", "5"));

    private static StudyFigure figure(StudyResults results, String id) throws IOException {
        return StudyPage.of(results, List.of(), StudySamples.PROVENANCE, "").figures().stream()
                .filter(figure -> figure.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static String captions(StudyResults results) throws IOException {
        return StudyPage.of(results, List.of(), StudySamples.PROVENANCE, "").figures().stream()
                .map(figure -> figure.caption() + " " + figure.lead())
                .collect(Collectors.joining("\n"));
    }

    /** Marks that only some figures have, by words of the sentences that explain them. */
    private static final List<String> RARE = List.of(
            "dash", "left out", "not finite", "numbers below 0", "Images of other sizes", "worse than giving 0");

    @Test
    void completeStudiesHaveNothingMissingToExplain() throws IOException {
        StudyResults results = StudySamples.cnn(Map.of("depth", List.of("3"), "kernel", List.of("3", "5")))
                .results();
        String captions = captions(results);
        RARE.forEach(word -> assertFalse(captions.contains(word), word + " in " + captions));
    }

    @Test
    void missingMarksAreExplained() throws IOException {
        StudyResults results = StudySamples.cnn(AXES).divergedFrom(5).results();
        for (String id : List.of("grid-1", "growth-1")) {
            assertSays(results, id, " A dash stands where a network failed.");
        }
        assertSays(results, "heat-1", " A dash stands where every network failed.");
        assertSays(results, "curves-1", " Of 18 networks, 6 are left out: they failed.");
        assertSays(results, "strips-1", " A dash stands where a network has no such layer.");
        StudyResults one = StudySamples.cnn(AXES).seeds(1).farFrom(5).results();
        assertSays(one, "heat-1", " A dash stands where every network diverged.");
        assertSays(one, "curves-1", " Of 6 networks, 2 are left out: they diverged.");
    }

    private static void assertSays(StudyResults results, String id, String sentence) throws IOException {
        String caption = figure(results, id).caption();
        assertTrue(caption.contains(sentence), caption);
    }

    /** What a diverged network answers depends on the step at which its training was stopped: it is no value. */
    @Test
    void cellsOfDivergedNetworksHaveNoValue() throws IOException {
        StudyResults results = StudySamples.cnn(AXES).farFrom(5).results();
        StudyFigure.Picture map = figure(results, "heat-1").pictures().get(0);
        assertEquals(
                List.of(List.of("5", "3", "", 0), List.of("5", "5", "", 0)),
                map.rows().stream().filter(row -> row.get(0).equals("5")).toList());
        assertEquals(
                2,
                map.sketch().marks().stream()
                        .filter(mark ->
                                mark instanceof Mark.Text text && text.text().equals("–"))
                        .count());
        for (String id : List.of("heat-1", "curves-1")) {
            String words = figure(results, id).pictures().get(0).sketch().alternative();
            assertTrue(words.contains(" Of 6 places, 2 have no value."), words);
        }
        String grid = figure(results, "grid-1").pictures().get(0).sketch().alternative();
        assertTrue(grid.contains(" Of 3 places, 1 has no value."), grid);
    }

    @Test
    void partsWithoutPicturesAreNamed() throws IOException {
        StudyResults results = StudySamples.cnn(Map.of(
                        "depth", List.of("2", "5"),
                        "kernel", List.of("3", "5", "7"),
                        "gain", List.of("1", "2", "3", "4", "5", "6", "7")))
                .seeds(1)
                .farFrom(5)
                .results();
        for (String id : List.of("heat-1", "curves-1")) {
            assertSays(results, id, " Nothing is drawn of depth 5, where every network diverged.");
        }
    }

    /** Cells of an unfinished study are no less empty. */
    @Test
    void cellsWithoutNetworksHaveNoValue() throws IOException {
        StudyResults all = StudySamples.cnn(AXES).seeds(1).results();
        StudyResults some = new StudyResults("some", "", 6, all.rows().subList(0, 5), all.arrays());
        assertSays(some, "heat-1", " A dash stands where no network is trained yet.");
    }

    /** Networks that differ by what training does to them alone are equal before it. */
    @Test
    void linesThatHideEachOtherAreSaid() throws IOException {
        StudyResults rules = StudySamples.cnn(Map.of("depth", List.of("3"), "rule", List.of("sgd", "adam", "rmsprop")))
                .results();
        String equal = " Whatever the rule, networks of one seed start equal: their ";
        assertSays(rules, "layers-1", equal + "lines before training coincide.");
        assertSays(rules, "learning-1", equal + "lines begin at one point.");
        assertSays(rules, "strips-1", equal + "untrained rows are alike.");
        StudyResults depths =
                StudySamples.cnn(Map.of("depth", List.of("2", "3"))).results();
        assertSays(depths, "layers-1", " Where lines before training coincide, networks of one seed start equal.");
        assertFalse(figure(depths, "learning-1").caption().contains("start equal"));
        StudyResults one = StudySamples.cnn(Map.of("depth", List.of("2"))).results();
        assertFalse(captions(one).contains("start equal"), captions(one));
    }

    /** A number of one has a verb and a noun in the singular. */
    @Test
    void sentencesAgreeWithTheirNumbers() throws IOException {
        for (StudyResults results : List.of(
                StudySamples.cnn(AXES).seeds(1).farFrom(5).results(),
                StudySamples.cnn(Map.of("depth", List.of("1"), "channels", List.of("1", "2")))
                        .seeds(1)
                        .withTheory()
                        .results(),
                StudySamples.fcn(Map.of("depth", List.of("3"))).seeds(1).results())) {
            StudyPage page = StudyPage.of(results, List.of(), StudySamples.PROVENANCE, "");
            StringBuilder words = new StringBuilder(captions(results));
            page.cards().forEach(card -> words.append('\n').append(card.label()));
            page.figures().stream()
                    .flatMap(figure -> figure.pictures().stream())
                    .forEach(picture ->
                            words.append('\n').append(picture.sketch().alternative()));
            assertFalse(
                    words.toString()
                            .matches("(?s).*\\b1 (networks|rows|lines|channels|seeds|places|are|have|lie)\\b.*"),
                    words.toString());
            assertFalse(words.toString().contains("each channels"), words.toString());
        }
        assertEquals(" Of 2 networks, 1 is shown.", Layout.shown(1, 2, "network"));
        assertEquals("", Layout.shown(2, 2, "network"));
        assertEquals("One line for each number of channels.", Layout.lines("channels"));
    }

    @Test
    void otherSizesAreExplained() throws IOException {
        StudyResults results = StudySamples.cnn(AXES).withOtherSizes().results();
        assertTrue(figure(results, "grid-1").caption().contains("Images of other sizes"));
    }

    @Test
    void singleNetworksHaveNoSmallDots() throws IOException {
        assertTrue(
                figure(StudySamples.cnn(AXES).results(), "curves-1").caption().contains("small dot"));
        StudyResults one = StudySamples.cnn(AXES).seeds(1).results();
        assertFalse(figure(one, "curves-1").caption().contains("small dot"));
        assertFalse(figure(one, "learning-1").caption().contains("networks of one colour"));
    }

    /** A picture has six lines; the caption names the networks that have none. */
    @Test
    void networksWithoutALineAreNamed() throws IOException {
        Map<String, List<String>> depths = Map.of(
                "depth", IntStream.rangeClosed(1, 8).mapToObj(String::valueOf).toList());
        assertSays(StudySamples.cnn(depths).results(), "learning-1", " Not drawn: depth 3 and 6.");
        Map<String, List<String>> widths = Map.of(
                "depth",
                List.of("3"),
                "channels",
                IntStream.rangeClosed(1, 19).mapToObj(String::valueOf).toList());
        assertSays(
                StudySamples.cnn(widths).seeds(1).results(),
                "learning-1",
                " Not drawn: channels 2, 3, 4, 6, 7, 9, 10, 11, 13, 14, 16, 17 and 1 more.");
        assertFalse(captions(StudySamples.cnn(AXES).results()).contains("Not drawn"));
    }

    @Test
    void brightnessBeyondTheAxisIsExplained() throws IOException {
        StudyFigure figure =
                figure(StudySamples.fcn(Map.of("depth", List.of("1", "2"))).results(), "brightness-1");
        boolean cut = figure.pictures().stream()
                .flatMap(picture -> picture.rows().stream())
                .anyMatch(row -> (Double) row.get(3) < 0 || (Double) row.get(3) > 1);
        assertEquals(cut, figure.caption().contains("numbers below 0 are shown at 0"), figure.caption());
    }

    @Test
    void equalNetworksAreCountedOnce() {
        StudyResults results = StudySamples.cnn(AXES).results();
        assertEquals("", results.repeated());
        List<StudyResults.Row> rows = new java.util.ArrayList<>(results.rows());
        rows.add(rows.get(0));
        assertEquals(
                " (in 18 trainings, as 1 network is equal to another)",
                new StudyResults("twice", "", 19, rows, results.arrays()).repeated());
        rows.add(rows.get(0));
        assertEquals(
                " (in 18 trainings, as 2 networks are equal to others)",
                new StudyResults("twice", "", 20, rows, results.arrays()).repeated());
    }
}
