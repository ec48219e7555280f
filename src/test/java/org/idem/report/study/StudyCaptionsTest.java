package org.idem.report.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.idem.laboratory.StudyResults;
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
            "dash", "An empty cell", "not finite", "numbers below 0", "Images of other sizes", "worse than giving 0");

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
        assertTrue(figure(results, "grid-1").caption().contains("A dash stands where outputs are not finite"));
        assertTrue(figure(results, "heat-1").caption().contains("An empty cell has no trained network"));
        assertTrue(figure(results, "curves-1").caption().contains("outputs are not finite are left out"));
        assertTrue(figure(results, "strips-1").caption().contains("A dash stands where a network has no such layer"));
        assertTrue(figure(results, "growth-1").caption().contains("A dash stands where training had ended"));
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
