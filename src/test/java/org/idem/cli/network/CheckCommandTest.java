package org.idem.cli.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.array.NpyFile;
import org.idem.array.Precision;
import org.idem.cli.Run;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code idem check} on networks that {@code idem train} has trained. */
class CheckCommandTest {
    @TempDir
    Path folder;

    @BeforeEach
    void data() throws IOException {
        save("X", 1, 3, 8);
        save("W", 2, 8, 8);
    }

    private void save(String name, long seed, int... shape) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        Array array = Array.zeros(shape);
        for (int at = 0; at < array.length(); at++) {
            array.values()[at] = 2 * random.nextDouble() - 1;
        }
        NpyFile.write(folder.resolve(name + ".npy"), array, Precision.FLOAT32);
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private void train(String... settings) {
        List<String> words = new ArrayList<>(List.of("train", "fcn", "--train", file("X.npy"), "--weights"));
        words.addAll(List.of(file("W.npy"), "--test", file("X.npy"), "--out", file("F.npy")));
        words.addAll(List.of("--weights-out", file("WT.npy")));
        words.addAll(List.of(settings));
        assertEquals(0, Run.of(words.toArray(String[]::new)).code());
    }

    private Run check(String... settings) {
        List<String> words = new ArrayList<>(List.of("check", "fcn", "--train", file("X.npy"), "--weights"));
        words.addAll(List.of(file("W.npy"), "--trained", file("WT.npy")));
        words.addAll(List.of(settings));
        return Run.of(words.toArray(String[]::new));
    }

    @Test
    void confirmsWhatIsTrueInEitherPrecision() {
        for (String precision : List.of("float32", "float64")) {
            train("--precision", precision, "--loss", "sum", "--learning-rate", "0.02", "--steps", "50");
            Run run = check("--loss", "sum", "--learning-rate", "0.02", "--steps", "50");
            assertEquals(0, run.code(), run.output() + run.error());
            assertTrue(run.output().contains("verdict        confirmed"), run.output());
            assertTrue(run.output().contains("precision      " + precision + "\n"), run.output());
            String alarm = precision.equals("float64")
                    ? "none: rounding alone refutes no"
                    : "with probability below 2e-6 for a";
            assertTrue(run.output().contains("false alarm    " + alarm + " network"), run.output());
        }
    }

    /** With one example and the default rate, a heavy ball is at its limit after one step, and flies on. */
    @Test
    void confirmsLimitsThatMomentumSwingsThrough() throws IOException {
        save("X", 1, 1, 8);
        for (String momentum : List.of("0.5", "0.9")) {
            train("--momentum", momentum, "--limit", "--precision", "float64");
            Run run = check("--momentum", momentum, "--limit");
            assertEquals(0, run.code(), run.output() + run.error());
        }
    }

    /** Of a blank image only the decay moves weights: here 1e-30 of them, which float32 soon rounds to nothing. */
    @Test
    void confirmsDecayThatUnderflows() throws IOException {
        NpyFile.write(folder.resolve("X.npy"), Array.zeros(1, 8), Precision.FLOAT32);
        String[] settings = {
            "--weight-decay", "1e-30", "--learning-rate", "4e29", "--steps", "500", "--precision", "float32"
        };
        train(settings);
        Run run = check(settings);
        assertEquals(0, run.code(), run.output() + run.error());
    }

    @Test
    void refutesAndSaysWhy() throws IOException {
        train("--learning-rate", "0.1", "--steps", "50");
        Path json = folder.resolve("r.json");
        Path report = folder.resolve("report");
        Run run = check(
                "--learning-rate", "0.1", "--steps", "51", "--json", json.toString(), "--report", report.toString());
        assertEquals(3, run.code(), run.output() + run.error());
        assertTrue(
                run.output().contains("likeliest      steps: there were 50 steps, not 51; then every"), run.output());
        assertTrue(run.output().contains("outputs        Of 8 output units, 8 have a parameter beyond"), run.output());
        assertTrue(run.output().lines().noneMatch(line -> line.endsWith(" ")), run.output());
        JsonNode result = new ObjectMapper().readTree(json.toFile());
        assertEquals(2, result.get("schema").asInt());
        assertEquals("refuted", result.get("verdict").asText());
        assertEquals("steps", result.get("cause").get("kind").asText());
        assertTrue(result.get("cause").get("explains").asBoolean());
        assertEquals(51, result.get("settings").get("steps").asInt());
        assertEquals(8, result.get("outputs").size());
        assertEquals("all parameters", result.get("parts").get(0).get("name").asText());
        assertTrue(result.get("parts").get(0).get("ratio").asDouble() > 1);
        String page = Files.readString(report.resolve("index.html"));
        assertTrue(page.contains("there were 50 steps, not 51"));
        assertTrue(page.contains("badge bad"));
        assertFalse(page.contains("<script src"));
        assertEquals(1 + 8, Files.readAllLines(report.resolve("outputs.csv")).size());
        assertTrue(Files.exists(report.resolve("parts.csv")));
    }

    @Test
    void refutesSettingsThatDiverge() {
        train("--learning-rate", "0.1", "--steps", "50");
        Run run = check("--learning-rate", "10", "--steps", "50");
        assertEquals(3, run.code(), run.output() + run.error());
        assertTrue(run.output().contains("would diverge"), run.output());
        assertTrue(run.output().contains("learning-rate: the learning rate was 0.1, not 10"), run.output());
    }

    @Test
    void needsNoSettingsForInvariants() {
        train("--momentum", "0.5", "--precision", "float64");
        Run arrived = check("--any-optimiser");
        assertEquals(0, arrived.code(), arrived.output() + arrived.error());
        train("--steps", "9", "--precision", "float64");
        Run early = check("--any-optimiser");
        assertEquals(4, early.code(), early.output() + early.error());
        train("--steps", "9", "--weight-decay", "0.01", "--precision", "float64");
        Run decayed = check("--any-optimiser");
        assertEquals(4, decayed.code(), decayed.output() + decayed.error());
        assertTrue(decayed.output().contains("no method was stated"), decayed.output());
        for (List<String> stated : List.of(List.of("--rule", "sgd"), List.of("--momentum", "0.9"))) {
            Run refuted = check("--any-optimiser", stated.get(0), stated.get(1));
            assertEquals(3, refuted.code(), refuted.output() + refuted.error());
            assertTrue(refuted.output().contains("likeliest      weight-decay"), refuted.output());
        }
        Run adam = check("--any-optimiser", "--rule", "adam");
        assertEquals(4, adam.code(), adam.output() + adam.error());
        assertTrue(adam.output().contains("adam, which was stated, does change it"), adam.output());
        Run allowed = check("--any-optimiser", "--rule", "sgd", "--weight-decay", "0.01");
        assertEquals(4, allowed.code(), allowed.output() + allowed.error());
        Run alone = check("--rule", "adam", "--steps", "9");
        assertEquals(2, alone.code(), alone.output() + alone.error());
        assertTrue(alone.error().contains("--rule must be sgd"), alone.error());
    }

    @Test
    void printsNoSettingsThatNobodyStated() throws IOException {
        train("--steps", "9", "--precision", "float64");
        Run silent = check("--any-optimiser");
        assertTrue(silent.output().contains("settings       none stated\n"), silent.output());
        assertFalse(silent.output().contains("learning rate"), silent.output());
        Run stated = check("--any-optimiser", "--momentum", "0.5", "--nesterov", "--steps", "9");
        assertTrue(
                stated.output().contains("settings       stated: momentum 0.5, Nesterov's form, at most 9 steps\n"),
                stated.output());
        Run single = check("--any-optimiser", "--momentum", "0.9", "--precision", "float32");
        assertTrue(single.output().contains("settings       stated: momentum 0.9\n"), single.output());
        assertTrue(single.output().contains("a momentum of at most 0.9 and"), single.output());
        save("X", 1, 20, 8);
        train("--steps", "9", "--precision", "float64");
        Run full = check("--any-optimiser");
        assertTrue(full.output().contains("complement of the span     empty\n"), full.output());
        Path report = folder.resolve("report");
        assertEquals(0, check("--steps", "9", "--report", report.toString()).code());
        assertTrue(
                Files.readString(report.resolve("parts.csv")).contains("complement of the span,0.0,0.0\n"),
                () -> "an empty part has no deviation");
    }

    /** Weights that were trained in float32 and saved as text with six decimals. */
    @Test
    void findsThePrecisionOfDecimals() throws IOException {
        train("--precision", "float32", "--learning-rate", "0.1", "--steps", "50");
        Array trained = NpyFile.read(folder.resolve("WT.npy"));
        double[] values = trained.values().clone();
        for (int at = 0; at < values.length; at++) {
            values[at] = Math.rint(values[at] * 1e6) / 1e6;
        }
        NpyFile.write(folder.resolve("WT.npy"), Array.of(values, trained.shape()), Precision.FLOAT64);
        Run run = check("--learning-rate", "0.1", "--steps", "50");
        assertEquals(0, run.code(), run.output() + run.error());
        assertTrue(run.output().contains("precision      float32"), run.output());
    }

    @Test
    void saysThatTheLimitWasAssumed() {
        train("--steps", "9", "--precision", "float64");
        Run assumed = check();
        assertEquals(3, assumed.code(), assumed.output() + assumed.error());
        assertTrue(
                assumed.output().startsWith("verdict        refuted: without --steps the limit was assumed: "),
                assumed.output());
        assertTrue(assumed.output().contains("training stopped after 9 steps"), assumed.output());
        Run claimed = check("--limit");
        assertEquals(3, claimed.code());
        assertFalse(claimed.output().contains("assumed"), claimed.output());
    }

    @Test
    void layoutsOfOtherFrameworksAreNamed() throws IOException {
        save("images", 3, 2, 2, 6, 6);
        save("lastAxes", 4, 3, 3, 2, 2);
        Run kernels = Run.of(
                "check",
                "cnn",
                "--train",
                file("images.npy"),
                "--weights",
                file("lastAxes.npy"),
                "--trained",
                file("lastAxes.npy"),
                "--steps",
                "0");
        assertEquals(2, kernels.code());
        assertTrue(kernels.error().contains("axes (K,K,C_in,C_out)"), kernels.error());
        assertTrue(kernels.error().contains("transpose(3, 2, 0, 1)"), kernels.error());
        save("transposed", 5, 8, 2);
        save("targets", 6, 3, 2);
        Run matrix = Run.of(
                "check",
                "fcn",
                "--train",
                file("X.npy"),
                "--target",
                file("targets.npy"),
                "--weights",
                file("transposed.npy"),
                "--trained",
                file("transposed.npy"),
                "--steps",
                "0");
        assertEquals(2, matrix.code());
        assertTrue(matrix.error().contains("axes (d,k), as Flax and Keras"), matrix.error());
    }
}
