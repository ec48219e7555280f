package org.idem.cli.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.idem.array.Array;
import org.idem.array.NpyFile;
import org.idem.array.Precision;
import org.idem.cli.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StudyCommandTest {
    @TempDir
    Path folder;

    private Run study(String line) {
        List<String> words = new ArrayList<>(List.of("study"));
        words.addAll(Arrays.asList(line.replace("DIR", folder.toString()).split(" ")));
        return Run.of(words.toArray(String[]::new));
    }

    private static List<String> withoutSeconds(Path runs) throws IOException {
        List<String> lines = Files.readAllLines(runs);
        int seconds = List.of(lines.get(0).split(",")).indexOf("seconds");
        return lines.stream()
                .map(line -> {
                    String[] cells = line.split(",", -1);
                    cells[seconds] = "";
                    return String.join(",", cells);
                })
                .toList();
    }

    @Test
    void aStudyWritesTablesAndAReport() throws IOException {
        Run result = study(
                "cnn --depth 1,2 --bias --size 6 --seeds 2 --most-steps 4 --store DIR/s --csv DIR/t --report DIR/r");
        assertEquals(0, result.code(), result.error());
        for (String table : List.of("runs", "images", "steps", "layers", "theory")) {
            assertTrue(
                    Files.readAllLines(folder.resolve("t").resolve(table + ".csv"))
                                    .size()
                            > 1,
                    table);
        }
        assertTrue(Files.readString(folder.resolve("r/index.html")).contains("idem study cnn --depth 1,2"));
        assertTrue(result.output().contains("4 of 4 networks trained"), result.output());
        List<String> first = withoutSeconds(folder.resolve("t/runs.csv"));
        Run again = study(
                "cnn --depth 1,2 --bias yes --size 6 --seeds 2 --most-steps 4 --store DIR/s --csv DIR/u --report DIR/r");
        assertEquals(0, again.code(), again.error());
        assertEquals(first, withoutSeconds(folder.resolve("u/runs.csv")));
        // not trained again: the times are those of the first command
        assertEquals(Files.readString(folder.resolve("t/runs.csv")), Files.readString(folder.resolve("u/runs.csv")));
    }

    @Test
    void sharesAreJoinedWithoutTheGrid() throws IOException {
        String grid = "fcn --depth 1,2 --width 5,7 --size 4 --seeds 2 --most-steps 3";
        assertEquals(0, study(grid + " --store DIR/all --csv DIR/t").code());
        for (int share = 1; share <= 3; share++) {
            Run one = study(grid + " --shard " + share + "/3 --store DIR/s" + share);
            assertEquals(0, one.code(), one.error());
            assertTrue(
                    one.output()
                            .endsWith("share          " + share
                                    + "/3 is done; 'idem study --merge' joins the stores of all 3 shares\n"),
                    one.output());
        }
        // a share of one network has one depth and one width, the grid has several
        Run one = study(grid + " --shard 6/6 --store DIR/one");
        assertTrue(one.output().contains("\ndepth 2, width 7 "), one.output());
        Run part = study("--merge DIR/s1 DIR/s3 --store DIR/part");
        assertEquals(0, part.code(), part.error());
        assertTrue(part.output().contains("5 of 8 networks trained"), part.output());
        assertTrue(part.output().contains("\nmissing        3 of 8 networks: merge "), part.output());
        Run joined = study("--merge DIR/s1 DIR/s2 DIR/s3 --store DIR/joined --csv DIR/j");
        assertEquals(0, joined.code(), joined.error());
        assertTrue(joined.output().startsWith("merged         2 networks of "), joined.output());
        assertFalse(joined.output().contains("\nmissing "), joined.output());
        assertTrue(joined.output().contains("\nfcn            8 of 8 networks trained"), joined.output());
        assertTrue(joined.output().contains("\ndepth 2, width 7  "), joined.output());
        Run again = study("--merge DIR/s1 --store DIR/joined");
        assertTrue(again.output().startsWith("merged         none: all 2 networks of "), again.output());
        Run rest = study("--merge DIR/joined --store DIR/part");
        assertTrue(rest.output().contains("/joined; 4 others were there already\n"), rest.output());
        assertEquals(withoutSeconds(folder.resolve("t/runs.csv")), withoutSeconds(folder.resolve("j/runs.csv")));
        assertEquals(
                Files.readString(folder.resolve("t/images.csv")), Files.readString(folder.resolve("j/images.csv")));
        assertEquals(
                Files.readString(folder.resolve("t/layers.csv")), Files.readString(folder.resolve("j/layers.csv")));
        assertEquals(
                Files.readString(folder.resolve("t/theory.csv")), Files.readString(folder.resolve("j/theory.csv")));
    }

    @Test
    void numbersTooLargeForSinglePrecisionAreKept() throws IOException {
        double[] pixels = new double[16];
        pixels[3] = 1e45;
        NpyFile.write(folder.resolve("large.npy"), Array.of(pixels, 1, 1, 4, 4), Precision.FLOAT64);
        Run result = study("cnn --train DIR/large.npy --precision float32,float64 --depth 1,2 --seeds 1 --most-steps 2"
                + " --store DIR/s --csv DIR/t");
        assertEquals(0, result.code(), result.error());
        assertEquals(5, Files.readAllLines(folder.resolve("t/runs.csv")).size());
        assertEquals("", result.error());
        for (double wrong : new double[] {Double.NaN, 1e300}) {
            pixels[3] = wrong;
            NpyFile.write(folder.resolve("wrong.npy"), Array.of(pixels, 1, 1, 4, 4), Precision.FLOAT64);
            for (String option : List.of("--train", "--test")) {
                Run refused = study("cnn --size 4 --store DIR/u " + option + " DIR/wrong.npy");
                assertEquals(2, refused.code(), refused.error());
                assertEquals(1, refused.error().lines().count(), refused.error());
                assertTrue(
                        refused.error()
                                .contains(
                                        wrong == 1e300
                                                ? option + " must hold pixels of magnitude at most"
                                                : "got NaN at position 3"),
                        refused.error());
            }
        }
    }

    @Test
    void theReportSaysWhereTheoryIsSilent() throws IOException {
        String line = "cnn --rule sgd --size 12 --seeds 1 --most-steps 1 --store DIR/s --report DIR/r --kernel ";
        assertEquals(0, study(line + "11").code());
        assertFalse(Files.readString(folder.resolve("r/index.html")).contains("without a prediction"));
        assertEquals(0, study(line + "11,13").code());
        assertTrue(Files.readString(folder.resolve("r/index.html"))
                .contains("1 network of one layer under gradient descent without a prediction:"));
    }

    @Test
    void aPlanKeepsNothing() throws IOException {
        Run plan = study("cnn --depth 1,2 --channels 2,3 --size 5 --plan --store DIR/none");
        assertEquals(0, plan.code(), plan.error());
        assertTrue(plan.output().contains("12, 9 different"), plan.output());
        assertTrue(plan.output().contains("to train       9\n"), plan.output());
        assertTrue(plan.output().contains("the longest network takes "), plan.output());
        Run one = study("fcn --size 5 --most-steps 2 --seeds 1 --plan --store DIR/none");
        assertTrue(one.output().contains("\nelsewhere      no faster on more processors: "), one.output());
        assertFalse(Files.exists(folder.resolve("none")));
    }

    @Test
    void aPlanCountsWhatItCannotTrain() {
        Run plan =
                study("fcn --depth 3 --width 8,20000 --size 28 --seeds 2147483647 --shard 1/2 --plan --store DIR/none");
        assertEquals(0, plan.code(), plan.error());
        assertTrue(plan.output().contains("networks       4294967294, 2147483647 in this share\n"), plan.output());
        assertTrue(plan.output().contains("too large      1073741823 networks do not fit"), plan.output());
        assertTrue(plan.output().contains("IDEM_JAVA_OPTS=-Xmx10g"), plan.output());
    }

    /** A summary of more points than a terminal shows names the tables that hold the rest. */
    @Test
    void aLongSummaryIsCutAfterFortyPoints() {
        String widths = IntStream.rangeClosed(1, 42).mapToObj(String::valueOf).collect(Collectors.joining(","));
        Run result = study("fcn --depth 2 --size 2 --seeds 1 --most-steps 0 --store DIR/s --width " + widths);
        assertEquals(0, result.code(), result.error());
        assertTrue(result.output().contains("… and 2 more points; --csv DIR writes all of them\n"), result.output());
        assertTrue(
                result.output().contains("\nwidth 40 ") && !result.output().contains("\nwidth 41 "), result.output());
    }

    @Test
    void namesOfImagesMayHoldCommasAndBlanks() throws IOException {
        String name = folder.resolve("a,b seed=3, %0020.npy").toString();
        double[] pixels = new double[32];
        pixels[20] = 1;
        NpyFile.write(Path.of(name), Array.of(pixels, 2, 1, 4, 4), Precision.FLOAT32);
        String[] words = ("study cnn --depth 1 --seeds 1 --most-steps 1 --store DIR/s --train TRAIN")
                .replace("DIR", folder.toString())
                .split(" ");
        words[words.length - 1] = name.replace(",", "\\,") + "#0," + name.replace(",", "\\,") + "#1";
        Run result = Run.of(words);
        assertEquals(0, result.code(), result.error());
        Run joined = study("--merge DIR/s --store DIR/joined --csv DIR/t");
        assertEquals(0, joined.code(), joined.error());
        String table = Files.readString(folder.resolve("t/runs.csv"));
        assertTrue(table.contains(",\"" + name + "#1\","), table);
    }

    @Test
    void namedStudiesAreListed() {
        Run result = study("--list");
        assertEquals(0, result.code(), result.error());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    cnn --seeds 0            | --seeds must be a whole number from 1 to 2147483647, got '0'
                    cnn --width 5            | --width must be an option of a cnn
                    fcn --kernel 3           | --kernel must be an option of an fcn
                    cnn --kernel 2           | --kernel must be an odd number
                    cnn --depth 1,           | --depth must be a whole number of at least 1, got nothing
                    cnn --colour red         | '--colour'
                    --seeds 1                | a study must be named: fcn, cnn, @FILE, or one of
                    rnn                      | a study must be fcn, cnn, @FILE or one of
                    @DIR/none.study          | @DIR/none.study: there is no such file of a study's arguments
                    @DIR                     | @DIR: must be a file of a study's arguments, but is a folder
                    @                        | @ must be followed by the name of a file of a study's arguments, got nothing
                    cnn --shard 3/2          | --shard must be I/N with I from 1 to N
                    cnn --shard 0/2          | --shard must be I/N
                    cnn --shard x            | --shard must be I/N
                    cnn --zip depth          | --zip must name at least two axes, as a,b, got 'depth'
                    cnn --until 0            | --until must be a positive number, got '0'
                    cnn --until nan          | --until must be a positive number, got 'nan'
                    cnn --momentum 0.9       | --momentum is for --rule sgd
                    cnn --train DIR/no.npy   | --train: DIR/no.npy: there is no such file
                    cnn --train builtin#99   | --train: builtin#99
                    cnn --test DIR/no.npy    | --test: DIR/no.npy: there is no such file
                    cnn --padding valid --depth 20 | kernels of side 3 (builtin#3); larger images
                    cnn --init pytorc        | got 'pytorc'; nearest: pytorch
                    cnn --zip depth,kernl --depth 1,2 | threads; nearest: kernel
                    cnn --paper-scale        | --paper-scale is for named studies
                    --merge DIR/no --store DIR/s | --merge must name folders of stores
                    cnn --store=             | --store must name a folder, got nothing
                    cnn --report= --store DIR/s | --report must name a folder, got nothing
                    cnn --csv= --store DIR/s | --csv must name a folder, got nothing
                    cnn --csv DIR/s/arrays --store DIR/s | --csv must not name what a store needs for itself, got DIR/s
                    cnn --report DIR/s/results.jsonl/r --store DIR/s | --report must not name what a store needs
                    cnn --export DIR/s/arrays/x.parquet --store DIR/s | --export must not name what a store needs
                    fcn --width 20000 --depth 3 | --depth 3 --width 20000 --size 28 must make a network that fits into
                    fcn --width 100000 --depth 3 --plan | --width and --size must make layers of at most
                    cnn --seeds 2147483647   | must make at most 1000000 networks, got 2147483647
                    cnn --threads 999999     | --threads must be a whole number from 1 to 999, got '999999'
                    cnn --print              | --print is for named studies and @FILE, got cnn
                    cnn --gain 1f            | --gain must be a positive number, got '1f'
                    cnn --train DIR/a\\,b.npy | DIR/a,b.npy
                    --merge DIR              | --merge needs --store
                    --merge DIR/a --store DIR/s --depth 1 | --merge takes no --depth
                    --merge DIR/a --store DIR/s --shard 1/2 | --merge takes no --shard
                    --merge DIR/a --store DIR/s --plan | --merge takes no --plan
                    cnn --store DIR/s --merge DIR/a | --merge takes no study, got 'cnn'
                    figure3 --list           | --list takes no study, got 'figure3'
                    --list --seeds 2         | --list takes no --seeds
                    figure3 --print --depth 1 --store DIR/s | --print takes no --depth
                    """)
    void badInputGetsOneLineAndKeepsNothing(String line, String message) throws IOException {
        Run result = study(line + (line.contains("--store") || line.startsWith("--merge") ? "" : " --store DIR/s"));
        assertEquals(2, result.code(), result.error());
        assertTrue(result.error().contains(message.replace("DIR", folder.toString())), result.error());
        assertEquals(1, result.error().lines().count(), result.error());
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(0, left.count());
        }
    }

    /** Linux refuses to store a single byte in this device. */
    @ParameterizedTest
    @ValueSource(strings = {"r/index.html", "t/layers.csv"})
    void aFullDiskLeavesTheNetworksAndNamesTheFile(String file) throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
        String line = "cnn --size 4 --seeds 1 --most-steps 1 --store DIR/s --report DIR/r --csv DIR/t";
        Files.createDirectory(folder.resolve("r"));
        Files.createDirectory(folder.resolve("t"));
        Path target = Files.createSymbolicLink(folder.resolve(file), full);
        Run result = study(line);
        assertEquals(2, result.code(), result.error());
        assertTrue(result.error().startsWith("idem: --report, --csv: " + target + ": "), result.error());
        assertEquals(1, result.error().lines().count(), result.error());
        Files.delete(target);
        Path left = Files.writeString(folder.resolve("r/.idem-4999999-1-1.part"), "of a killed process");
        assertEquals(0, study(line).code());
        assertFalse(Files.exists(left));
        assertTrue(study(line + " --plan").output().contains("kept           1 "));
        assertTrue(study(line + " --plan").output().contains("\nto train       none; without --plan "));
        Run more = study(line + " --depth 1,2 --plan");
        assertTrue(more.output().contains("are counted for this one alone\n"), more::toString);
    }

    @Test
    void networksOfOtherStudiesAreNamed() throws IOException {
        String line = "fcn --size 4 --seeds 2 --most-steps 1 --store DIR/s";
        assertEquals("", study(line + " --depth 1").error());
        String held = "idem: " + folder.resolve("s") + " holds 2 ";
        assertEquals(
                held + "of the 4 networks; only the others are trained\n",
                study(line + " --depth 1,2").error());
        assertEquals(
                held
                        + "networks of other studies, which stay there and are in no table or figure of this one; --store DIR"
                        + " names a folder of its own\n",
                study(line + " --depth 2").error());
    }

    @Test
    void storesOfOtherGridsAreNotMerged() throws IOException {
        String grid = " --size 4 --seeds 1 --most-steps 1";
        assertEquals(0, study("cnn --depth 1" + grid + " --store DIR/a").code());
        assertEquals(0, study("cnn --depth 2" + grid + " --store DIR/b").code());
        for (String line : List.of("--merge DIR/a DIR/b --store DIR/joined", "--merge DIR/a --store DIR/b")) {
            Run result = study(line);
            assertEquals(2, result.code(), result.error());
            assertTrue(result.error().startsWith("idem: --merge, --store: " + folder), result.error());
            assertEquals(1, result.error().lines().count(), result.error());
            assertFalse(Files.exists(folder.resolve("joined")));
        }
    }

    @Test
    void aStoreOfAnotherVersionIsRefused() throws IOException {
        assertEquals(
                0, study("cnn --size 5 --seeds 1 --most-steps 1 --store DIR/s").code());
        Path description = folder.resolve("s/store.json");
        Files.writeString(description, Files.readString(description).replace("laboratory 6", "laboratory 0"));
        Run result = study("cnn --size 5 --seeds 1 --most-steps 1 --store DIR/s");
        assertEquals(2, result.code(), result.error());
        assertTrue(
                result.error().contains("laboratory 0")
                        && result.error().lines().count() == 1,
                result.error());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--spark yarn|--spark must be spark://HOST:PORT",
                "--spark local[2]|--spark needs the program's part for Apache Spark, which is not built; start it as ./idem",
                "--spark spark://head:7077 --plan|--plan trains nothing and takes no --spark"
            })
    void sparkIsNoPartOfTheDefaultProgram(String options, String line) {
        Run refused = study("fcn --size 4 --seeds 1 --most-steps 1 --store DIR/none " + options);
        assertEquals(2, refused.code());
        assertEquals("", refused.output());
        assertTrue(refused.error().startsWith("idem: " + line), refused::error);
        assertEquals(1, refused.error().lines().count());
        assertFalse(Files.exists(folder.resolve("none")));
    }
}
