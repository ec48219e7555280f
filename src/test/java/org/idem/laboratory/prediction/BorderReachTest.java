package org.idem.laboratory.prediction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.Stop;
import org.idem.laboratory.result.RunResult;
import org.idem.laboratory.result.TheoryRow;
import org.junit.jupiter.api.Test;

/** Deep networks that are really trained do on blank images no better than their depth allows. */
class BorderReachTest {
    private static final int TRIALS = 6;
    private static final int STEPS = 60;

    private final long seed = Long.getLong("idem.laboratory.seed", new SecureRandom().nextLong());
    private final SplittableRandom random = new SplittableRandom(seed);

    @Test
    void trainedNetworksPaintNoBetterThanTheirDepthAllows() throws IOException {
        System.out.println("BorderReachTest: -Didem.laboratory.seed=" + seed);
        for (int trial = 0; trial < TRIALS; trial++) {
            String padding = List.of("same", "circular", "valid").get(trial % 3);
            int depth = 1 + random.nextInt(3);
            Run run = run(Map.of(
                    "depth",
                    String.valueOf(depth),
                    "size",
                    String.valueOf(10 + random.nextInt(5)),
                    "channels",
                    "4",
                    "padding",
                    padding,
                    "bias",
                    "yes",
                    "residual",
                    random.nextBoolean() ? "yes" : "no",
                    "learning-rate",
                    "0.01",
                    "train",
                    "builtin#" + random.nextInt(8)));
            RunResult result = DrawnRuns.train(List.of(run)).get(run.key());
            List<TheoryRow> rows = ofBorders(run, result.steps());
            TheoryRow row = rows.get(rows.size() - 1);
            assertEquals(padding.equals("same") ? "T3.least-depth" : "T3.blank-image", row.theorem());
            double least = row.low() * fitting(result);
            double seen = result.images().stream()
                    .filter(image -> image.group().equals("blank"))
                    .mapToDouble(image -> image.measures().constantMse())
                    .sum();
            assertTrue(seen >= least * (1 - 1e-5), seen + " below " + least + " in " + run.line() + ", seed " + seed);
            if (!padding.equals("same")) {
                double variance = variance(run.task().constant());
                // two sums over all pixels, each of them computed once here and once there
                int roundings = 4 * (run.task().constant().length() + 8);
                assertEquals(variance, least, roundings * 0x1p-53 * variance);
            }
        }
    }

    private static long fitting(RunResult result) {
        return result.images().stream()
                .filter(image -> !Double.isNaN(image.measures().constantMse()))
                .count();
    }

    private static double variance(Array image) {
        double mean = 0;
        double square = 0;
        for (double value : image.values()) {
            mean += value / image.length();
        }
        for (double value : image.values()) {
            square += (value - mean) * (value - mean) / image.length();
        }
        return square;
    }

    @Test
    void theBorderReachesHalfAWindow() throws IOException {
        Run run = run(Map.of("depth", "3", "kernel", "5", "size", "20"));
        TheoryRow border = ofBorders(run, STEPS).get(0);
        assertEquals("border_distance", border.measure());
        assertEquals(6, border.high());
        assertEquals(0, border.low());
        // a network that sees the border from everywhere can paint anything
        assertEquals(
                1,
                ofBorders(run(Map.of("depth", "3", "kernel", "5", "size", "8")), STEPS)
                        .size());
        assertEquals(
                List.of(),
                ofBorders(
                        new Run(
                                DrawnRuns.task(false, Map.of("depth", "9", "size", "4", "width", "8")),
                                1,
                                new Stop(DrawnRuns.NEVER, STEPS)),
                        STEPS));
    }

    /** What T3 says; infinite width has rows of its own. */
    private static List<TheoryRow> ofBorders(Run run, int steps) {
        return Predictions.of(run, steps).rows().stream()
                .filter(row -> row.theorem().startsWith("T3."))
                .toList();
    }

    private static Run run(Map<String, String> words) throws IOException {
        return new Run(DrawnRuns.task(true, words), 1, new Stop(DrawnRuns.NEVER, STEPS));
    }
}
