package org.idem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.idem.array.Array;
import org.idem.array.DataFormatException;
import org.idem.array.NpyFile;
import org.idem.array.Precision;
import org.idem.cli.terminal.BadInput;
import org.idem.cli.terminal.MissingPart;
import org.idem.theorem.Theorem;
import org.idem.theorem.Theorems;
import org.idem.theorem.Trial;
import org.idem.theorem.TrialFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Exit codes other than 0 and 2: internal failure, refuted, undecided. */
class ExitCodeTest {
    @TempDir
    Path folder;

    private String save(String name, double[] values, int... shape) throws IOException {
        Path file = folder.resolve(name);
        NpyFile.write(file, Array.of(values, shape), Precision.FLOAT64);
        return file.toString();
    }

    /** Two examples of lengths 1 and ε, at right angles: the curvatures are 1 and ε². */
    private Run onTwoExamples(String command, double epsilon, String... more) throws IOException {
        String examples = save("X.npy", new double[] {1, 0, 0, epsilon}, 2, 2);
        String weights = save("W.npy", new double[4], 2, 2);
        String out = folder.resolve("F.npy").toString();
        List<String> words = new ArrayList<>(
                List.of(command, "fcn", "--train", examples, "--weights", weights, "--test", examples, "--out", out));
        words.addAll(List.of(more));
        return Run.of(words.toArray(String[]::new));
    }

    @Test
    void aLimitThatIsTooFarAwayIsUndecidedAndWritesNothing() throws IOException {
        // the error of the second example shrinks by the factor 1 − 2⁻⁴⁰ per step, for 2²⁰ steps
        Run run = onTwoExamples("train", 0x1p-20);
        assertEquals(4, run.code());
        assertEquals(
                "idem: --limit: the parameters still move after 1048576 steps; --steps ends at a step of your choice\n",
                run.error());
        assertEquals("", run.output());
        assertFalse(Files.exists(folder.resolve("F.npy")));
        Run finite = onTwoExamples("train", 0x1p-20, "--steps", "1048576");
        assertEquals(0, finite.code(), finite.error());
        assertTrue(finite.output().contains("steps          1048576"), finite.output());
        // what was reached: the first weight is 1, the second 1 − (1 − 2⁻⁴⁰)^(2²⁰) ≈ 2⁻²⁰, times the input 2⁻²⁰
        double[] outputs = NpyFile.read(folder.resolve("F.npy")).values();
        assertEquals(1, outputs[0]);
        // relatively, the exponential series adds 2⁻²¹ and rounding of 2²⁰ growing sums at most 2²⁰·2⁻⁵³
        assertEquals(0x1p-40, outputs[3], 0x1p-40 * 0x1p-20);
    }

    /** Both count the steps of a limit alike, so that the budget of the one is about the other. */
    @Test
    void limitsOfPredictionAndTrainingHaveAsManySteps() throws IOException {
        for (List<String> method : List.of(
                List.<String>of(),
                List.of("--momentum", "0.9"),
                List.of("--weight-decay", "0.01"),
                List.of("--weight-decay", "1e-9"),
                List.of("--learning-rate", "0.001"),
                List.of("--precision", "float32"))) {
            String[] more = method.toArray(String[]::new);
            Run predicted = onTwoExamples("predict", 0.25, more);
            Run trained = onTwoExamples("train", 0.25, more);
            assertEquals(0, predicted.code(), predicted.error());
            assertEquals(0, trained.code(), trained.error());
            String steps = trained.output()
                    .split("steps          ", 2)[1]
                    .lines()
                    .findFirst()
                    .orElseThrow();
            assertTrue(predicted.output().contains(", " + steps + " steps of training in float"), predicted.output());
        }
    }

    /** Single precision with a long memory: rounding may carry training anywhere, so that there is no budget. */
    @Test
    void anInfiniteBudgetIsRefused() throws IOException {
        String[] more = {"--steps", "2147483647", "--momentum", "0.99", "--precision", "float32"};
        String examples = save("one.npy", new double[] {1, 0.5}, 1, 2);
        String weights = save("W.npy", new double[4], 2, 2);
        String out = folder.resolve("F.npy").toString();
        List<String> words = new ArrayList<>(
                List.of("predict", "fcn", "--train", examples, "--weights", weights, "--test", examples, "--out", out));
        words.addAll(List.of(more));
        Run run = Run.of(words.toArray(String[]::new));
        assertEquals(2, run.code(), run.output());
        assertTrue(
                run.error().startsWith("idem: --steps 2147483647 must leave a finite error budget, but "), run.error());
        assertEquals(1, run.error().lines().count());
        assertEquals("", run.output());
        assertFalse(Files.exists(Path.of(out)));
    }

    @Test
    void aLimitWhoseRankRoundingHidesIsUndecided() throws IOException {
        // ε² = 2⁻⁸⁰ is far below the rounding of the larger curvature, ε = 2⁻⁴⁰ far above that of the examples
        Run hidden = onTwoExamples("predict", 0x1p-40);
        assertEquals(4, hidden.code());
        assertEquals(
                "idem: --limit: rounding hides the rank of the training data, so their limit is not known; --steps"
                        + " predicts a finite time\n",
                hidden.error());
        assertFalse(Files.exists(folder.resolve("F.npy")));
        Run clear = onTwoExamples("predict", 0x1p-20);
        assertEquals(0, clear.code(), clear.error());
        assertTrue(Files.exists(folder.resolve("F.npy")));
    }

    @Test
    void blackImagesLeaveFullRankUndecided() throws IOException {
        String black = save("black.npy", new double[64], 1, 8, 8);
        Run run = Run.of(
                "verify",
                "T2.full-rank",
                "--images",
                black,
                "--trials",
                "20",
                "--report",
                folder.resolve("report").toString());
        assertEquals(4, run.code(), run.output());
        assertTrue(run.output().contains("only 0 of 20 trials decided anything"), run.output());
        assertTrue(run.output().contains("not refuted"), run.output());
        assertTrue(Files.exists(folder.resolve("report").resolve("index.html")));
        Run replay = Run.of(
                "replay",
                "T2.full-rank height=5 width=5 channels=1 kernel=3 padding=same image=given momentum=0.75 rate=0.5"
                        + " loss=mean initializer=he precision=float64 seed=1",
                "--images",
                black);
        assertEquals(4, replay.code(), replay.error());
        assertTrue(replay.output().contains("HypothesesNotMet"), replay.output());
    }

    private static void reported(int code, String error, Throwable problem) {
        assertEquals(new Run(code, "", error + "\n"), Run.of(() -> Main.report(problem)));
    }

    @Test
    void problemsTakeOneLine() {
        reported(2, "idem: --out: no", new BadInput("--out: no\nand more"));
        reported(2, "idem: bad input", new BadInput(""));
        reported(2, "idem: f: broken", new DataFormatException("f", "broken"));
        reported(2, "idem: f: cannot be read or written, access is denied", new AccessDeniedException("f"));
        reported(2, "idem: f: cannot be read or written, too long", new FileSystemException("f", null, "too long"));
        reported(1, "idem: reading or writing failed: disk full", new IOException("disk full"));
        Run full = Run.of(() -> Main.report(new OutOfMemoryError("heap")));
        assertEquals(1, full.code());
        assertTrue(full.error().startsWith("idem: the problem does not fit into memory"), full.error());
        assertEquals(1, full.error().lines().count());
    }

    /** The system gives no reason for some files; what another thread threw is unwrapped. */
    @Test
    void reasonsAreToldWhereTheyAreKnown() {
        reported(2, "idem: f: cannot be read or written", new FileSystemException("f"));
        reported(2, "idem: --out: no", new CompletionException(new BadInput("--out: no")));
        Run lost = Run.of(() -> Main.report(new CompletionException("lost", null)));
        assertEquals(1, lost.code());
        assertTrue(lost.error().startsWith("java.util.concurrent.CompletionException: lost\n\tat "), lost.error());
    }

    @Test
    void theLauncherIsToldThatOnlyAPartIsMissing() {
        reported(2, "idem: --spark needs a part", new MissingPart("--spark needs a part"));
        System.setProperty("idem.parts", "ask");
        try {
            assertEquals(new Run(75, "", ""), Run.of(() -> Main.report(new MissingPart("--spark needs a part"))));
            assertEquals(75, Run.of("verify", "--spark", "local").code());
            assertEquals(2, Run.of("verify", "T9", "--spark", "local").code());
        } finally {
            System.clearProperty("idem.parts");
        }
    }

    /** A command that asks for more than the heap. */
    @Command(name = "full")
    private static final class Full implements Runnable {
        @Override
        public void run() {
            throw new OutOfMemoryError("Java heap space");
        }
    }

    @Test
    void aCommandThatDoesNotFitIntoMemoryTakesOneLine() {
        Run full = Run.of(() -> Main.run(new CommandLine(new Full())));
        assertEquals(1, full.code());
        assertTrue(full.error().startsWith("idem: the problem does not fit into memory"), full.error());
        assertEquals(1, full.error().lines().count());
    }

    /** A theorem that is given a point of another one's space fails in its own code, here on another thread. */
    @Test
    void aTheoremThatFailsIsToldWithItsReplayLine() {
        Theorem<?> wide = Theorems.list().get(1);
        Theorem<?> other = Theorems.list().stream()
                .filter(theorem -> !theorem.space().equals(wide.space()))
                .findFirst()
                .orElseThrow();
        TrialFailure failure = assertThrows(TrialFailure.class, () -> Trial.run(wide, other.draw(1)));
        Run run = Run.of(() -> Main.report(new IllegalStateException(failure)));
        assertEquals(1, run.code());
        assertTrue(run.error().startsWith("idem: a trial of "), run.error());
        assertTrue(run.error().contains("; again: idem replay '"), run.error());
        assertTrue(run.error().contains("\tat "), run.error());
    }

    @Test
    void whatNobodyForesawLeavesItsTrace() {
        Run run = Run.of(() -> Main.report(new IllegalStateException("impossible")));
        assertEquals(1, run.code());
        assertTrue(run.error().startsWith("java.lang.IllegalStateException: impossible\n\tat "), run.error());
    }

    @Test
    void numbersBeyondThePrecisionEndTheTraining() throws IOException {
        String weight = save("large.npy", new double[] {3e38}, 1, 1);
        String two = save("two.npy", new double[] {2}, 1, 1);
        String out = folder.resolve("F.npy").toString();
        // the first output, 6·10³⁸, is no number of float32
        for (String steps : List.of("0", "5")) {
            Run run = Run.of(
                    "train",
                    "fcn",
                    "--train",
                    two,
                    "--weights",
                    weight,
                    "--test",
                    two,
                    "--steps",
                    steps,
                    "--out",
                    out,
                    "--precision",
                    "float32");
            assertEquals(2, run.code());
            assertTrue(run.error().contains("training diverged at step "), run.error());
            assertTrue(run.error().contains(" in float32 with learning rate 0.25"), run.error());
            assertEquals(1, run.error().lines().count());
            assertFalse(Files.exists(folder.resolve("F.npy")));
        }
    }

    /** Linux refuses to store a single byte in this device. */
    @Test
    void aFullDiskIsNotTheUsersFault() throws IOException {
        assumeTrue(Files.exists(Path.of("/dev/full")));
        String one = save("one.npy", new double[] {1}, 1, 1);
        Run run = Run.of(
                "predict",
                "fcn",
                "--train",
                one,
                "--weights",
                one,
                "--test",
                one,
                "--steps",
                "1",
                "--out",
                "/dev/full");
        assertEquals(1, run.code());
        assertTrue(run.error().startsWith("idem: reading or writing failed: /dev/full: "), run.error());
        assertEquals(1, run.error().lines().count(), run.error());
    }

    @Test
    void whereOneOutputCannotBeWrittenNoneIs() throws IOException {
        assumeTrue(Files.exists(Path.of("/dev/full")));
        String data = save("data.npy", new double[] {1, 2}, 1, 2);
        Path out = folder.resolve("out.npy");
        for (String command : List.of(
                "train fcn --steps 1 --init he --weights-out /dev/full",
                "train fcn --steps 1 --init he --depth 2 --weights-out /dev/full",
                "predict fcn --steps 1 --width infinite --depth 2 --variance-out /dev/full")) {
            Run run = Run.of((command + " --train " + data + " --test " + data + " --out " + out).split(" "));
            assertEquals(1, run.code(), command);
            assertTrue(run.error().contains("idem: reading or writing failed: /dev/full: "), run.error());
            assertFalse(Files.exists(out), command);
        }
    }

    @Test
    void aNameTooLongForTheSystemIsNamed() throws IOException {
        String one = save("one.npy", new double[] {1}, 1, 1);
        String out = folder.resolve("x".repeat(300) + ".npy").toString();
        Run run =
                Run.of("predict", "fcn", "--train", one, "--weights", one, "--test", one, "--steps", "1", "--out", out);
        assertEquals(2, run.code());
        assertTrue(run.error().startsWith("idem: --out must name a file that can be written, but " + out), run.error());
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }
}
