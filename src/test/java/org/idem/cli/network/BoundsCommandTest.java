package org.idem.cli.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.idem.cli.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bounds} prints where few networks, or none, are trained. */
class BoundsCommandTest {
    /** Half a unit of the last of so many printed digits, over a number that begins with 1. */
    private static final double FOUR_DIGITS = 0.5e-3;

    private static final double THREE_DIGITS = 0.5e-2;

    @TempDir
    Path folder;

    /** The row of the one kernel in each of the three tables, which end with an empty line. */
    private static List<List<String>> tables(Run run) {
        return Stream.of(run.output().split("\\R\\R"))
                .map(table -> table.lines().reduce((before, last) -> last).orElseThrow())
                .map(row -> List.of(row.strip().split("\\s+")))
                .toList();
    }

    /** Columns of the tables, and of their file: what is not known is a dash here and an empty cell there. */
    @Test
    void whatTooFewNetworksDoNotTellIsLeftOut() throws IOException {
        for (int networks : new int[] {0, 1, 2}) {
            Path csv = folder.resolve(networks + ".csv");
            Run run = Run.of(("bounds --train builtin#3 --test builtin#4 --kernels 3 --steps 5 --networks " + networks
                            + " --csv " + csv)
                    .split(" "));
            assertEquals(0, run.code(), run.error());
            List<List<String>> tables = tables(run);
            List<String> cells = tables.get(0);
            List<String> written = List.of(Files.readAllLines(csv).get(1).split(",", -1));
            assertEquals(List.of(9, 6, 8), tables.stream().map(List::size).toList(), run.output());
            run.output().lines().forEach(line -> assertTrue(line.length() <= 90, line));
            assertEquals(20, written.size());
            assertFalse(run.output().contains("NaN") || written.contains("NaN"), run.output());
            assertEquals(networks == 0, cells.get(5).equals("-") && cells.get(8).equals("-"), run.output());
            assertEquals(
                    networks == 0, written.get(8).isEmpty() && written.get(10).isEmpty());
            assertEquals(networks < 2, cells.get(6).equals("-"), run.output());
            assertEquals(networks == 0, tables.get(2).get(7).equals("-"), run.output());
            assertEquals(networks < 2, written.get(9).isEmpty());
        }
    }

    /** The ladder on the screen is that of the file: each bound, and how many times the exact quantile it is. */
    @Test
    void theLadderIsPrintedAndWritten() throws IOException {
        Path csv = folder.resolve("ladder.csv");
        Run run = Run.of(("bounds --train builtin#3 --test builtin#4 --kernels 5 --steps 20 --networks 0 --csv " + csv)
                .split(" "));
        assertEquals(0, run.code(), run.error());
        List<List<String>> tables = tables(run);
        List<String> bounds = tables.get(1);
        List<String> multiples = tables.get(2);
        List<String> names = List.of(Files.readAllLines(csv).get(0).split(","));
        String[] written = Files.readAllLines(csv).get(1).split(",", -1);
        double exact = Double.parseDouble(written[names.indexOf("exact_quantile_95")]);
        double lawError = Double.parseDouble(multiples.get(6));
        assertTrue(lawError >= 0 && lawError < 1e-8, run.output());
        // values are printed with four digits, multiples with three
        Map<String, Integer> places = Map.of("chernoff", 1, "all_images", 2, "paper", 5);
        places.forEach((bound, place) -> {
            double value = Double.parseDouble(written[names.indexOf(bound + "_bound_95")]);
            double tightness = Double.parseDouble(written[names.indexOf("tightness_" + bound)]);
            assertEquals(value / exact, tightness, bound);
            assertEquals(value, Double.parseDouble(bounds.get(place)), FOUR_DIGITS * value, bound);
            assertEquals(tightness, Double.parseDouble(multiples.get(place)), THREE_DIGITS * tightness, bound);
            assertTrue(tightness > 1, bound);
        });
        double image = Double.parseDouble(written[names.indexOf("image_bound_95")]) / exact;
        double uniform = Double.parseDouble(written[names.indexOf("uniform_bound_95")]) / exact;
        assertEquals(image, Double.parseDouble(multiples.get(3)), THREE_DIGITS * image);
        assertEquals(uniform, Double.parseDouble(multiples.get(4)), THREE_DIGITS * uniform);
    }
}
