package org.idem.laboratory.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.idem.array.Array;
import org.idem.array.SquaredErrors;
import org.idem.laboratory.plan.AxisWords;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.Stop;
import org.idem.laboratory.plan.Study;
import org.idem.laboratory.result.Ending;
import org.idem.laboratory.result.LayerMeasures;
import org.idem.laboratory.result.Measures;
import org.idem.laboratory.result.RunResult;
import org.idem.laboratory.result.StepMeasures;
import org.idem.laboratory.result.Timeless;
import org.idem.training.run.ResumableTraining;
import org.junit.jupiter.api.Test;

class StudyRunnerTest {
    private static List<Run> runs(boolean convolutional, String axes, int seeds, Stop stop) throws IOException {
        return new Study("s", AxisWords.grid(convolutional, axes), 1, seeds, stop, null).runs();
    }

    private static Map<String, Trained> trained(List<Run> runs) throws IOException {
        Map<String, Trained> kept = new ConcurrentHashMap<>();
        StudyRunner.train(runs, (run, trained) -> kept.put(run.key(), trained), (done, all, share) -> {});
        return kept;
    }

    private static RunResult result(boolean convolutional, String axes, Stop stop) throws IOException {
        List<Run> runs = runs(convolutional, axes, 1, stop);
        return trained(runs).get(runs.get(0).key()).result();
    }

    @Test
    void aRunDependsNeitherOnItsNeighboursNorOnTheOrder() throws IOException {
        List<Run> runs = new ArrayList<>(runs(true, "size=7 depth=1,2 channels=3,4", 2, new Stop(1e-4, 30)));
        Map<String, Trained> together = trained(runs);
        Collections.reverse(runs);
        Map<String, Trained> backwards = trained(runs);
        for (Run run : runs) {
            Trained alone = new RunTraining(run).train();
            for (Trained other : List.of(together.get(run.key()), backwards.get(run.key()))) {
                assertTrue(Timeless.of(alone.result()).equals(Timeless.of(other.result())), run.line());
                assertTrue(alone.arrays().equals(other.arrays()), run.line());
            }
        }
    }

    @Test
    void equalNetworksAreTrainedOnce() throws IOException {
        AtomicInteger kept = new AtomicInteger();
        List<Double> shares = Collections.synchronizedList(new ArrayList<>());
        StudyRunner.train(
                runs(false, "size=4 depth=1 width=8,16,32", 2, new Stop(1e-4, 5)),
                (run, trained) -> kept.incrementAndGet(),
                (done, all, share) -> {
                    assertEquals(2, all);
                    shares.add(share);
                });
        assertEquals(2, kept.get());
        assertEquals(1, shares.get(1));
    }

    /** Training ends before the first step at whose start the error is small enough, never later. */
    @Test
    void trainingEndsAsSoonAsTheErrorIsSmallEnough() throws IOException {
        Run run = runs(true, "size=7 depth=2 channels=4 learning-rate=0.01", 1, new Stop(0.05, 500))
                .get(0);
        RunResult result = new RunTraining(run).train().result();
        assertEquals(Ending.CONVERGED, result.ending());
        assertTrue(result.trainError() <= 0.05);
        double meanSquare = 0;
        for (double target : run.task().targets().values()) {
            meanSquare += target * target / run.task().targets().length();
        }
        try (ResumableTraining training = RunTraining.trainer(run).start()) {
            for (int step = 0; step < result.steps(); step++) {
                double before = training.step();
                assertTrue(before / meanSquare > 0.05, "step " + step);
            }
            // the loss is the mean square of the residuals, in 24 bits
            assertEquals(training.loss() / meanSquare, result.trainError(), result.trainError() * 0x1p-40);
        }
    }

    @Test
    void theLastStepAllowedEndsTraining() throws IOException {
        RunResult result = result(true, "size=7 depth=2", new Stop(1e-9, 12));
        assertEquals(Ending.MOST_STEPS, result.ending());
        assertEquals(12, result.steps());
        assertEquals(
                List.of(0, 1, 4, 12),
                result.progress().stream().map(StepMeasures::step).toList());
        RunResult untrained = result(true, "size=7 depth=2", new Stop(1e-9, 0));
        assertEquals(0, untrained.steps());
        assertFalse(untrained.images().isEmpty());
    }

    @Test
    void divergenceIsAnOutcome() throws IOException {
        // three factors of some 1e28 leave single precision, and no unit can die
        RunResult result =
                result(true, "size=7 depth=3 activation=linear rule=sgd learning-rate=1e30", new Stop(1e-4, 100));
        assertEquals(Ending.DIVERGED, result.ending());
        assertTrue(result.images().isEmpty());
    }

    /** As all measures of the row; the loss that showed the divergence was that of the step before. */
    @Test
    void divergedNetworksHaveTheErrorThatTheyEndedWith() throws IOException {
        for (String line : List.of(
                "size=5 depth=1 rule=sgd loss=sum learning-rate=10",
                "size=5 depth=1 rule=sgd loss=sum learning-rate=10 train=builtin examples=6 batch=1")) {
            RunResult result = result(false, line, new Stop(1e-4, 60));
            assertEquals(Ending.DIVERGED, result.ending());
            StepMeasures last = result.progress().get(result.progress().size() - 1);
            assertEquals(result.steps(), last.step());
            // a loss on one example is summed in single precision
            assertEquals(last.trainError(), result.trainError(), 0x1p-20 * result.trainError(), line);
        }
    }

    /** The drawn image of a smaller size is left out where the network would leave nothing of it. */
    @Test
    void drawnTestsFitTheNetwork() throws IOException {
        RunResult small = result(true, "size=6 padding=valid kernel=5 depth=1", new Stop(1e-4, 2));
        RunResult large = result(true, "size=9 padding=valid kernel=5 depth=1", new Stop(1e-4, 2));
        assertEquals(large.images().size() - 1, small.images().size());
        assertTrue(small.images().stream().noneMatch(image -> image.image().equals("smaller")));
        assertTrue(large.images().stream().anyMatch(image -> image.image().equals("smaller")));
    }

    @Test
    void batchesEndByTheErrorOfAllExamples() throws IOException {
        RunResult result = result(
                false,
                "train=builtin size=4 examples=5 batch=2 depth=1 rule=sgd learning-rate=0.3",
                new Stop(0.3, 600));
        assertEquals(Ending.CONVERGED, result.ending());
        assertEquals(0, result.steps() % 3, "cycles of three steps");
    }

    /** Untrained and trained, one for each layer, of the image that rows of layers name first. */
    @Test
    void readoutsOfLayersAreKept() throws IOException {
        for (boolean convolutional : new boolean[] {false, true}) {
            Run run =
                    runs(convolutional, "size=7 depth=2", 1, new Stop(1e-4, 9)).get(0);
            Trained trained = new RunTraining(run).train();
            int image = 0;
            for (LayerMeasures row : trained.result().layers()) {
                String name = "layer-" + row.layer() + (row.trained() ? "-trained" : "-untrained");
                Array read = trained.arrays().get(name);
                String first = trained.result().layers().get(0).image();
                if (row.image().equals(first)) {
                    Array input = run.task().tests().stream()
                            .filter(test -> test.name().equals(first))
                            .findFirst()
                            .orElseThrow()
                            .input()
                            .slice(0);
                    assertArrayEquals(input.shape(), read.shape());
                    double missed =
                            SquaredErrors.mean(read, input) / SquaredErrors.mean(input, Array.zeros(input.shape()));
                    // squares and their sums round once each, on both sides
                    assertEquals(missed, row.inputError(), 8 * (input.length() + 8) * 0x1p-53 * row.inputError(), name);
                    image++;
                }
            }
            assertEquals(4, image);
        }
    }

    @Test
    void theLastLookIsThatOfTheTrainedNetwork() throws IOException {
        Run run = runs(true, "size=7 depth=2", 1, new Stop(1e-4, 9)).get(0);
        Trained trained = new RunTraining(run).train();
        RunResult result = trained.result();
        Array growth = trained.arrays().get("growth");
        assertEquals(result.progress().size(), growth.size(0));
        Array last = growth.slices(growth.size(0) - 1, growth.size(0));
        double[] outputs = last.values();
        double[] target = run.task().targets().values();
        double square = 0;
        double size = 0;
        for (int i = 0; i < target.length; i++) {
            square += (outputs[i] - target[i]) * (outputs[i] - target[i]);
            size += target[i] * target[i];
        }
        assertEquals(square / size, result.trainError(), square / size * 0x1p-20);
        for (int i = 0; i < result.images().size(); i++) {
            assertEquals(
                    result.images().get(i).measures().outputNorm(),
                    Measures.of(
                                    trained.arrays().get("output-" + i),
                                    run.task().tests().get(i).target().slice(0),
                                    run.task().constant().slice(0))
                            .outputNorm());
        }
    }

    @Test
    void whatCannotBeKeptEndsTheStudy() throws IOException {
        List<Run> runs = runs(true, "size=5 depth=1", 8, new Stop(1e-4, 1));
        AtomicInteger tried = new AtomicInteger();
        IOException thrown = assertThrows(
                IOException.class,
                () -> StudyRunner.train(
                        runs,
                        (run, trained) -> {
                            tried.incrementAndGet();
                            throw new IOException("disk full");
                        },
                        (done, all, share) -> {}));
        assertEquals("disk full", thrown.getMessage());
        assertTrue(tried.get() <= Runtime.getRuntime().availableProcessors());
    }
}
