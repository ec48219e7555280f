package org.idem.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.idem.array.Array;
import org.idem.array.NpyFile;
import org.idem.array.NpzFile;
import org.idem.array.Precision;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong, there is one line that names it, exit code 2, and no file that was not there before. */
class BadInputTest {
    @TempDir
    Path folder;

    /** Training inputs (3, 5), test inputs (4, 5), weights (5, 5); images (2, 2, 6, 7) and kernels (2, 2, 3, 3). */
    @BeforeEach
    void data() throws IOException {
        save("X", 3, 5);
        save("Z", 4, 5);
        save("W", 5, 5);
        save("W4", 4, 5);
        save("none", 0, 5);
        save("vector", 5);
        save("I", 2, 2, 6, 7);
        save("grey", 2, 6, 7);
        save("K", 2, 2, 3, 3);
        save("even", 2, 2, 2, 2);
        save("oblong", 2, 2, 3, 5);
        save("K9", 2, 2, 9, 9);
        NpzFile.write(folder.resolve("X.npz"), "x", ones(3, 5), Precision.FLOAT64);
        saveWith("nan", Double.NaN);
        saveWith("infinite", Double.NEGATIVE_INFINITY);
        saveWith("large", 0x1p241);
        saveWith("1e39", 1e39);
        saveAll("zero", 0, 5, 5);
        saveAll("1e-300", 1e-300, 5, 5);
        for (String tiny : List.of("1e-23", "1e-40", "1e-170")) {
            saveAll(tiny, Double.parseDouble(tiny), 3, 5);
        }
        byte[] whole = Files.readAllBytes(folder.resolve("X.npy"));
        write("short.npy", Arrays.copyOf(whole, whole.length - 3));
        write("long.npy", Arrays.copyOf(whole, whole.length + 3));
        write("header.npy", Arrays.copyOf(whole, 20));
        write("empty.npy", new byte[0]);
        write("text.npy", "0.5 0.25\n".getBytes(StandardCharsets.US_ASCII));
        // IDX: unsigned bytes, three axes, 2 images of 2 x 3 pixels, of which one byte is missing
        write("short.idx", new byte[] {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
        });
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(6, 7, BufferedImage.TYPE_BYTE_GRAY), "png", image);
        byte[] png = image.toByteArray();
        write("short.png", Arrays.copyOf(png, png.length - 16));
        png[20] ^= 1;
        write("corrupt.png", png);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(whole);
        }
        write("short.gz", Arrays.copyOf(packed.toByteArray(), packed.size() - 9));
        Files.createDirectory(folder.resolve("folder"));
    }

    private static Array ones(int... shape) {
        Array array = Array.zeros(shape);
        Arrays.fill(array.values(), 1);
        return array;
    }

    private void save(String name, int... shape) throws IOException {
        NpyFile.write(folder.resolve(name + ".npy"), ones(shape), Precision.FLOAT64);
    }

    private void saveAll(String name, double value, int... shape) throws IOException {
        Array array = Array.zeros(shape);
        Arrays.fill(array.values(), value);
        NpyFile.write(folder.resolve(name + ".npy"), array, Precision.FLOAT64);
    }

    private void saveWith(String name, double wrong) throws IOException {
        Array array = ones(3, 5);
        array.values()[7] = wrong;
        NpyFile.write(folder.resolve(name + ".npy"), array, Precision.FLOAT64);
    }

    private void write(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
    }

    private List<Path> files() throws IOException {
        try (var all = Files.walk(folder)) {
            return all.sorted().toList();
        }
    }

    /** Runs a command whose words may name files of the folder as @name, and expects to be told parts of a message. */
    private void refused(List<String> command, String... parts) throws IOException {
        List<Path> before = files();
        Run run = Run.of(
                command.stream().map(word -> word.replace("@", folder + "/")).toArray(String[]::new));
        String told = command + " says: " + run.error();
        assertAll(
                () -> assertEquals(2, run.code(), told),
                () -> assertEquals(1, run.error().lines().count(), told),
                () -> assertTrue(run.error().startsWith("idem: "), told),
                () -> assertEquals("", run.output()),
                () -> assertEquals(before, files()));
        for (String part : parts) {
            assertTrue(run.error().contains(part), "'" + part + "' is missing: " + told);
        }
    }

    /** A command line that is right but for some options, each followed by its value or another option. */
    private static List<String> command(String name, Map<String, String> right, String changes) {
        Map<String, String> options = new LinkedHashMap<>(right);
        List<String> flags = new ArrayList<>();
        String[] words = changes.split(" ");
        for (int i = 0; i < words.length; i++) {
            if (i + 1 < words.length && !words[i + 1].startsWith("--")) {
                options.put(words[i], words[++i]);
            } else {
                flags.add(words[i]);
            }
        }
        List<String> line = new ArrayList<>(List.of(name.split(" ")));
        options.forEach((option, value) -> line.addAll(List.of(option, value)));
        line.addAll(flags);
        return line;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--train @missing.npy | --train: ~ missing.npy: there is no such file",
                "--target @missing.npy | --target: ~ missing.npy: there is no such file",
                "--train @folder | folder: must be a file, but is a folder",
                "--train @nan.npy | --train must hold float64 numbers ~ got NaN at position 7",
                "--target @nan.npy | --target must hold ~ got NaN at position 7",
                "--test @infinite.npy | --test must hold ~ got -Infinity at position 7",
                "--train @large.npy | magnitude at most 1.7668470647783843E72 ~ got 3.53",
                "--precision float32 --train @1e39.npy | --train must hold float32 numbers ~ got 1.0E39",
                "--train @short.npy | short.npy ~ needs 120 bytes after the header, got 117",
                "--train @long.npy | long.npy ~ needs 120 bytes after the header, got 123",
                "--weights @header.npy | header.npy: npy header must have the 118 bytes it announces, got 10",
                "--train @X.npz:y | --train: ~ X.npz: has no array 'y'; it holds x",
                "--weights @none.npz:y | --weights: ~ none.npz: there is no such file",
                "--train @empty.npy | empty.npy ~ must be IDX images, PNG or npy ~ it is empty",
                "--train @text.npy | text.npy ~ must be IDX images, PNG or npy",
                "--train @short.idx | short.idx: IDX sizes [2, 2, 3] need 12 bytes of pixels, got 11",
                "--train @short.png | short.png: a PNG must end with a chunk IEND, but it is truncated",
                "--train @corrupt.png | corrupt.png ~ checksum",
                "--train @short.gz | short.gz ~ gzip data must be whole",
                "--train @X.npy#3 | X.npy ~ has 3 entries, counted from #0, got #3",
                "--train @X.npy#last | X.npy#last ~ must be the number of an entry",
                "--train @W4.npy#0 --weights @W4.npy | --train: the identity task needs as many outputs as inputs, got 4 and 5",
                "--train @vector.npy | --train: inputs must have shape (n, 5), got [5]",
                "--test @I.npy | --test: inputs must have shape (n, 5), got [2, 84]",
                "--train @none.npy | --train must hold at least one example, got shape (0, 5)",
                "--target @none.npy | --target must hold at least one example, got shape (0, 5)",
                "--target @W4.npy | --target ~ targets must have the shape of the outputs [3, 5], got [4, 5]",
                "--bias @W.npy | --bias ~ bias must have shape [5], got [5, 5]",
                "--weights @vector.npy | --weights must have shape (k,d), got (5)",
                "--weights @none.npy | --weights must have shape (k,d), got (0, 5)",
                "--steps -1 | --steps must be at least 0, got -1",
                "--steps 3 --limit | --steps and --limit exclude each other",
                "--steps many | --steps ~ 'many' is not an int",
                "--learning-rate 0 | --learning-rate must lie in the stable range (0, ~ got 0.0",
                "--learning-rate -1 | --learning-rate must lie in the stable range (0, ~ got -1.0",
                "--learning-rate NaN | --learning-rate must lie in the stable range (0, ~ got NaN",
                "--learning-rate 1e9 | --learning-rate must lie in the stable range (0, ~ got 1.0E9",
                "--learning-rate 1e-50 --precision float32 | --learning-rate must be a number that float32 can hold ~ got 1.0E-50 ~ rounds to 0.0",
                "--learning-rate 1e50 --precision float32 | --learning-rate must be a number that float32 can hold ~ got 1.0E50 ~ rounds to Infinity",
                "--learning-rate Infinity | --learning-rate must lie in the stable range (0, ~ got Infinity",
                "--train @1e-170.npy --test @1e-170.npy | --train must hold zeros only or ~ at least 6.223015277861142E-61 in float64, got at most 1.0E-170 ~ rescale",
                "--test @1e-170.npy | --test must hold zeros only or ~ got at most 1.0E-170",
                "--train @1e-23.npy --precision float32 | --train must hold zeros only or ~ at least 3.552713678800501E-15 in float32, got at most 1.0E-23",
                "--target @1e-170.npy --weights @zero.npy | --weights, --bias and --target must be zero or reach ~ got at most 1.0E-170 for output 0",
                "--target @1e-170.npy --weights @1e-300.npy | --weights, --bias and --target must ~ got at most 1.0E-170 for output 0",
                "--target @1e-40.npy --weights @zero.npy --precision float32 | --weights, --bias and --target must ~ got at most 1.0E-40 for output 0",
                "--train @zero.npy --weight-decay 1e-320 | --learning-rate must be given, because ~ is no float64 number for a curvature of 1.0E-320",
                "--weight-decay 1e-60 --precision float32 | --weight-decay must be a number that float32 can hold, got 1.0E-60, which rounds to 0.0",
                "--momentum 1e-60 --precision float32 | --momentum must be a number that float32 can hold, got 1.0E-60, which rounds to 0.0",
                "--momentum 1 | --momentum ~ must lie in [0, 1), got 1.0",
                "--momentum 0.99999999 --precision float32 | --momentum must lie in [0, 1) in float32, got 0.99999999, which rounds to 1",
                "--momentum NaN | --momentum ~ must lie in [0, 1), got NaN",
                "--nesterov | --nesterov ~ needs a momentum above 0, got 0",
                "--weight-decay -0.5 | --weight-decay ~ must be at least 0 and finite, got -0.5",
                "--weight-decay Infinity | --weight-decay ~ must be at least 0 and finite, got Infinity",
                "--loss huber | --loss must be one of half-sum, mean, sum, got 'huber'",
                "--precision float16 | --precision ~ float16",
                "--padding mirror | --padding ~ mirror",
                "--out @nowhere/F.npy | --out must name a file in an existing folder, got ~ nowhere/F.npy",
                "--out @folder | --out must name a file in an existing folder, got ~ folder",
                "--steps | --steps",
                "--step-count 3 | Unknown option ~ --step-count ~ ; idem ",
                "--stpes 3 | Unknown option ~ --stpes ~ ; nearest: --steps; idem ",
                "--loss mena | --loss must be one of half-sum, mean, sum, got 'mena'; nearest: mean; ",
                "--padding sane | --padding must be one of same, circular, valid, got 'sane'; nearest: same",
                "--out @F.jpg | --out must end with .npy or .npz, got ~ F.jpg",
                "--out @F | --out must end with .npy or .npz, got ~ F",
                "--out @F.png | --out can be a picture (.png) only where a cnn has images as outputs",
            })
    void ofPredictAndTrain(String changes, String parts) throws IOException {
        Map<String, String> right =
                Map.of("--train", "@X.npy", "--weights", "@W.npy", "--test", "@Z.npy", "--out", "@F.npy");
        for (String name : List.of("predict fcn", "train fcn")) {
            refused(command(name, right, changes), parts.split(" ~ "));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--weights @W.npy | --weights must have shape (C_out,C_in,K,K), got (5, 5)",
                "--weights @even.npy | --weights must have square kernels of odd side, got (2, 2, 2, 2)",
                "--weights @oblong.npy | --weights must have square kernels of odd side, got (2, 2, 3, 5)",
                "--train @X.npy | --train: inputs must have shape (n, 2, H, W), got [3, 5]",
                "--train @grey.npy | --train: inputs must have shape (n, 2, H, W), got [2, 1, 6, 7]",
                "--test @grey.npy | --test: inputs must have shape (n, 2, H, W), got [2, 1, 6, 7]",
                "--weights @K9.npy --padding valid | --train: with valid padding a kernel of side 9 must fit",
            })
    void ofConvolutions(String changes, String parts) throws IOException {
        Map<String, String> right =
                Map.of("--train", "@I.npy", "--weights", "@K.npy", "--test", "@I.npy", "--out", "@F.npy");
        for (String name : List.of("predict cnn", "train cnn")) {
            refused(command(name, right, changes), parts.split(" ~ "));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--trained @missing.npy | missing.npy: there is no such file",
                "--trained @nan.npy | --trained must hold float64 numbers ~ got NaN at position 7",
                "--precision float32 --trained @1e39.npy | --trained must hold float32 numbers ~ got 1.0E39",
                "--trained @W4.npy | --trained ~ must fit ~ trained weights must have shape [5, 5], got [4, 5]",
                "--trained-bias @v5.npy | --bias and --trained-bias must be given together, got only --trained-bias",
                "--bias @v5.npy | --bias and --trained-bias must be given together, got only --bias",
                "--bias @v5.npy --trained-bias @W.npy | the trained bias must have shape [5], got [5, 5]",
                "--weights @vector4.npy | --weights must have shape (k,d)",
                "--train @short.npy | short.npy ~ needs 120 bytes after the header, got 117",
                "--target @W4.npy | --target ~ targets must have the shape of the outputs [3, 5], got [4, 5]",
                "--train @1e-170.npy | --train must hold zeros only or ~ got at most 1.0E-170",
                "--steps -1 | --steps must be at least 0, got -1",
                "--steps 3 --limit | --steps and --limit exclude each other",
                "--learning-rate 0 | --learning-rate ~ must be positive and finite, got 0.0",
                "--learning-rate NaN | --learning-rate ~ must be positive and finite, got NaN",
                "--momentum 1 | --momentum ~ must lie in [0, 1), got 1.0",
                "--nesterov | --nesterov ~ needs a momentum above 0, got 0",
                "--loss huber | --loss must be one of half-sum, mean, sum, got 'huber'",
                "--report @X.npy | --report must name a folder, but ~ X.npy is a file",
                "--json @nowhere/r.json | --json must name a file in an existing folder",
                "--json @folder | --json must name a file in an existing folder",
                "--test @X.npy | Unknown option",
            })
    void ofCheck(String changes, String parts) throws IOException {
        save("v5", 5);
        save("vector4", 4);
        Map<String, String> right = Map.of("--train", "@X.npy", "--weights", "@W.npy", "--trained", "@W.npy");
        refused(command("check fcn", right, changes), parts.split(" ~ "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--train @missing.npy | --train: ~ missing.npy: there is no such file",
                "--train @vector.npy | vector.npy: images must have shape",
                "--test @nan.npy | --test must hold float64 numbers ~ got NaN at position 7",
                "--test @large.npy | --test must hold ~ got 3.53",
                "--test @grey.npy | --test must have as many channels as --train, got 1 and 2",
                "--train builtin#99 | builtin#99 ~ entries, counted from #0, got #99",
                "--train builtin:owl | builtin:owl: a drawn image must be one of",
                "--train @1e-170.npy | --train must hold zeros only or ~ got at most 1.0E-170",
                "--kernels 3,4 | --kernels: the kernel must be odd and positive, got 4",
                "--kernels -1 | --kernels: the kernel must be odd and positive, got -1",
                "--kernels three | --kernels must be whole numbers ~ 'three' is not an int",
                "--kernels 1,\"3 | --kernels must be whole numbers ~ '\"3' is not an int",
                "--kernels , | --kernels must name at least one side, got none",
                "--kernels 9 --padding valid | --kernels: with valid padding a kernel of side 9 must fit",
                "--networks -1 | --networks, --steps: networks and steps must be at least 0, got -1",
                "--steps -1 | --networks, --steps: networks and steps must be at least 0, got 200 and -1",
                "--init cauchy | --init ~ cauchy",
                "--seed soon | --seed ~ soon",
                "--csv @folder | --csv must name a file in an existing folder",
                "--csv @nowhere/table.csv | --csv must name a file in an existing folder",
                "--image 3 | Unknown option",
            })
    void ofBounds(String changes, String parts) throws IOException {
        Map<String, String> right = Map.of("--train", "@I.npy", "--test", "@I.npy", "--kernels", "3");
        refused(command("bounds", right, changes), parts.split(" ~ "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--trials 0 | --trials must be at least 1, got 0",
                "--trials few | --trials ~ 'few' is not an int",
                "--confidence 2 | --confidence must lie in (0, 1), got 2.0",
                "--confidence 0 | --confidence must lie in (0, 1), got 0.0",
                "--confidence NaN | --confidence must lie in (0, 1), got NaN",
                "--images @missing.npy | --images: ~ missing.npy: there is no such file",
                "--images @vector.npy | vector.npy: images must have shape",
                "--images @nan.npy | nan.npy: pixels must be finite, got NaN at position 7",
                "--images @1e39.npy | --images must hold float32 numbers ~ got 1.0E39 at position 7",
                "--images @corrupt.png | corrupt.png ~ checksum",
                "--json @nowhere/r.json | --json must name a file in an existing folder",
                "--json @folder | --json must name a file in an existing folder",
                "--report @X.npy | --report must name a folder, but ~ X.npy is a file",
                "--report @X.npy/deeper | --report must name a folder, but ~ X.npy is a file",
                "--theorem T1 | Unknown option",
            })
    void ofVerify(String changes, String parts) throws IOException {
        refused(command("verify T1", Map.of("--report", "@report"), changes), parts.split(" ~ "));
    }

    @Test
    void ofTheRest() throws IOException {
        refused(List.of("verify", "T1", "T9", "--report", "@report"), "THEOREM must be one of T0, T1, ", "; got T9");
        refused(List.of("theorems", "T9"), "THEOREM must be one of T0, T1, ", "; got T9");
        refused(List.of("theorems", "T1", "t2.law"), "; got t2.law; nearest: T2.law");
        refused(List.of("power", "T1.step"), "; got T1.step; nearest: T1.steps");
        refused(List.of("verify", "T1,T9", "--report", "@report"), "; got T9");
        refused(List.of("replay", "T1.stpes seed=1"), "; got T1.stpes; nearest: T1.steps");
        refused(List.of("verfiy"), "'verfiy'; nearest: verify; idem --help");
        refused(
                List.of("predict", "fcn", "--trian", "@X.npy"),
                "Missing required",
                "unknown: '--trian'; nearest: --train");
        refused(List.of("replay", "T9 seed=1"), "THEOREM must be one of");
        refused(List.of("replay", "T1"), "LINE: ");
        refused(List.of("replay", "T1 height=1"), "LINE: the replay line lacks width");
        refused(List.of("replay"), "LINE");
        refused(List.of("nonsense"), "nonsense");
        refused(List.of(), "Missing required subcommand");
        refused(List.of("train", "fcn", "--train", "@X.npy", "--train", "@X.npy", "--weights", "@W.npy"), "--train");
    }

    @Test
    void weightsNeedAPlaceOfTheirOwn() throws IOException {
        Map<String, String> right = Map.of(
                "--train", "@X.npy", "--weights", "@W.npy", "--test", "@Z.npy", "--out", "@F.npy", "--steps", "3");
        refused(
                command("train fcn", right, "--weights-out @nowhere/WT.npy"),
                "--weights-out must name a file in an existing folder");
        refused(command("train fcn", right, "--weights-out @WT.png"), "--weights-out can be a picture (.png) only");
        refused(command("train fcn", right, "--weights-out @WT"), "--weights-out must end with .npy or .npz, got");
        refused(
                command("train fcn", right, "--weights-out @folder/../F.npy"),
                "--out and --weights-out must name different files");
    }

    /** λ = 4 and no other curvature: the range ends at 1/2 and everything below it is accepted. */
    @Test
    void theStableRangeEndsWhereTheTheorySays() throws IOException {
        NpyFile.write(folder.resolve("two.npy"), Array.of(new double[] {2}, 1, 1), Precision.FLOAT64);
        Map<String, String> right = Map.of(
                "--train",
                "@two.npy",
                "--weights",
                "@two.npy",
                "--test",
                "@two.npy",
                "--out",
                "@F.npy",
                "--steps",
                "1");
        refused(command("predict fcn", right, "--learning-rate 0.5"), "(0, 0.5), got 0.5 in float64");
        String below = "--learning-rate " + Math.nextDown(0.5);
        List<String> accepted = command("predict fcn", right, below);
        assertEquals(
                0,
                Run.of(accepted.stream()
                                .map(word -> word.replace("@", folder + "/"))
                                .toArray(String[]::new))
                        .code());
        Files.delete(folder.resolve("F.npy"));
        // in float32 it rounds to the end of the range
        refused(command("predict fcn", right, below + " --precision float32"), "(0, 0.5), got 0.5 in float32");
    }
}
