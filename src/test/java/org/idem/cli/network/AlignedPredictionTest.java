package org.idem.cli.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.array.NpyFile;
import org.idem.array.NpzFile;
import org.idem.array.Precision;
import org.idem.cli.Run;
import org.idem.theory.linear.AlignedLayers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code predict} for deep linear networks against {@code train} with the same arguments. */
class AlignedPredictionTest {
    private static final int[] WIDTHS = {7, 5, 12, 6};

    @TempDir
    Path folder;

    private final SplittableRandom random = new SplittableRandom(20261127);

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private void save(String name, Array array) throws IOException {
        NpyFile.write(folder.resolve(name), array, Precision.FLOAT64);
    }

    private Array drawn(int... shape) {
        Array array = Array.zeros(shape);
        for (int i = 0; i < array.length(); i++) {
            array.values()[i] = random.nextDouble(-1, 1);
        }
        return array;
    }

    private void saveLayers(String name, List<Array> weights) throws IOException {
        Map<String, NpyFile.Content> members = new LinkedHashMap<>();
        for (int layer = 0; layer < weights.size(); layer++) {
            members.put(layer + ".weight", new NpyFile.Content(weights.get(layer), Precision.FLOAT64));
        }
        NpzFile.write(folder.resolve(name), members);
    }

    /** An example, its target, test inputs, and layers that are aligned with them. */
    @BeforeEach
    void data() throws IOException {
        List<double[]> directions = new ArrayList<>();
        List<Array> across = new ArrayList<>();
        for (int layer = 0; layer < WIDTHS.length; layer++) {
            directions.add(drawn(WIDTHS[layer]).values());
            if (layer > 0) {
                across.add(drawn(WIDTHS[layer], WIDTHS[layer - 1]));
            }
        }
        AlignedLayers layers = AlignedLayers.of(directions, across);
        save("X.npy", Array.of(directions.get(0), 1, WIDTHS[0]));
        save("Y.npy", Array.of(directions.get(3), 1, WIDTHS[3]));
        save("Z.npy", drawn(4, WIDTHS[0]));
        List<Array> small = layers.across().stream()
                .map(matrix -> {
                    Array half = Array.zeros(matrix.shape());
                    for (int i = 0; i < half.length(); i++) {
                        half.values()[i] = matrix.values()[i] / 4;
                    }
                    return half;
                })
                .toList();
        saveLayers("W.npz", new AlignedLayers(layers.directions(), small).weights(new double[] {1.25, 0.75, 1}, 1));
        saveIdentities("identities.npz", 0.75, 4, 5);
        save("image.npy", drawn(1, 5));
        save("images.npy", drawn(3, 5));
    }

    private void saveIdentities(String name, double a, int depth, int side) throws IOException {
        List<Array> weights = new ArrayList<>();
        for (int layer = 0; layer < depth; layer++) {
            Array weight = Array.zeros(side, side);
            for (int i = 0; i < side; i++) {
                weight.values()[i * side + i] = a;
            }
            weights.add(weight);
        }
        saveLayers(name, weights);
    }

    private Run run(String command, String line, String out) {
        List<String> words = new ArrayList<>(List.of(command, "fcn", "--out", path(out)));
        for (String word : line.split(" ")) {
            words.add(word.replace("@", folder + "/"));
        }
        return Run.of(words.toArray(String[]::new));
    }

    private Array predicted(String line) throws IOException {
        Run run = run("predict", line, "F.npy");
        assertEquals(0, run.code(), run::toString);
        assertEquals("", run.error());
        return NpyFile.read(folder.resolve("F.npy"));
    }

    private static double farthest(Array a, Array b) {
        double farthest = 0;
        for (int i = 0; i < a.length(); i++) {
            farthest = Math.max(farthest, Math.abs(a.values()[i] - b.values()[i]));
        }
        return farthest;
    }

    @ParameterizedTest
    @CsvSource({
        "--steps 0,1e-11",
        "--steps 300 --learning-rate 0.1,1e-9",
        "--steps 300 --learning-rate 0.1 --weight-decay 0.05 --loss mean,1e-9",
        "--steps 300 --learning-rate 0.02 --momentum 0.9,1e-5",
        "--steps 300 --learning-rate 0.02 --momentum 0.9 --weight-decay 0.1,1e-5",
        "--steps 300 --learning-rate 0.02 --momentum 0.9 --nesterov,1e-5",
        "--steps 300 --learning-rate 0.02 --momentum 0.5 --nesterov --weight-decay 0.1 --loss sum,1e-5",
        "--steps 40 --learning-rate 0.1 --precision float32,1e-2"
    })
    void outputsAreThoseOfTraining(String method, double most) throws IOException {
        String data = "--train @X.npy --target @Y.npy --test @Z.npy --weights @W.npz ";
        Run prediction = run("predict", data + method, "F.npy");
        assertEquals(0, prediction.code(), prediction::toString);
        Run training = run("train", data + "--activation linear " + method, "T.npy");
        assertEquals(0, training.code(), training::toString);
        double budget = prediction.number("error budget");
        double off = farthest(NpyFile.read(folder.resolve("F.npy")), NpyFile.read(folder.resolve("T.npy")));
        assertTrue(off <= budget, off + " is beyond the budget " + budget);
        assertTrue(budget < most, "the budget says little: " + budget);
    }

    /** From aI the limit of stability is ηc‖x̂‖²L = 2. */
    @Test
    void theLimitOfStabilityHoldsTheDepth() throws IOException {
        Array image = NpyFile.read(folder.resolve("image.npy"));
        double square = 0;
        for (double pixel : image.values()) {
            square += pixel * pixel;
        }
        String data = "--train @image.npy --test @images.npy --weights @identities.npz --learning-rate ";
        Array limit = predicted(data + 1.95 / (4 * square));
        Array images = NpyFile.read(folder.resolve("images.npy"));
        double fourth = Math.pow(0.75, 4);
        double[] expected = new double[limit.length()];
        for (int row = 0; row < 3; row++) {
            double along = 0;
            for (int i = 0; i < 5; i++) {
                along += image.values()[i] * images.values()[row * 5 + i] / square;
            }
            for (int i = 0; i < 5; i++) {
                double parallel = along * image.values()[i];
                expected[row * 5 + i] = parallel + fourth * (images.values()[row * 5 + i] - parallel);
            }
        }
        assertArrayEquals(expected, limit.values(), 1e-12);
        String wild = data + 2.05 / (4 * square);
        Run refused = run("predict", wild + " --limit", "F.npy");
        assertEquals(2, refused.code(), refused::toString);
        assertTrue(refused.error().contains("must have a path that comes to rest"), refused.error());
        Array trained = NpyFile.read(folder.resolve("F.npy"));
        assertArrayEquals(limit.values(), trained.values());
        for (int steps : new int[] {2000, 2001}) {
            Run prediction = run("predict", wild + " --steps " + steps, "F.npy");
            assertEquals(0, prediction.code(), prediction::toString);
            run("train", wild + " --activation linear --steps " + steps, "T.npy");
            trained = NpyFile.read(folder.resolve("T.npy"));
            assertTrue(farthest(NpyFile.read(folder.resolve("F.npy")), trained) <= prediction.number("error budget"));
            assertTrue(farthest(trained, limit) > 1e-3, "training converged");
        }
    }

    @Test
    void agreeingDescriptionsAreAccepted() throws IOException {
        String data = "--train @image.npy --test @images.npy --weights @identities.npz --steps 7 ";
        Array plain = predicted(data);
        assertArrayEquals(
                plain.values(),
                predicted(data + "--depth 4 --width 5 --activation linear --residual no")
                        .values());
    }

    @Test
    void decayLeavesTheLimitOfTheRecursion() throws IOException {
        String method = "--learning-rate 0.1 --weight-decay 0.2 --momentum 0.5";
        String data = "--train @image.npy --test @images.npy --weights @identities.npz " + method;
        assertTrue(farthest(predicted(data), predicted(data + " --steps 9000")) < 1e-12);
    }

    @Test
    void whatStillMovesIsUndecided() {
        String data = "--train @image.npy --test @images.npy --weights @identities.npz --learning-rate 1e-7";
        Run run = run("predict", data, "F.npy");
        assertEquals(4, run.code(), run::toString);
        assertTrue(run.error().contains("idem: --limit: the layers still move after"), run.error());
    }
}
