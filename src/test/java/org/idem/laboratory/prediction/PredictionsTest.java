package org.idem.laboratory.prediction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.idem.array.Precision;
import org.idem.laboratory.plan.Rules;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.Stop;
import org.idem.laboratory.plan.Task;
import org.idem.laboratory.result.Measures;
import org.idem.laboratory.result.RunResult;
import org.idem.laboratory.result.TheoryRow;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.theory.ClosedForm;
import org.junit.jupiter.api.Test;

/**
 * Networks of depth 1 that are really trained leave measures in the ranges that were predicted, and not in those of
 * another setting. Ranges are proved, so no seed may fail; -Didem.laboratory.seed=S draws the same configurations.
 */
class PredictionsTest {
    private static final int CONFIGURATIONS = 60;
    /** So early every step shows. */
    private static final int STEPS = 7;
    /** Of the largest stable rate; at halves and quarters two steps of momentum may come to the same. */
    private static final double SHARE = 0.29;

    private final long seed = Long.getLong("idem.laboratory.seed", new SecureRandom().nextLong());
    private final SplittableRandom random = new SplittableRandom(seed);

    @Test
    void measuresOfRandomOneLayerNetworksLieInTheirRanges() throws IOException {
        System.out.println("PredictionsTest: -Didem.laboratory.seed=" + seed);
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < CONFIGURATIONS; i++) {
            boolean convolutional = random.nextBoolean();
            Map<String, String> words = words(convolutional);
            double share = 0.25 + random.nextInt(5) / 8.0;
            runs.add(run(convolutional, words, random.nextInt(200), random.nextLong(1_000_000), share));
        }
        Map<String, RunResult> results = DrawnRuns.train(runs);
        int finite = 0;
        for (Run run : runs) {
            RunResult result = results.get(run.key());
            List<TheoryRow> rows = Predictions.of(run, result.steps()).rows();
            List<TheoryRow> ranges = ranges(rows);
            assertTrue(ranges.size() >= 6, run.line() + " has only the rows " + rows);
            assertEquals(List.of(), outside(rows, result), run.line());
            finite += (int) ranges.stream()
                    .filter(row -> row.high() - row.low() < 1e-3 * (1 + Math.abs(row.mean())))
                    .count();
        }
        // a range that says little would prove little
        assertTrue(finite > CONFIGURATIONS * 4, finite + " narrow ranges, seed " + seed);
    }

    @Test
    void rangesOfAnotherFullyConnectedSettingAreLeft() throws IOException {
        Map<String, String> words =
                Map.of("rule", "sgd", "size", "6", "momentum", "0.75", "precision", "float64", "train", "builtin");
        for (Precision precision : Precision.values()) {
            Map<String, String> here = DrawnRuns.with(words, "precision", precision.toString());
            assertMistakesAreSeen(
                    false,
                    here,
                    Map.of(
                            "momentum", "0.7421875",
                            "loss", "half-sum",
                            "nesterov", "yes",
                            "weight-decay", "0.0625",
                            "input", "standardised",
                            "init", "he",
                            "bias", "yes",
                            "examples", "2"));
        }
    }

    @Test
    void rangesOfAnotherConvolutionalSettingAreLeft() throws IOException {
        Map<String, String> words = new LinkedHashMap<>(Map.of(
                "rule", "sgd", "size", "9", "padding", "valid", "kernel", "3", "momentum", "0.5", "train", "builtin"));
        words.put("input", "standardised");
        assertMistakesAreSeen(
                true,
                words,
                Map.of(
                        "momentum", "0.46875",
                        "loss", "half-sum",
                        "padding", "same",
                        "kernel", "5",
                        "input", "raw",
                        "target", "input",
                        "init", "xavier"));
    }

    /** One example in each step, in order. */
    @Test
    void measuresOfStepsOnOneExampleLieInTheirRanges() throws IOException {
        for (boolean convolutional : new boolean[] {false, true}) {
            for (Precision precision : Precision.values()) {
                Map<String, String> words = new LinkedHashMap<>(
                        Map.of("rule", "sgd", "size", "7", "train", "builtin", "examples", "3", "batch", "1"));
                words.put("precision", precision.toString());
                words.put("learning-rate", convolutional ? "0.002" : "0.01");
                words.put("loss", "half-sum");
                Run run = new Run(
                        DrawnRuns.task(convolutional, words),
                        random.nextLong(1_000_000),
                        new Stop(DrawnRuns.NEVER, STEPS));
                RunResult result = DrawnRuns.train(List.of(run)).get(run.key());
                List<TheoryRow> rows = Predictions.of(run, STEPS).rows();
                assertEquals(
                        8,
                        ranges(rows).stream()
                                .filter(row -> row.theorem().equals(convolutional ? "T2.cyclic" : "T1.cyclic"))
                                .count(),
                        rows + "");
                assertEquals(List.of(), outside(rows, result), "seed " + seed);
                assertFalse(
                        outside(Predictions.of(run, STEPS + 1).rows(), result).isEmpty(), "one step too many");
                Run all = new Run(
                        DrawnRuns.task(convolutional, DrawnRuns.with(words, "batch", "3")), run.seed(), run.stop());
                assertFalse(outside(Predictions.of(all, STEPS).rows(), result).isEmpty(), "all examples in a step");
            }
        }
    }

    private void assertMistakesAreSeen(boolean convolutional, Map<String, String> words, Map<String, String> wrong)
            throws IOException {
        Run run = run(convolutional, words, STEPS, random.nextLong(1_000_000), SHARE);
        RunResult result = DrawnRuns.train(List.of(run)).get(run.key());
        assertEquals(List.of(), outside(Predictions.of(run, STEPS).rows(), result), "seed " + seed);
        assertFalse(
                outside(Predictions.of(run, STEPS + 1).rows(), result).isEmpty(), "one step too many, seed " + seed);
        assertFalse(outside(Predictions.of(run, STEPS - 1).rows(), result).isEmpty(), "one step too few, seed " + seed);
        String rate = run.task().point().words().get("learning-rate");
        wrong.forEach((axis, word) -> {
            try {
                Map<String, String> other = DrawnRuns.with(DrawnRuns.with(words, axis, word), "learning-rate", rate);
                Run mistaken = new Run(DrawnRuns.task(convolutional, other), run.seed(), run.stop());
                List<TheoryRow> rows = Predictions.of(mistaken, STEPS).rows();
                assertFalse(
                        !ranges(rows).isEmpty() && outside(rows, result).isEmpty(),
                        axis + "=" + word + " is not noticed, seed " + seed);
            } catch (IOException failed) {
                throw new java.io.UncheckedIOException(failed);
            }
        });
    }

    @Test
    void nothingIsSaidWhereNoTheoremSpeaks() throws IOException {
        Map<String, String> words = Map.of("size", "6", "rule", "sgd");
        for (UnaryOperator<Map<String, String>> other : List.<UnaryOperator<Map<String, String>>>of(
                given -> DrawnRuns.with(given, "rule", "adam"),
                given -> DrawnRuns.with(given, "depth", "2"),
                given -> DrawnRuns.with(given, "residual", "yes"),
                given -> DrawnRuns.with(given, "learning-rate", "1000"),
                given -> DrawnRuns.with(
                        DrawnRuns.with(DrawnRuns.with(given, "batch", "2"), "examples", "3"), "train", "builtin"),
                given -> DrawnRuns.with(
                        DrawnRuns.with(
                                DrawnRuns.with(DrawnRuns.with(given, "batch", "1"), "momentum", "0.5"),
                                "examples",
                                "2"),
                        "train",
                        "builtin"))) {
            Run run = new Run(DrawnRuns.task(false, other.apply(words)), 1, new Stop(DrawnRuns.NEVER, 5));
            List<TheoryRow> predicted = Predictions.of(run, 5).rows().stream()
                    .filter(row -> !KernelRegime.isOutside(row)
                            && !row.measure().startsWith(InitialOutputs.INITIAL)
                            && !row.theorem().startsWith("T6."))
                    .toList();
            assertEquals(List.of(), predicted, run.line());
        }
    }

    @Test
    void predictionsThatCostMoreThanTrainingAreLeftOut() throws IOException {
        Map<String, String> words = Map.of("size", "16", "rule", "sgd", "learning-rate", "0.001");
        for (String kernel : List.of("11", "13")) {
            Run run = new Run(
                    DrawnRuns.task(true, DrawnRuns.with(words, "kernel", kernel)), 1, new Stop(DrawnRuns.NEVER, 5));
            assertEquals(
                    kernel.equals("13"), ranges(Predictions.of(run, 5).rows()).isEmpty(), run.line());
        }
    }

    /** A random word on every axis that the theorems allow. */
    private Map<String, String> words(boolean convolutional) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("rule", "sgd");
        words.put("size", String.valueOf(3 + random.nextInt(8)));
        words.put("train", "builtin#" + random.nextInt(8));
        if (convolutional) {
            words.put("kernel", one("1", "3", "5"));
            words.put("size", String.valueOf(7 + random.nextInt(6)));
            words.put("padding", one("same", "circular", "valid"));
        }
        words.put("bias", one("no", "yes"));
        words.put("init", one("pytorch", "he", "xavier", "gaussian", "uniform", "orthogonal"));
        words.put("gain", one("1", "0.5", "2"));
        words.put("loss", one("mean", "half-sum", "sum"));
        words.put("input", one("raw", "standardised"));
        words.put("target", one("raw", "input"));
        words.put("precision", one("float32", "float64"));
        words.put("weight-decay", one("0", "0", "0.03125"));
        words.put("momentum", one("0", "0.5", "0.875"));
        if (!words.get("momentum").equals("0")) {
            words.put("nesterov", one("no", "yes"));
        }
        return words;
    }

    private String one(String... words) {
        return words[random.nextInt(words.length)];
    }

    /** A run of so many steps with a share of the largest stable rate. */
    private static Run run(boolean convolutional, Map<String, String> words, int steps, long weights, double share)
            throws IOException {
        Task task = DrawnRuns.task(convolutional, words);
        LinearMethod method = (LinearMethod) Rules.optimizer(task.point());
        LinearProblem problem = LinearProblem.of(new Run(task, weights, new Stop(DrawnRuns.NEVER, steps)).problem());
        double steepest = new ClosedForm(problem).largestCurvature() + method.weightDecay();
        double rate = (float) (share * method.stableProduct() / steepest);
        Task stable = DrawnRuns.task(convolutional, DrawnRuns.with(words, "learning-rate", String.valueOf(rate)));
        return new Run(stable, weights, new Stop(DrawnRuns.NEVER, steps));
    }

    private static List<TheoryRow> ranges(List<TheoryRow> rows) {
        return rows.stream()
                .filter(row -> !row.theorem().contains("law") && !row.theorem().contains("mean-error"))
                .filter(row -> row.theorem().matches("T[12]\\..*") && !Double.isNaN(row.low()))
                .toList();
    }

    /** Measures outside the ranges of a path. */
    private static List<String> outside(List<TheoryRow> rows, RunResult result) {
        Map<String, Double> seen = new LinkedHashMap<>();
        seen.put("train_error", result.trainError());
        double[] measures = result.measures().orElseThrow().values();
        for (int i = 0; i < measures.length; i++) {
            seen.put(Measures.COLUMNS.get(i), measures[i]);
        }
        return ranges(rows).stream()
                .filter(row -> !(seen.get(row.measure()) >= row.low() && seen.get(row.measure()) <= row.high()))
                .map(row -> row + " was " + seen.get(row.measure()))
                .toList();
    }
}
