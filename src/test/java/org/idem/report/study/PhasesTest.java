package org.idem.report.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.idem.laboratory.StudyResults;
import org.idem.laboratory.result.TheoryRow;
import org.junit.jupiter.api.Test;

/** The phase diagram of a study. */
class PhasesTest {
    private static StudySamples samples(Map<String, List<String>> others) {
        Map<String, List<String>> words = new LinkedHashMap<>(Map.of(
                "depth", List.of("2", "4"),
                "kernel", List.of("3", "5"),
                "rule", List.of("sgd"),
                "init", List.of("he"),
                "channels", List.of("4")));
        words.putAll(others);
        return StudySamples.cnn(words);
    }

    private static StudyFigure figure(StudyResults results) throws IOException {
        List<StudyFigure> figures = Phases.of(results);
        assertEquals(1, figures.size());
        return figures.get(0);
    }

    /** Rows of T7.lazy that lie a tenth below what each network does, or far below for those too narrow. */
    private static StudyResults withTheory(StudyResults results, String prefix) {
        return new StudyResults(
                results.name(),
                results.title(),
                results.expected(),
                results.rows().stream()
                        .map(row -> new StudyResults.Row(
                                row.point(),
                                row.seed(),
                                row.result()
                                        .withTheory(List.of(new TheoryRow(
                                                "T7.lazy",
                                                prefix + "identity_correlation",
                                                row.result()
                                                                .measures()
                                                                .orElseThrow()
                                                                .identityCorrelation()
                                                        - 0.125,
                                                Double.NaN,
                                                Double.NaN)))))
                        .toList(),
                results.arrays());
    }

    @Test
    void everyTimeHasAMapOfBothCorrelations() throws IOException {
        StudyFigure figure = figure(samples(Map.of()).results());
        assertEquals(
                List.of(
                        "phases-identity_correlation-30",
                        "phases-constant_correlation-30",
                        "phases-identity_correlation-300",
                        "phases-constant_correlation-300",
                        "phases-identity_correlation-3000",
                        "phases-constant_correlation-3000"),
                figure.pictures().stream().map(StudyFigure.Picture::name).toList());
        for (StudyFigure.Picture picture : figure.pictures()) {
            assertEquals(20 * 2, picture.rows().size());
            for (List<Object> row : picture.rows()) {
                double said = (double) row.get(3);
                assertTrue(said >= -1 && said <= 1, row + "");
            }
        }
    }

    /** Each network stands in one map, at the time nearest to its own. */
    @Test
    void everyNetworkStandsInOneMap() throws IOException {
        StudyFigure figure = figure(samples(Map.of()).results());
        int networks = 0;
        for (StudyFigure.Picture picture : figure.pictures()) {
            if (picture.name().startsWith("phases-identity")) {
                for (List<Object> row : picture.rows()) {
                    networks += (int) row.get(5);
                    assertEquals((int) row.get(5) == 0, row.get(6).equals(""), row + "");
                }
            }
        }
        assertEquals(2 * 2 * 3, networks);
    }

    @Test
    void departuresAreFromWhatTheKernelMakesOfTheSameNetwork() throws IOException {
        for (String prefix : List.of("", "kernel_")) {
            StudyFigure figure = figure(withTheory(samples(Map.of()).results(), prefix));
            StudyFigure.Picture departure = figure.pictures().get(6);
            assertEquals("phases-departure-identity_correlation", departure.name());
            assertEquals(7, figure.pictures().size());
            assertEquals(
                    List.of("0.125"),
                    departure.rows().stream()
                            .map(row -> String.valueOf(Math.rint(1e9 * (double) row.get(2)) / 1e9))
                            .distinct()
                            .collect(Collectors.toList()));
        }
    }

    @Test
    void otherStudiesHaveNone() throws IOException {
        assertEquals(
                List.of(), Phases.of(samples(Map.of("rule", List.of("adam"))).results()));
        assertEquals(List.of(), Phases.of(samples(Map.of("depth", List.of("2"))).results()));
        assertEquals(List.of(), Phases.of(samples(Map.of()).withoutArrays().results()));
        assertEquals(List.of(), Phases.of(samples(Map.of()).diverged().results()));
        assertEquals(
                List.of(),
                Phases.of(StudySamples.fcn(Map.of("depth", List.of("2", "3"))).results()));
    }

    /** Of several widths the widest counts, of other axes the first value. */
    @Test
    void oneFamilyIsShown() throws IOException {
        StudyFigure figure =
                figure(samples(Map.of("channels", List.of("2", "4"), "padding", List.of("same", "circular")))
                        .results());
        assertTrue(figure.caption().contains("proportions of 4 channels"), figure.caption());
    }
}
