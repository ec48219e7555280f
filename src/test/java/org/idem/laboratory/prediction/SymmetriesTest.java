package org.idem.laboratory.prediction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.Stop;
import org.idem.laboratory.plan.Task;
import org.idem.laboratory.result.RunResult;
import org.idem.laboratory.result.TheoryRow;
import org.idem.network.Adam;
import org.idem.training.Trainer;
import org.idem.training.run.Training;
import org.junit.jupiter.api.Test;

/** What T6 says of networks that are really trained. */
class SymmetriesTest {
    private static final int STEPS = 80;

    private static Run run(boolean convolutional, Map<String, String> words) throws IOException {
        return new Run(DrawnRuns.task(convolutional, words), 1, new Stop(DrawnRuns.NEVER, STEPS));
    }

    private static List<TheoryRow> rows(Run run) {
        return Predictions.of(run, STEPS).rows().stream()
                .filter(row -> row.theorem().startsWith("T6."))
                .toList();
    }

    private static final Map<String, String> CIRCULAR = Map.of(
            "depth", "3", "size", "8", "channels", "6", "padding", "circular", "learning-rate", "0.01", "bias", "yes");

    /** All shifts of every test image, by a trained network; the training image's own shifts among them. */
    @Test
    void trainedCircularNetworksStayAboveTheBound() throws IOException {
        Run run = run(true, CIRCULAR);
        TheoryRow row = rows(run).get(0);
        assertEquals("T6.no-memory", row.theorem());
        Task task = run.task();
        double[] target = task.constant().values();
        double mean = 0;
        double square = 0;
        for (double pixel : target) {
            mean += pixel / target.length;
            square += pixel * pixel / target.length;
        }
        // two sums on either side, of as many terms as there are pixels, each term rounded twice before
        assertEquals(square - mean * mean, row.low(), 4 * (target.length + 2) * 0x1p-53 * square);
        try (Training training = new Trainer(run.problem(), Adam.of(0.01), Precision.FLOAT64).start()) {
            training.train(STEPS);
            for (Array image : List.of(task.inputs(), task.tests().get(0).input())) {
                double sum = 0;
                for (int shift = 0; shift < 64; shift++) {
                    double[] moved = new double[64];
                    for (int i = 0; i < 64; i++) {
                        moved[(i / 8 + shift / 8) % 8 * 8 + (i + shift) % 8] = image.values()[i];
                    }
                    double[] output =
                            training.outputs(Array.of(moved, 1, 1, 8, 8)).values();
                    for (int i = 0; i < 64; i++) {
                        sum += (output[i] - target[i]) * (output[i] - target[i]) / 64 / 64;
                    }
                }
                assertTrue(sum >= row.low() * (1 - 1e-12), sum + " below " + row);
            }
        }
    }

    @Test
    void blankImagesAreAnsweredWithNothing() throws IOException {
        for (boolean convolutional : new boolean[] {false, true}) {
            Run run = run(
                    convolutional,
                    Map.of(
                            "depth",
                            "4",
                            "size",
                            "6",
                            convolutional ? "channels" : "width",
                            "5",
                            "learning-rate",
                            "0.01"));
            assertEquals(List.of(new TheoryRow("T6.homogeneous", "blank_output_norm", 0, 0, 0)), rows(run));
            RunResult result = DrawnRuns.train(List.of(run)).get(run.key());
            assertEquals(
                    0,
                    result.images().stream()
                            .filter(image -> image.image().equals("blank"))
                            .mapToDouble(image -> image.measures().outputNorm())
                            .findFirst()
                            .orElseThrow());
        }
    }

    @Test
    void nothingIsSaidBeyondTheHypotheses() throws IOException {
        Map<String, String> zeros = DrawnRuns.with(CIRCULAR, "padding", "same");
        assertEquals(List.of(), rows(run(true, zeros)));
        assertEquals(1, rows(run(true, DrawnRuns.with(zeros, "bias", "no"))).size());
        List<Map<String, String>> silent = new ArrayList<>();
        Map<String, String> plain = new LinkedHashMap<>(Map.of("depth", "2", "size", "4", "width", "4"));
        silent.add(DrawnRuns.with(plain, "bias", "yes"));
        silent.add(DrawnRuns.with(plain, "activation", "tanh"));
        silent.add(DrawnRuns.with(plain, "input", "standardised"));
        for (Map<String, String> words : silent) {
            assertEquals(List.of(), rows(run(false, words)), words + "");
        }
    }
}
