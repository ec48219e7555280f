package org.idem.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.idem.array.Array;
import org.idem.array.NpyFile;
import org.idem.array.Precision;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of the command line. */
class CommandLineTest {
    @TempDir
    Path folder;

    private String lastError = "";
    private String lastOutput = "";

    @BeforeEach
    void data() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        NpyFile.write(path("X.npy"), uniform(random, 3, 5), Precision.FLOAT64);
        NpyFile.write(path("Z.npy"), uniform(random, 4, 5), Precision.FLOAT64);
        NpyFile.write(path("W.npy"), uniform(random, 5, 5), Precision.FLOAT64);
    }

    private static Array uniform(SplittableRandom random, int... shape) {
        Array array = Array.zeros(shape);
        for (int i = 0; i < array.length(); i++) {
            array.values()[i] = random.nextDouble();
        }
        return array;
    }

    private Path path(String name) {
        return folder.resolve(name);
    }

    private int run(String... arguments) {
        Run run = Run.of(arguments);
        lastError = run.error();
        lastOutput = run.output();
        return run.code();
    }

    private int fcn(String command, String train, String... more) {
        List<String> arguments = new java.util.ArrayList<>(List.of(
                command,
                "fcn",
                "--train",
                path(train).toString(),
                "--weights",
                path("W.npy").toString(),
                "--test",
                path("Z.npy").toString(),
                "--out",
                path("F.npy").toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    @Test
    void predictAndTrainWriteOutputsOfTheSameShape() throws IOException {
        assertEquals(0, fcn("predict", "X.npy", "--steps", "9", "--momentum", "0.5"));
        Array predicted = NpyFile.read(path("F.npy"));
        assertEquals(0, fcn("train", "X.npy", "--steps", "9", "--momentum", "0.5"));
        Array trained = NpyFile.read(path("F.npy"));
        assertArrayEquals(new int[] {4, 5}, predicted.shape());
        assertArrayEquals(predicted.shape(), trained.shape());
    }

    @Test
    void verifyIsRepeatableToTheByte() throws IOException {
        for (String name : List.of("a.json", "b.json")) {
            assertEquals(
                    0,
                    run(
                            "verify",
                            "T1",
                            "--trials",
                            "60",
                            "--seed",
                            "5",
                            "--json",
                            path(name).toString(),
                            "--report",
                            path("report").toString()));
        }
        assertEquals(Files.readString(path("a.json")), Files.readString(path("b.json")));
        assertTrue(Files.size(path("report").resolve("index.html")) > 0);
    }

    /** The largest error budget that predict printed. */
    private double printedBudget() {
        return lastOutput
                .lines()
                .filter(line -> line.startsWith("error budget"))
                .mapToDouble(line -> Double.parseDouble(line.split("\\s+")[2]))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void cnnsFollowTheirPredictionWithinThePrintedBudget() throws IOException {
        SplittableRandom random = new SplittableRandom(2);
        NpyFile.write(path("I.npy"), uniform(random, 2, 2, 6, 7), Precision.FLOAT64);
        NpyFile.write(path("J.npy"), uniform(random, 1, 2, 5, 9), Precision.FLOAT64);
        NpyFile.write(path("K.npy"), uniform(random, 2, 2, 3, 3), Precision.FLOAT64);
        NpyFile.write(path("b.npy"), uniform(random, 2), Precision.FLOAT64);
        String[][] methods = {
            {"--loss", "half-sum"},
            {"--loss", "mean", "--momentum", "0.5"},
            {"--momentum", "0.5", "--nesterov", "--weight-decay", "0.25"},
            {"--precision", "float32"}
        };
        for (String padding : List.of("same", "circular", "valid")) {
            for (String[] method : methods) {
                List<String> arguments = new java.util.ArrayList<>(List.of(
                        "predict",
                        "cnn",
                        "--train",
                        path("I.npy").toString(),
                        "--weights",
                        path("K.npy").toString(),
                        "--bias",
                        path("b.npy").toString(),
                        "--test",
                        path("J.npy").toString(),
                        "--steps",
                        "20",
                        "--padding",
                        padding,
                        "--out",
                        path("F.npy").toString()));
                arguments.addAll(List.of(method));
                assertEquals(0, run(arguments.toArray(String[]::new)), lastError);
                double budget = printedBudget();
                Array predicted = NpyFile.read(path("F.npy"));
                arguments.set(0, "train");
                arguments.addAll(List.of("--weights-out", path("WT.npy").toString()));
                assertEquals(0, run(arguments.toArray(String[]::new)), lastError);
                Array trained = NpyFile.read(path("F.npy"));
                assertArrayEquals(predicted.shape(), trained.shape());
                assertArrayEquals(
                        new int[] {2, 2, 3, 3}, NpyFile.read(path("WT.npy")).shape());
                for (int i = 0; i < predicted.length(); i++) {
                    assertTrue(Math.abs(predicted.values()[i] - trained.values()[i]) <= budget);
                }
            }
        }
    }

    @Test
    void boundsWritesItsTable() throws IOException {
        int code = run(
                "bounds",
                "--train",
                "builtin#0",
                "--test",
                "builtin#1",
                "--kernels",
                "3,5",
                "--networks",
                "4",
                "--steps",
                "50",
                "--csv",
                path("bounds.csv").toString());
        assertEquals(0, code, lastError);
        List<String> table = Files.readAllLines(path("bounds.csv"));
        assertEquals(3, table.size());
        assertTrue(table.get(0).startsWith("kernel,unknowns,rank,"));
        assertTrue(table.get(1).startsWith("3,9,"));
        // three tables, each with a head and a row for each kernel
        for (String side : List.of("kernel", "3", "5")) {
            assertEquals(
                    3,
                    lastOutput
                            .lines()
                            .filter(line -> line.strip().split(" +")[0].equals(side))
                            .count(),
                    lastOutput);
        }
    }

    @Test
    void theoremsExplainsEveryTheorem() {
        assertEquals(0, run("theorems"));
        List<String> ids = lastOutput.lines().map(line -> line.split("\\s+")[0]).toList();
        assertTrue(ids.containsAll(List.of("T0", "T1", "T1.steps", "T2", "T2.full-rank", "T2.rank-error")));
        for (String id : ids) {
            assertEquals(0, run("theorems", id));
            for (String part :
                    List.of("statement", "hypotheses", "proofs/" + id + ".md", "drawn at random", "false variants")) {
                assertTrue(lastOutput.contains(part), id + " lacks " + part);
            }
        }
    }

    @Test
    void familiesAndSeveralIdentifiersAreTaken() {
        assertEquals(0, run("theorems", "T3", "T2.law,T0"), lastError);
        List<String> explained =
                lastOutput.lines().filter(line -> line.matches("T\\S+")).toList();
        assertTrue(explained.size() > 5 && explained.get(0).startsWith("T3."), explained.toString());
        assertEquals(List.of("T2.law", "T0"), explained.subList(explained.size() - 2, explained.size()));
        int code = run("power", "T0", "T1.steps", "--trials", "60", "--seed", "5");
        assertTrue(code == 0 || code == 4, lastError);
        assertTrue(lastOutput.contains("T0  ") && lastOutput.contains("T1.steps  "), lastOutput);
        assertTrue(lastOutput.contains("again          idem power T0 T1.steps --seed 5"), lastOutput);
    }

    @Test
    void outputsOfACnnCanBePictures() throws IOException {
        String picture = path("F.png").toString();
        String[] arguments = {
            "predict",
            "cnn",
            "--train",
            "builtin#3",
            "--weights",
            "src/example/kernel-5x5.npy",
            "--test",
            "builtin#4",
            "--steps",
            "50",
            "--out",
            picture
        };
        assertEquals(0, run(arguments), lastError);
        assertTrue(lastOutput.startsWith("picture        0 is black, 1 is white; "), lastOutput);
        Array seen = org.idem.image.ImageSource.read(picture);
        arguments[11] = path("F.npz").toString();
        assertEquals(0, run(arguments), lastError);
        Array outputs = org.idem.image.ImageSource.read(path("F.npz").toString());
        assertArrayEquals(outputs.shape(), seen.shape());
        for (int i = 0; i < outputs.length(); i++) {
            double shown = Math.max(0, Math.min(1, outputs.values()[i]));
            // half a level of 8 bits, and the rounding of the quotient of a level by 255
            assertEquals(shown, seen.values()[i], 0.5 / 255 + Math.ulp(1.0));
        }
    }

    @Test
    void replayRunsOneTrialAgain() {
        String line =
                "T1 height=1 width=2 image=noise rate=0.5 loss=half-sum initializer=gaussian precision=float64 seed=7";
        assertEquals(0, run("replay", line), lastError);
        String first = lastOutput;
        assertTrue(first.contains("ratio"));
        assertEquals(0, run("replay", line));
        assertEquals(first, lastOutput);
        List<String> words = new java.util.ArrayList<>(List.of("replay"));
        words.addAll(List.of(line.split(" ")));
        assertEquals(0, run(words.toArray(String[]::new)), lastError);
        assertEquals(first, lastOutput);
        assertEquals(2, run("replay", line.replace("noise", "photograph")));
        assertTrue(lastError.contains("got photograph"), lastError);
    }

    @Test
    void aGuaranteeReplacesTheNumberOfTrials() {
        String report = path("report").toString();
        assertEquals(0, run("verify", "T1.steps", "--guarantee", "0.05", "--report", report), lastError);
        assertTrue(lastOutput.contains("--guarantee 0.05"), lastOutput);
        assertEquals(2, run("verify", "T1", "--guarantee", "0.05", "--trials", "9"));
        assertTrue(lastError.contains("--guarantee"), lastError);
        assertEquals(2, run("verify", "T1", "--guarantee", "1"));
        assertEquals(2, run("verify", "T1", "--guarantee", "NaN"));
    }

    @Test
    void powerSaysHowSmallAMistakeIsNoticed() throws IOException {
        for (String name : List.of("a.json", "b.json")) {
            String file = path(name).toString();
            assertEquals(0, run("power", "T1.steps", "--trials", "80", "--seed", "5", "--json", file), lastError);
        }
        assertTrue(lastOutput.contains("a relative error of "), lastOutput);
        assertEquals(Files.readString(path("a.json")), Files.readString(path("b.json")));
        assertTrue(Files.readString(path("a.json")).contains("\"smallestNoticed\""));
        assertEquals(2, run("power", "T9"));
        assertEquals(2, run("power", "T1", "--trials", "0"));
        assertEquals(
                2,
                run("power", "T1", "--json", path("nowhere").resolve("p.json").toString()));
    }

    @Test
    void verifyTakesImagesOfTheUser() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        NpyFile.write(path("images.npy"), uniform(random, 5, 9, 8), Precision.FLOAT64);
        String images = path("images.npy").toString();
        String report = path("report").toString();
        assertEquals(0, run("verify", "T1.steps", "--images", images, "--trials", "60", "--report", report), lastError);
        assertTrue(lastOutput.contains("--images '" + images + "'"), lastOutput);
    }

    @Test
    void everyCommandExplainsItself() {
        for (String command :
                List.of("verify", "predict", "train", "bounds", "theorems", "power", "replay", "generate-completion")) {
            assertEquals(0, run(command, "--help"));
            assertTrue(lastOutput.startsWith("Usage: idem " + command), lastOutput);
        }
        assertEquals(0, run("generate-completion"));
        assertTrue(lastOutput.contains("complete"), lastOutput);
    }

    @Test
    void theWorstCaseIsSoughtAndReplays() throws IOException {
        String report = path("report").toString();
        int code = run("verify", "T2.rank-error", "--trials", "60", "--seed", "1", "--worst", "--report", report);
        assertEquals(0, code, lastError);
        Matcher line = Pattern.compile("worst case.*\\R +replay: idem replay '([^']*)'")
                .matcher(lastOutput);
        assertTrue(line.find(), lastOutput);
        assertTrue(lastOutput.contains("--trials 60 --confidence 0.99 --worst"), lastOutput);
        assertTrue(Files.exists(path("report").resolve("worst.csv")));
        assertEquals(0, run("replay", line.group(1)));
    }

    @Test
    void powerIsReportedWithItsFalseAlarms() throws IOException {
        String report = path("power").toString();
        String json = path("power.json").toString();
        assertEquals(
                0,
                run("power", "T1.steps", "--trials", "80", "--false-alarms", "2", "--report", report, "--json", json),
                lastError);
        assertTrue(lastOutput.contains("0 of 2 runs refuted a true theorem"), lastOutput);
        assertTrue(Files.readString(path("power").resolve("power.html")).contains("False alarms"));
        assertTrue(Files.readString(path("power.json")).contains("\"alarms\" : 0"));
        assertEquals(2, run("power", "--false-alarms", "0"));
        assertTrue(lastError.contains("--false-alarms must be at least 1, got 0"), lastError);
    }
}
