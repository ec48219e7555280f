package org.idem.laboratory.prediction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.Stop;
import org.idem.laboratory.plan.Task;
import org.idem.laboratory.result.RunResult;
import org.idem.laboratory.result.StepMeasures;
import org.idem.laboratory.result.TheoryRow;
import org.junit.jupiter.api.Test;

/** What T5 says of networks before training, beside step 0 of networks that are really drawn. */
class InitialOutputsTest {
    private static final int SEEDS = 400;
    /**
     * Deviations by which a mean over so many networks may differ. Squares of outputs have skewed laws, so that a mean
     * that comes out low comes with a deviation that is low as well: of 300,000 means of 400 networks of each case that
     * NumPy drew, with random images, the most skewed (depth 5, shortcuts) reached 5.4 with a probability of 10⁻⁵ and
     * 6.3 at most, and lost a factor of ten with each 0.8. Beyond 7 lie less than 10⁻⁶ of them.
     */
    private static final double DEVIATIONS = 7;

    private final long seed = Long.getLong("idem.laboratory.seed", new SecureRandom().nextInt(1_000_000));

    private static Map<String, String> words(String... pairs) {
        Map<String, String> words = new LinkedHashMap<>(Map.of("size", "3", "width", "9"));
        for (int i = 0; i < pairs.length; i += 2) {
            words.put(pairs[i], pairs[i + 1]);
        }
        return words;
    }

    private static Map<String, TheoryRow> rows(Task task) {
        Map<String, TheoryRow> rows = new LinkedHashMap<>();
        for (TheoryRow row : Predictions.of(new Run(task, 1, new Stop(DrawnRuns.NEVER, 1)), 1)
                .rows()) {
            if (row.measure().startsWith(InitialOutputs.INITIAL)) {
                rows.put(row.measure().substring(InitialOutputs.INITIAL.length()), row);
            }
        }
        return rows;
    }

    private List<StepMeasures> drawn(Task task) throws IOException {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < SEEDS; i++) {
            runs.add(new Run(task, seed + i, new Stop(DrawnRuns.NEVER, 1)));
        }
        return DrawnRuns.train(runs).values().stream()
                .map(RunResult::progress)
                .map(progress -> progress.get(0))
                .toList();
    }

    private void assertMeans(String theorem, Map<String, String> words) throws IOException {
        Task task = DrawnRuns.task(false, words);
        Map<String, TheoryRow> rows = rows(task);
        List<StepMeasures> drawn = drawn(task);
        assertEquals(SEEDS, drawn.size());
        Map<String, ToDoubleFunction<StepMeasures>> measures = Map.of(
                "train_error", StepMeasures::trainError,
                "identity_mse", at -> at.measures().identityMse(),
                "constant_mse", at -> at.measures().constantMse());
        measures.forEach((name, measure) -> {
            assertEquals(theorem, rows.get(name).theorem());
            double mean = drawn.stream().mapToDouble(measure).average().orElseThrow();
            double square = drawn.stream()
                    .mapToDouble(measure)
                    .map(value -> (value - mean) * (value - mean))
                    .average()
                    .orElseThrow();
            assertEquals(
                    rows.get(name).mean(),
                    mean,
                    DEVIATIONS * Math.sqrt(square / SEEDS),
                    name + " of " + words + ", seed " + seed);
        });
    }

    @Test
    void meansAreThoseOfDrawnNetworks() throws IOException {
        System.out.println("InitialOutputsTest: -Didem.laboratory.seed=" + seed);
        assertMeans("T5.moments", words("depth", "1", "activation", "linear"));
        assertMeans("T5.moments", words("depth", "4", "bias", "yes", "input", "standardised"));
        assertMeans("T5.moments", words("depth", "3", "init", "he", "activation", "linear", "width", "20"));
        assertMeans("T5.residual", words("depth", "5", "activation", "linear", "residual", "yes"));
        assertMeans(
                "T5.residual", words("depth", "2", "activation", "linear", "residual", "yes", "input", "standardised"));
    }

    /** At most one network in twenty lies outside, so of 400 no more than 50 do but with probability below 10⁻⁸. */
    @Test
    void rangesHoldMostNetworksAndAreNotMuchTooWide() throws IOException {
        for (Map<String, String> words : List.of(
                words("depth", "3", "init", "gaussian", "activation", "linear", "width", "30"),
                words("depth", "5", "init", "he"))) {
            Task task = DrawnRuns.task(false, words);
            TheoryRow row = rows(task).get("output_norm");
            assertEquals("T5.law", row.theorem());
            double[] norms = drawn(task).stream()
                    .mapToDouble(at -> at.measures().outputNorm())
                    .sorted()
                    .toArray();
            int outside = 0;
            for (double norm : norms) {
                outside += norm < row.low() || norm > row.high() ? 1 : 0;
            }
            BinomialDistribution law = BinomialDistribution.of(SEEDS, 0.05);
            assertTrue(law.survivalProbability(outside) > 1e-8, outside + " outside of " + row + ", seed " + seed);
            // the middle half of the networks must not fill it less than a tenth
            assertTrue(norms[3 * SEEDS / 4] - norms[SEEDS / 4] > 0.1 * (row.high() - row.low()), row + " is wide");
        }
    }

    @Test
    void nothingIsSaidBeyondTheHypotheses() throws IOException {
        assertTrue(rows(DrawnRuns.task(false, words("depth", "3", "activation", "tanh")))
                .isEmpty());
        assertTrue(rows(DrawnRuns.task(false, words("depth", "3", "init", "orthogonal")))
                .isEmpty());
        assertTrue(
                rows(DrawnRuns.task(false, words("depth", "3", "gain", "1e50"))).isEmpty());
        assertTrue(
                rows(DrawnRuns.task(false, words("depth", "3", "residual", "yes")))
                        .isEmpty(),
                "ReLU");
        assertTrue(rows(DrawnRuns.task(
                        false, words("depth", "3", "residual", "yes", "activation", "linear", "bias", "yes")))
                .isEmpty());
        assertTrue(rows(DrawnRuns.task(true, Map.of("depth", "2", "size", "6"))).isEmpty());
        assertEquals(
                4,
                rows(DrawnRuns.task(false, words("depth", "2", "init", "he"))).size());
        assertEquals(3, rows(DrawnRuns.task(false, words("depth", "2"))).size(), "PyTorch draws uniform weights");
    }
}
