package org.idem.laboratory.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GridTest {
    private static Grid grid(boolean convolutional, String axes, List<List<String>> zips) {
        return AxisWords.grid(convolutional, axes, zips);
    }

    private static List<String> points(Grid grid, String... names) {
        return grid.points().stream()
                .map(point -> String.join(
                        " ", List.of(names).stream().map(point.words()::get).toList()))
                .toList();
    }

    @Test
    void theFirstAxisIsTheSlowest() {
        Grid grid = grid(true, "kernel=3,5 depth=1,2,4", List.of());
        assertEquals(List.of("1 3", "1 5", "2 3", "2 5", "4 3", "4 5"), points(grid, "depth", "kernel"));
    }

    @Test
    void zippedAxesWalkTogether() {
        Grid grid = grid(
                false, "depth=1,2 rule=sgd,adam learning-rate=0.1,1e-3", List.of(List.of("learning-rate", "rule")));
        assertEquals(
                List.of("1 sgd 0.1", "1 adam 0.001", "2 sgd 0.1", "2 adam 0.001"),
                points(grid, "depth", "rule", "learning-rate"));
    }

    @Test
    void axesThatAreNotGivenHaveTheirDefaults() {
        assertEquals(
                List.of("1 16 3 same relu no no pytorch 1 adam 0.001 0 no 0 mean all 1 builtin#3 raw raw float32 1"),
                points(
                        grid(true, "", List.of()),
                        StudyAxes.of(true).stream()
                                .filter(axis -> axis != StudyAxes.SIZE)
                                .map(StudyAxis::name)
                                .toArray(String[]::new)));
        assertEquals(List.of("256"), points(grid(false, "", List.of()), "width"));
        assertEquals(
                List.of("sgd 0.01", "adam 0.001"),
                points(grid(true, "rule=sgd,adam", List.of()), "rule", "learning-rate"));
        assertFalse(grid(true, "", List.of()).points().get(0).words().containsKey("size"));
    }

    @Test
    void wordsAreBroughtIntoTheirUsualForm() {
        assertEquals(
                List.of("0.001 20x12", "0.001 14"),
                points(grid(true, "learning-rate=1e-3 size=20x12,14x14", List.of()), "learning-rate", "size"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    kernel=4          |            | --kernel must be an odd number of at least 1, got '4'
                    depth=0           |            | --depth must be a whole number of at least 1, got '0'
                    depth=x           |            | --depth must be a whole number of at least 1, got 'x'
                    momentum=1        |            | --momentum must be a number in [0, 1), got '1'
                    gain=NaN          |            | --gain must be a positive number, got 'NaN'
                    learning-rate=Infinity |       | --learning-rate must be a positive number, got 'Infinity'
                    bias=maybe        |            | --bias must be no or yes, got 'maybe'
                    size=3x4x5        |            | --size must be a side in pixels
                    batch=0           |            | --batch must be 'all' or a whole number of at least 1, got '0'
                    activation=RELU   |            | --activation must be one of linear, relu
                    width=3           |            | --width must be an axis of a cnn; these are depth, channels
                    depth=1,2,1       |            | --depth must name each value once, got 1 twice
                    gain=1,1.0        |            | --gain must name each value once, got 1 twice
                    depth=1,2         | depth      | --zip must name at least two axes
                    depth=1,2         | depth,gain | --zip must name axes that have values, got gain without --gain
                    depth=1,2 gain=1  | depth,gain | --zip walks axes together, which need equally many values, got 2 of depth and 1 of gain
                    depth=1,2 gain=1,2 | depth,depth | --zip must name an axis once, got depth twice
                    depth=1,2 gain=1,2 | depth,width | --zip must name axes of a cnn, got 'width'
                    """)
    void impossibleGridsAreRefusedInOneLine(String axes, String zip, String message) {
        List<List<String>> zips = zip == null ? List.of() : List.of(List.of(zip.split(",")));
        String said = assertThrows(IllegalArgumentException.class, () -> grid(true, axes, zips))
                .getMessage();
        assertTrue(said.startsWith(message), said);
        assertEquals(1, said.lines().count(), said);
    }

    @Test
    void aGridThatNobodyCanTrainIsRefused() {
        String many = String.join(
                ",", IntStream.rangeClosed(1, 400).mapToObj(String::valueOf).toList());
        assertThrows(
                IllegalArgumentException.class,
                () -> grid(true, "depth=" + many + " channels=" + many + " gain=" + many, List.of()));
    }
}
