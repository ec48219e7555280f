package org.idem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.idem.array.Array;
import org.idem.array.NpyFile;
import org.idem.array.Precision;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input gets one line that names argument, rule and value, exit code 2, and no file. */
class BadInputTest {
    @TempDir
    Path folder;

    private Set<String> before = Set.of();

    @BeforeEach
    void data() throws IOException {
        write("X.npy", 3, 2);
        write("W.npy", 2, 2);
        write("b.npy", 2);
        write("I.npy", 1, 1, 4, 4);
        write("K.npy", 1, 1, 3, 3);
        write("K4.npy", 1, 1, 4, 4);
        write("K35.npy", 1, 1, 3, 5);
        write("empty.npy", 0, 2);
        write("wide.npy", 3, 5);
        write("flat.npy", 4);
        byte[] whole = Files.readAllBytes(folder.resolve("X.npy"));
        Files.write(folder.resolve("cut.npy"), Arrays.copyOf(whole, whole.length - 5));
        Files.write(folder.resolve("noise.bin"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
        Files.write(folder.resolve("cut.idx"), new byte[] {0, 0, 8, 3, 0, 0, 0, 9, 0, 0, 0, 28, 0, 0, 0, 28, 1});
        Array infinite = Array.of(new double[] {1, Double.POSITIVE_INFINITY, 2, 3, 4, 5}, 3, 2);
        NpyFile.write(folder.resolve("inf.npy"), infinite, Precision.FLOAT64);
        before = files();
    }

    private void write(String name, int... shape) throws IOException {
        Array array = Array.zeros(shape);
        for (int i = 0; i < array.length(); i++) {
            array.values()[i] = 1 + i % 3;
        }
        NpyFile.write(folder.resolve(name), array, Precision.FLOAT64);
    }

    private Set<String> files() throws IOException {
        try (var list = Files.list(folder)) {
            return new TreeSet<>(list.map(file -> file.getFileName().toString()).toList());
        }
    }

    /** Words that name files of the folder are replaced by their paths. */
    private String[] resolved(String line) {
        return Arrays.stream(line.split(" "))
                .map(word -> word.matches(".*\\.(npy|bin|idx|csv)(#.*)?")
                        ? folder.resolve(word).toString()
                        : word)
                .toArray(String[]::new);
    }

    private void refused(String line, String... parts) throws IOException {
        PrintStream error = System.err;
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        int code;
        try {
            System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
            code = Main.run(resolved(line));
        } finally {
            System.setErr(error);
        }
        String said = captured.toString(StandardCharsets.UTF_8);
        assertEquals(ExitCode.BAD_INPUT, code, line + ": " + said);
        assertEquals(1, said.lines().count(), said);
        for (String part : parts) {
            assertTrue(said.contains(part), line + ": " + said);
        }
        assertEquals(before, files(), line);
    }

    private void refusedByBoth(String rest, String... parts) throws IOException {
        refused("predict " + rest + " --out F.npy", parts);
        refused("train " + rest + " --out F.npy", parts);
    }

    @Test
    void filesThatAreMissingOrBroken() throws IOException {
        String rest = " --weights W.npy --test X.npy";
        refusedByBoth("fcn --train missing.npy" + rest, "missing.npy", "no such file");
        refusedByBoth("fcn --train cut.npy" + rest, "cut.npy");
        refusedByBoth("fcn --train noise.bin" + rest, "noise.bin", "IDX images, PNG or npy");
        refusedByBoth("fcn --train cut.idx" + rest, "cut.idx");
        refusedByBoth("fcn --train inf.npy" + rest, "--train", "finite", "Infinity", "position 1");
        refusedByBoth("fcn --train X.npy#7" + rest, "3 entries", "#7");
        refusedByBoth("fcn --train empty.npy" + rest, "--train", "at least one example");
        refused(
                "predict fcn --train X.npy --weights W.npy --test X.npy --out nowhere/F.npy",
                "--out",
                "existing folder");
    }

    @Test
    void shapesThatDoNotFit() throws IOException {
        refusedByBoth("fcn --train wide.npy --weights W.npy --test X.npy", "--train", "(n, 2)", "[3, 5]");
        refusedByBoth("fcn --train X.npy --weights W.npy --test wide.npy", "--test", "(n, 2)", "[3, 5]");
        refusedByBoth("fcn --train X.npy --weights flat.npy --test X.npy", "--weights", "(k,d)", "(4)");
        refusedByBoth("fcn --train X.npy --weights W.npy --bias flat.npy --test X.npy", "--bias", "[2]", "[4]");
        refusedByBoth("fcn --train X.npy --weights W.npy --target wide.npy --test X.npy", "--target", "[3, 5]");
        refusedByBoth("fcn --train X.npy --weights wide.npy --test X.npy", "got [3, 2]");
        refusedByBoth("cnn --train I.npy --weights K4.npy --test I.npy", "--weights", "odd side");
        refusedByBoth("cnn --train I.npy --weights K35.npy --test I.npy", "--weights", "square kernels");
        refusedByBoth("cnn --train I.npy --weights W.npy --test I.npy", "(C_out,C_in,K,K)");
        refusedByBoth("cnn --train X.npy --weights K.npy --test I.npy", "--train");
    }

    @Test
    void optionsOutsideTheirRange() throws IOException {
        String problem = "fcn --train X.npy --weights W.npy --test X.npy ";
        refusedByBoth(problem + "--steps -1", "--steps must be at least 0, got -1");
        refusedByBoth(problem + "--steps 3 --limit", "exclude each other");
        refusedByBoth(problem + "--steps many", "--steps", "many");
        refusedByBoth(problem + "--learning-rate 0", "stable range (0, ");
        refusedByBoth(problem + "--learning-rate NaN", "stable range (0, ", "NaN");
        refusedByBoth(problem + "--learning-rate 1e9", "stable range (0, ");
        refusedByBoth(problem + "--momentum 1", "[0, 1)");
        refusedByBoth(problem + "--nesterov", "nesterov needs a momentum");
        refusedByBoth(problem + "--weight-decay -1", "weight decay", "-1.0");
        refusedByBoth(problem + "--loss huber", "half-sum or mean", "huber");
        refusedByBoth(problem + "--padding mirror", "--padding", "mirror");
        refusedByBoth(problem + "--precision float16", "--precision", "float16");
        refusedByBoth(problem + "--colour red", "--colour");
        refusedByBoth("rnn --train X.npy --weights W.npy --test X.npy", "rnn");
        refused("train " + problem + "--out F.npy --weights-out nowhere/W.npy", "--weights-out", "existing folder");
        refused("predict fcn --train X.npy", "--");
    }

    @Test
    void otherCommands() throws IOException {
        String images = "bounds --train I.npy --test I.npy ";
        refused(images + "--kernels 4", "--kernels", "got 4");
        refused(images + "--kernels x", "--kernels", "x");
        refused(images + "--kernels 3 --steps -1", "--steps", "-1");
        refused(images + "--kernels 3 --init zero", "--init", "zero");
        refused(images + "--kernels 3 --csv nowhere/t.csv", "--csv", "existing folder");
        refused("bounds --train I.npy --test inf.npy --kernels 3", "--test", "finite");
        refused("verify T9", "THEOREM must be one of T0, T1", "T9");
        refused("verify --trials 0", "--trials must be at least 1, got 0");
        refused("verify --confidence 2", "--confidence must lie in (0, 1), got 2.0");
        refused("verify --json nowhere/r.npy", "--json");
        refused("verify --report X.npy", "--report must name a folder");
        refused("verify --images X.npy#9", "#9");
        refused("theorems T9", "T9");
        refused("replay T1", "lacks height");
        refused("replay nonsense", "THEOREM must be one of");
        refused("nonsense", "nonsense");
    }

    @Test
    void whatCannotBeDecidedHasItsOwnExitCode() throws IOException {
        // two nearly equal inputs: the direction in which they differ is learned 10¹² times more slowly
        Array close = Array.of(new double[] {1, 0, 1, 0x1p-20}, 2, 2);
        NpyFile.write(folder.resolve("close.npy"), close, Precision.FLOAT64);
        List<String> train = new ArrayList<>(
                List.of(resolved("train fcn --train close.npy --weights W.npy --test X.npy --out F.npy")));
        assertEquals(ExitCode.UNDECIDED, Main.run(train.toArray(String[]::new)));
        assertTrue(Files.exists(folder.resolve("F.npy")));
        // still closer ones differ by more than the rounding of themselves, but less than that of their Gram matrix
        Array closer = Array.of(new double[] {1, 0, 1, 0x1p-30}, 2, 2);
        NpyFile.write(folder.resolve("closer.npy"), closer, Precision.FLOAT64);
        assertEquals(
                ExitCode.UNDECIDED,
                Main.run(resolved("predict fcn --train closer.npy --weights W.npy --test X.npy --out G.npy")));
        assertFalse(Files.exists(folder.resolve("G.npy")));
    }
}
