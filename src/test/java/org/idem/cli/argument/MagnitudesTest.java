package org.idem.cli.argument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.idem.array.Array;
import org.idem.array.NpyFile;
import org.idem.array.Precision;
import org.idem.cli.Run;
import org.idem.cli.terminal.BadInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where numbers are accepted, predict and train agree within the printed budget, and the budget is small: at both ends
 * of the range, for a finite time, for none and in the limit.
 */
class MagnitudesTest {
    /** Relative to the largest output; what is lost by underflow would be all of it. */
    private static final double SMALL = 0x1p-8;

    @TempDir
    Path folder;

    private String save(String name, double scale, double[] values, int... shape) throws IOException {
        Path file = folder.resolve(name);
        double[] scaled = Arrays.stream(values).map(value -> scale * value).toArray();
        NpyFile.write(file, Array.of(scaled, shape), Precision.FLOAT64);
        return file.toString();
    }

    private void agree(List<String> arguments, String told) throws IOException {
        List<String> words = new ArrayList<>(List.of("predict"));
        words.addAll(arguments);
        words.addAll(List.of("--out", folder.resolve("P.npy").toString()));
        Run predict = Run.of(words.toArray(String[]::new));
        words.set(0, "train");
        words.set(words.size() - 1, folder.resolve("T.npy").toString());
        Run train = Run.of(words.toArray(String[]::new));
        assertEquals(0, predict.code(), told + predict.error());
        assertEquals(0, train.code(), told + train.error());
        double[] predicted = NpyFile.read(folder.resolve("P.npy")).values();
        double[] trained = NpyFile.read(folder.resolve("T.npy")).values();
        double budget = predict.number("error budget");
        double largest = Arrays.stream(predicted).map(Math::abs).max().orElseThrow();
        assertTrue(largest > 0 && budget <= SMALL * largest, told + budget + " for outputs of " + largest);
        for (int i = 0; i < predicted.length; i++) {
            double off = Math.abs(trained[i] - predicted[i]);
            assertTrue(off <= budget, told + off + " > " + budget);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "float64, -199, 60", "float64, -199, -239", "float64, 0, -239", "float64, 239, 239", "float64, 0, 239",
        "float64, -199, 0", "float64, 239, -239", "float64, -120, 60", "float32, -47, 0", "float32, -47, -60",
        "float32, 0, -99", "float32, 40, 20"
    })
    void predictAndTrainAgree(String precision, int inputs, int outputs) throws IOException {
        double[] x = {1, 0.5, -0.75, 0.25, 1, 1.5};
        double[] y = {1, -0.5, 0.25, 0.75};
        // weights make the untrained outputs as large as the targets, or as large as the range lets them be
        int least = precision.equals("float32") ? -99 : -239;
        int most = precision.equals("float32") ? 120 : 239;
        double scale = Math.scalb(1.0, Math.max(least, Math.min(most, outputs - inputs)));
        double[] w = {0.5, -0.25, 1, 1, 0.75, -0.5};
        List<String> arguments = new ArrayList<>(List.of(
                "fcn",
                "--precision",
                precision,
                "--train",
                save("X.npy", Math.scalb(1.0, inputs), x, 2, 3),
                "--test",
                save("Z.npy", Math.scalb(1.0, inputs), new double[] {1, 1, 1, -0.5, 1, 0.75}, 2, 3),
                "--target",
                save("Y.npy", Math.scalb(1.0, outputs), y, 2, 2),
                "--weights",
                save("W.npy", scale, w, 2, 3)));
        for (List<String> horizon : List.of(List.of("--steps", "0"), List.of("--steps", "40"), List.of("--limit"))) {
            for (List<String> method : List.of(List.<String>of(), List.of("--momentum", "0.5", "--nesterov"))) {
                List<String> all = new ArrayList<>(arguments);
                all.addAll(horizon);
                all.addAll(method);
                agree(all, precision + " 2^" + inputs + " 2^" + outputs + " " + horizon + method + ": ");
            }
        }
    }

    /** A single small number among larger ones is no reason to refuse, and does no harm. */
    @Test
    void smallNumbersAmongLargerOnesAreFine() throws IOException {
        for (double small : new double[] {1e-30, 1e-170, 1e-310}) {
            String x = save("X.npy", 1, new double[] {1, small, 0.5}, 1, 3);
            String w = save("W.npy", 1, new double[] {0.5, 1, small}, 1, 3);
            String y = save("Y.npy", 1, new double[] {0.75}, 1, 1);
            for (List<String> horizon : List.of(List.of("--steps", "7"), List.of("--limit"))) {
                List<String> all =
                        new ArrayList<>(List.of("fcn", "--train", x, "--test", x, "--target", y, "--weights", w));
                all.addAll(horizon);
                agree(all, small + " " + horizon + ": ");
            }
        }
    }

    /** Each number is looked at once: all pairs of 200,000 examples would take hours. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void manyExamplesAreLookedAtInNoTime() {
        Array targets = Array.zeros(200_000, 5);
        targets.values()[targets.length() - 1] = 1e-300;
        BadInput told = assertThrows(
                BadInput.class, () -> Magnitudes.checkOutputs(Array.zeros(5, 2), null, targets, Precision.FLOAT64));
        assertTrue(told.getMessage().contains("got at most 1.0E-300 for output 4"), told.getMessage());
    }
}
