package org.idem.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
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

    @BeforeEach
    void data() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        NpyFile.write(path("X.npy"), uniform(random, 3, 5), Precision.FLOAT64);
        NpyFile.write(path("Z.npy"), uniform(random, 4, 5), Precision.FLOAT64);
        NpyFile.write(path("W.npy"), uniform(random, 5, 5), Precision.FLOAT64);
        Array broken = uniform(random, 3, 5);
        broken.values()[7] = Double.NaN;
        NpyFile.write(path("nan.npy"), broken, Precision.FLOAT64);
        byte[] whole = Files.readAllBytes(path("X.npy"));
        Files.write(path("short.npy"), java.util.Arrays.copyOf(whole, whole.length - 3));
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
        PrintStream error = System.err;
        PrintStream out = System.out;
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        try {
            System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
            System.setOut(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
            return Main.run(arguments);
        } finally {
            System.setErr(error);
            System.setOut(out);
            lastError = captured.toString(StandardCharsets.UTF_8);
        }
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
    void badInputGetsOneLineExitTwoAndNoFile() throws IOException {
        String[][] wrong = {
            {"missing.npy", "no such file"},
            {"nan.npy", "NaN"},
            {"short.npy", "needs"},
            {"X.npy#9", "entries"},
        };
        for (String[] entry : wrong) {
            for (String command : List.of("predict", "train")) {
                assertEquals(2, fcn(command, entry[0]), entry[0]);
                assertTrue(lastError.contains(entry[1]), lastError);
                assertEquals(1, lastError.lines().count(), lastError);
                assertFalse(Files.exists(path("F.npy")));
            }
        }
        assertEquals(2, fcn("train", "X.npy", "--learning-rate", "1e9"));
        assertTrue(lastError.contains("stable range (0, "), lastError);
        assertEquals(2, fcn("predict", "X.npy", "--steps", "-1"));
        assertEquals(2, fcn("predict", "X.npy", "--momentum", "1"));
        assertEquals(2, fcn("predict", "X.npy", "--loss", "huber"));
        assertEquals(2, run("theorems", "T9"));
        assertEquals(2, run("verify", "--trials", "0"));
        assertEquals(2, run("nonsense"));
        try (var files = Files.list(folder)) {
            assertEquals(5, files.count(), "nothing half-written is left behind");
        }
    }

    @Test
    void aMissingFolderForTheWeightsIsSeenBeforeTraining() {
        String nowhere = path("nowhere").resolve("WT.npy").toString();
        assertEquals(2, fcn("train", "X.npy", "--steps", "3", "--weights-out", nowhere));
        assertTrue(lastError.contains("--weights-out"), lastError);
        assertFalse(Files.exists(path("F.npy")));
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
}
