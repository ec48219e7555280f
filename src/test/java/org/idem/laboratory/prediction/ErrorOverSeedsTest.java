package org.idem.laboratory.prediction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.Stop;
import org.idem.laboratory.plan.Task;
import org.idem.laboratory.result.RunResult;
import org.idem.laboratory.result.TheoryRow;
import org.idem.network.Cnn;
import org.idem.theory.generalisation.KernelBounds;
import org.idem.theory.generalisation.Unlearned;
import org.junit.jupiter.api.Test;

/**
 * 95 of 100 networks lie in the range of the law, by an exact binomial test that rejects a true one with a probability
 * below 10⁻⁷ on each side; -Didem.laboratory.seed=S trains the same networks.
 */
class ErrorOverSeedsTest {
    private static final int NETWORKS = 300;
    private static final int STEPS = 6;
    private static final double LEVEL = 1e-7;
    private static final double UNIT = 0x1p-53;

    private final long seed = Long.getLong("idem.laboratory.seed", new SecureRandom().nextLong());
    private final SplittableRandom random = new SplittableRandom(seed);

    @Test
    void fullyConnectedNetworksHaveTheErrorOfTheLaw() throws IOException {
        Map<String, String> words = Map.of("rule", "sgd", "size", "5", "init", "gaussian", "learning-rate", "0.5");
        assertLaw(false, words, "T1", Map.of("gain", "1.5", "learning-rate", "0.03125"));
    }

    /** Among the test images are some of other sizes. */
    @Test
    void convolutionalNetworksHaveTheErrorOfTheLaw() throws IOException {
        Map<String, String> words = Map.of(
                "rule",
                "sgd",
                "size",
                "8",
                "init",
                "he",
                "learning-rate",
                "0.5",
                "momentum",
                "0.5",
                "padding",
                "valid");
        assertLaw(true, words, "T2", Map.of("gain", "3", "learning-rate", "0.03125", "momentum", "0.9375"));
    }

    private void assertLaw(
            boolean convolutional, Map<String, String> words, String family, Map<String, String> mistakes)
            throws IOException {
        System.out.println("ErrorOverSeedsTest: -Didem.laboratory.seed=" + seed);
        Task task = DrawnRuns.task(convolutional, words);
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < NETWORKS; i++) {
            runs.add(new Run(task, random.nextLong(1L << 40), new Stop(DrawnRuns.NEVER, STEPS)));
        }
        List<Double> errors = DrawnRuns.train(runs).values().stream()
                .map(RunResult::measures)
                .map(measures -> measures.orElseThrow().identityMse())
                .toList();
        TheoryRow law = row(runs.get(0), family + ".law");
        assertTrue(
                isPlausible(law, errors), law + " but " + within(law, errors) + " of " + NETWORKS + ", seed " + seed);
        // one adds squares image by image, the other over all patches: no more of them than pixels times inputs
        int squares = task.network().stages().get(0).map().fanIn()
                * task.tests().stream().mapToInt(test -> test.input().length()).sum();
        assertEquals(row(runs.get(0), family + ".mean-error").mean(), law.mean(), squares * UNIT * law.mean());
        if (convolutional) {
            assertBounds(runs.get(0), law, errors);
        }
        // laws of other configurations are seen not to be this one
        for (Map.Entry<String, String> wrong : mistakes.entrySet()) {
            Task other = DrawnRuns.task(convolutional, DrawnRuns.with(words, wrong.getKey(), wrong.getValue()));
            TheoryRow mistaken = row(new Run(other, 1, new Stop(DrawnRuns.NEVER, STEPS)), family + ".law");
            assertTrue(!isPlausible(mistaken, errors), wrong + " is not noticed, seed " + seed);
        }
    }

    /** At most 5 of 100 errors exceed a bound, as far as the test can tell; the law's own quantile is a lesser one. */
    private void assertBounds(Run run, TheoryRow law, List<Double> errors) throws IOException {
        double image = row(run, "T2.image-bound").high();
        assertTrue(keeps(image, errors), image + " is exceeded too often, seed " + seed);
        assertTrue(!keeps(law.mean(), errors), "a bound as low as the mean is not noticed, seed " + seed);
        double uniform = row(run, "T2.uniform-bound").high();
        assertTrue(keeps(uniform, errors), uniform + " is exceeded too often, seed " + seed);
        OneLayer layer = OneLayer.of(run).orElseThrow();
        Cnn cnn = (Cnn) layer.problem().map();
        Unlearned unlearned =
                Unlearned.inTheLimit(layer.design()).after(layer.problem().lossScale(), layer.method(), STEPS);
        double variance = Run.initialization(run.task().point()).weightVariance(cnn);
        double brightest = run.task().tests().stream()
                .flatMapToDouble(test -> Arrays.stream(test.input().values()))
                .map(Math::abs)
                .max()
                .orElseThrow();
        List<KernelBounds> bounds = run.task().tests().stream()
                .map(test -> KernelBounds.of(unlearned, cnn, test.input(), variance, 0.05, brightest))
                .toList();
        // by far: what all patches show of one direction is not what the largest one shows
        assertTrue(image < mean(bounds, KernelBounds::imageBound), "seed " + seed);
        assertTrue(image > mean(bounds, KernelBounds::meanError), "seed " + seed);
        assertEquals(bounds.get(0).uniformBound(), uniform);
    }

    private static double mean(List<KernelBounds> bounds, ToDoubleFunction<KernelBounds> figure) {
        return bounds.stream().mapToDouble(figure).average().orElseThrow();
    }

    private static boolean keeps(double bound, List<Double> errors) {
        int seen = (int) errors.stream().filter(error -> error <= bound).count();
        return BinomialDistribution.of(NETWORKS, 0.95).cumulativeProbability(seen) >= LEVEL;
    }

    private static boolean isPlausible(TheoryRow law, List<Double> errors) {
        BinomialDistribution inside = BinomialDistribution.of(NETWORKS, 0.95);
        int seen = within(law, errors);
        return inside.cumulativeProbability(seen) >= LEVEL && inside.survivalProbability(seen - 1) >= LEVEL;
    }

    private static int within(TheoryRow law, List<Double> errors) {
        return (int) errors.stream()
                .filter(error -> error >= law.low() && error <= law.high())
                .count();
    }

    private static TheoryRow row(Run run, String theorem) {
        return Predictions.of(run, STEPS).rows().stream()
                .filter(row -> row.theorem().equals(theorem))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void lawsNeedTheIdentityTaskAndWeightsThatTheySpeakOf() throws IOException {
        Map<String, String> words = Map.of("rule", "sgd", "size", "5", "init", "he", "learning-rate", "0.1");
        assertEquals(List.of("T1.mean-error", "T1.law"), overSeeds(words));
        assertEquals(List.of(), overSeeds(DrawnRuns.with(words, "init", "orthogonal")));
        assertEquals(List.of(), overSeeds(DrawnRuns.with(words, "input", "standardised")));
        assertEquals(List.of(), overSeeds(DrawnRuns.with(words, "weight-decay", "0.1")));
        assertEquals(List.of(), overSeeds(DrawnRuns.with(words, "bias", "yes")));
        assertEquals(List.of("T1.mean-error"), overSeeds(DrawnRuns.with(words, "init", "pytorch")));
        assertEquals(
                List.of("T1.mean-error"),
                overSeeds(DrawnRuns.with(DrawnRuns.with(words, "init", "pytorch"), "bias", "yes")));
    }

    private static List<String> overSeeds(Map<String, String> words) throws IOException {
        Run run = new Run(DrawnRuns.task(false, words), 1, new Stop(DrawnRuns.NEVER, STEPS));
        return Predictions.of(run, STEPS).rows().stream()
                .map(TheoryRow::theorem)
                .filter(theorem -> theorem.matches("T[12]\\.(law|mean-error)"))
                .toList();
    }
}
