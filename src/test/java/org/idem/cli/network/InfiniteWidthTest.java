package org.idem.cli.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.idem.array.Array;
import org.idem.array.NpyFile;
import org.idem.array.Precision;
import org.idem.cli.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code predict … --width infinite} against numbers of src/test/python/infinite_width.py and against one layer. */
class InfiniteWidthTest {
    /** Θ(x, z)/Θ(x, x) over ⟨x, z⟩, of four layers. */
    private static final double SMALL = 0.83237681259390015;

    @TempDir
    Path folder;

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private void save(String name, Array array) throws IOException {
        NpyFile.write(folder.resolve(name), array, Precision.FLOAT64);
    }

    private Array outputs() throws IOException {
        return NpyFile.read(folder.resolve("F.npy"));
    }

    private Run predict(String kind, String... more) {
        List<String> words =
                new ArrayList<>(List.of("predict", kind, "--train", path("X.npy"), "--test", path("Z.npy")));
        words.addAll(List.of("--out", path("F.npy")));
        words.addAll(List.of(more));
        Run run = Run.of(words.toArray(String[]::new));
        assertEquals(0, run.code(), run::toString);
        assertEquals("", run.error());
        return run;
    }

    /** The images of the Python script. */
    private static Array image(int seed, int... shape) {
        Array image = Array.zeros(shape);
        int state = seed;
        for (int i = 0; i < image.length(); i++) {
            state = (state * 75 + 74) % 65537;
            image.values()[i] = state % 17 / 16.0;
        }
        return image;
    }

    /**
     * One step moves what the network says of z by Θ(x, z), which erf without biases makes linear in a small
     * covariance, up to its square: every digit of the covariance reaches the output. By 60 digits of mpmath 1.3.0.
     */
    @Test
    void smallCovariancesKeepTheirDigits() throws IOException {
        save("X.npy", Array.of(new double[] {1, 0}, 1, 2));
        save("Y.npy", Array.of(new double[] {1}, 1, 1));
        for (int power : new int[] {-30, -40, -52}) {
            double small = Math.scalb(1.0, power);
            save("Z.npy", Array.of(new double[] {small, 1}, 1, 2));
            predict(
                    "fcn",
                    "--target",
                    path("Y.npy"),
                    "--width",
                    "infinite",
                    "--depth",
                    "4",
                    "--activation",
                    "erf",
                    "--weight-variance",
                    "1",
                    "--bias-variance",
                    "0",
                    "--steps",
                    "1");
            // the square of the covariance, and rounding of four layers
            assertEquals(SMALL * small, outputs().values()[0], SMALL * small * (small * small + 0x1p-44));
        }
    }

    /** Mean and variance after steps of every kind of method that the script really took, with 40 digits. */
    @Test
    void meanAndVarianceAreThoseOfRealSteps() throws IOException {
        save("X.npy", image(77, 1, 1, 3, 4));
        save("Z.npy", image(4711, 1, 1, 3, 4));
        List<String> lines = Files.readAllLines(Path.of("src/test/resources/infinite-width.csv")).stream()
                .filter(line -> line.startsWith("trained,"))
                .toList();
        assertEquals(4, lines.size());
        for (String line : lines) {
            String[] parts = line.split(";");
            String[] head = parts[0].split(",");
            List<String> words = new ArrayList<>(List.of("--width", "infinite", "--depth", "3", "--kernel", "3"));
            words.addAll(
                    List.of("--bias-variance", "0.25", "--learning-rate", "0.015625", "--variance-out", path("V.npy")));
            words.addAll(List.of("--momentum", head[1], "--weight-decay", head[3], "--steps", head[4]));
            if (head[2].equals("1")) {
                words.add("--nesterov");
            }
            Run run = predict("cnn", words.toArray(String[]::new));
            assertTrue(run.output().contains("learning rate  0.015625\n"), run.output());
            double error = run.number("variance error");
            // three layers round the kernel, four times each, and t steps multiply that by at most 1 + … + t
            int steps = Integer.parseInt(head[4]);
            double ofSteps = 3 * 4 * 0x1p-53 * steps * (steps + 1) / 2;
            double[] variances = NpyFile.read(folder.resolve("V.npy")).values();
            double[] means = outputs().values();
            for (int i = 0; i < means.length; i++) {
                assertEquals(Double.parseDouble(parts[1].split(",")[i]), means[i], ofSteps, line);
                assertEquals(Double.parseDouble(parts[2].split(",")[i]), variances[i], error, line);
            }
            assertTrue(error < 1e-10, run.output());
        }
    }

    /** E f_t(z) = (1 − r_t)·a·x̂ for one example: the digits of the theory of depth. */
    @Test
    void depthTurnsAnglesIntoAQuarter() throws IOException {
        save("X.npy", Array.of(new double[] {3, 4}, 1, 2));
        save("Z.npy", Array.of(new double[] {-4, 3}, 1, 2));
        int[] depths = {2, 5, 10, 20, 100};
        double[] shares = {.1591549431, .2860780994, .3155947449, .3099738402, .2726675878};
        for (int i = 0; i < depths.length; i++) {
            Run run = predict("fcn", "--width", "infinite", "--depth", "" + depths[i]);
            assertArrayEquals(
                    new double[] {3 * shares[i], 4 * shares[i]}, outputs().values(), 4e-10);
            assertTrue(run.output().contains("rank           1 of 1"), run.output());
            assertEquals(0, run.number("cut moved      outputs change by at most"));
            predict("fcn", "--width", "infinite", "--depth", "" + depths[i], "--steps", "1");
            assertArrayEquals(
                    new double[] {3 * shares[i], 4 * shares[i]}, outputs().values(), 4e-10);
        }
        double[] linear = {0.6, 0.8};
        save("X.npy", Array.of(linear, 1, 2));
        save("Z.npy", Array.of(new double[] {1, 0}, 1, 2));
        predict("fcn", "--width", "infinite", "--depth", "40", "--activation", "linear");
        // a layer adds the same number to a sum and rounds it, for both kernels
        assertArrayEquals(new double[] {0.36, 0.48}, outputs().values(), (2 * 40 + 8) * 0x1p-53 * 0.48);
    }

    /** One layer is a linear model: the mean of T1 and T2, weights from 0, rate times σ_w²/fan-in and σ_b². */
    @Test
    void oneLayerIsTheMeanOfT1AndT2() throws IOException {
        for (String padding : List.of("same", "circular")) {
            save("X.npy", image(5, 2, 2, 5, 4));
            save("Z.npy", image(6, 3, 2, 6, 7));
            save("W.npy", Array.zeros(2, 2, 3, 3));
            String[] method = {"--padding", padding, "--momentum", "0.5", "--steps", "40", "--learning-rate"};
            String[] infinite = Arrays.copyOf(method, 12);
            infinite[7] = "0.03125";
            infinite[8] = "--width";
            infinite[9] = "infinite";
            infinite[10] = "--activation";
            infinite[11] = "linear";
            predict("cnn", infinite);
            double[] mean = outputs().values();
            String[] finite = Arrays.copyOf(method, 10);
            finite[7] = "" + 0.03125 / 18;
            finite[8] = "--weights";
            finite[9] = path("W.npy");
            double budget = predict("cnn", finite).number("error budget");
            assertArrayEquals(outputs().values(), mean, budget);
        }
        save("X.npy", image(8, 4, 6));
        save("Z.npy", image(9, 2, 6));
        save("W.npy", Array.zeros(6, 6));
        predict("fcn", "--width", "infinite", "--weight-variance", "3", "--learning-rate", "0.25", "--steps", "9");
        double[] mean = outputs().values();
        double budget = predict("fcn", "--weights", path("W.npy"), "--learning-rate", "0.125", "--steps", "9")
                .number("error budget");
        assertArrayEquals(outputs().values(), mean, budget);
    }

    /** σ_w² = 2¹⁰¹, so large that kernels leave the range of doubles: the scales cancel in the outputs. */
    @Test
    void largeVariancesDoNotOverflow() throws IOException {
        save("X.npy", image(5, 1, 1, 5, 4));
        save("Z.npy", image(6, 1, 1, 5, 4));
        predict("cnn", "--width", "infinite", "--depth", "60", "--steps", "20");
        double[] usual = outputs().values();
        Run run = predict(
                "cnn",
                "--width",
                "infinite",
                "--depth",
                "60",
                "--weight-variance",
                "2535301200456458802993406410752",
                "--steps",
                "20");
        // a power of four times the usual one: no digit changes
        assertArrayEquals(usual, outputs().values());
        assertTrue(run.output().contains("e-1"), run.output());
    }

    /** A variance of exactly 0 whose rounding, in units of 2⁶⁰⁶⁰, is no double: no infinite number is told. */
    @Test
    void errorsBeyondDoublesAreRefused() throws IOException {
        save("X.npy", Array.of(new double[] {1}, 1, 1));
        List<String> words = new ArrayList<>(List.of("predict", "fcn", "--train", path("X.npy"), "--test"));
        words.addAll(List.of(path("X.npy"), "--out", path("F.npy"), "--variance-out", path("V.npy"), "--limit"));
        words.addAll(List.of("--width", "infinite", "--depth", "60", "--activation", "linear"));
        words.addAll(List.of("--bias-variance", "0", "--weight-variance", "2535301200456458802993406410752"));
        Run run = Run.of(words.toArray(String[]::new));
        assertEquals(2, run.code(), run::toString);
        assertTrue(run.error().contains("must leave the errors of the variances within double precision"), run.error());
        assertTrue(Files.notExists(folder.resolve("V.npy")));
    }

    /** A copy of the training image, and nothing at all: no cut decides what becomes of them. */
    @Test
    void duplicatesAndBlanks() throws IOException {
        Array image = image(5, 1, 1, 5, 4);
        save("X.npy", Array.concatenate(List.of(image, image, Array.zeros(1, 1, 5, 4))));
        save("Z.npy", Array.concatenate(List.of(image, Array.zeros(1, 1, 5, 4))));
        Run run = predict("cnn", "--width", "infinite", "--depth", "4", "--variance-out", path("V.npy"));
        double[] outputs = outputs().values();
        double error = run.number("variance error");
        for (int i = 0; i < 20; i++) {
            // the same eigenvectors make both
            assertEquals(image.values()[i], outputs[i], error);
            assertEquals(0, outputs[20 + i]);
            assertEquals(0, NpyFile.read(folder.resolve("V.npy")).values()[i], error);
        }
        assertTrue(
                run.output().contains("rank           20 of 60; 40 eigenvalues of the kernel are not above the cut, "),
                run.output());
    }
}
