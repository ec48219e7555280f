package org.idem.cli.argument;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.array.WholeFile;
import org.idem.cli.Run;
import org.idem.cli.terminal.BadInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules for files that are named on the command line. */
class FileArgumentsTest {
    @TempDir
    Path folder;

    private static void refused(String message, Executable check) {
        assertEquals(message, assertThrows(BadInput.class, check).getMessage());
    }

    @Test
    void anOutputNeedsAFolderAndMayExist() throws IOException {
        Path file = Files.createFile(folder.resolve("old"));
        assertDoesNotThrow(() -> FileArguments.checkOutput("--out", null));
        assertDoesNotThrow(() -> FileArguments.checkOutput("--out", file));
        assertDoesNotThrow(() -> FileArguments.checkOutput("--out", folder.resolve("new")));
        assertDoesNotThrow(() -> FileArguments.checkOutput("--out", Path.of("in-the-working-folder")));
        for (Path wrong : new Path[] {folder, folder.getRoot()}) {
            refused(
                    "--out must name a file, but " + wrong + " is a folder; name a file in it",
                    () -> FileArguments.checkOutput("--out", wrong));
        }
        refused(
                "--out must name a file in an existing folder, got " + file.resolve("x") + "; " + file.toRealPath()
                        + " is a file",
                () -> FileArguments.checkOutput("--out", file.resolve("x")));
        refused(
                "--out must name a file in an existing folder, got " + folder.resolve("no/x") + "; make the folder "
                        + folder.toRealPath().resolve("no") + " first",
                () -> FileArguments.checkOutput("--out", folder.resolve("no/x")));
    }

    /** The system finds no way there, whatever the path would be without both. */
    @Test
    void noFolderIsLeftThatDoesNotExist() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        for (Path from : List.of(folder.resolve("none"), file)) {
            String reason =
                    " cannot be ('..' must follow a folder that exists, and " + from + " is none); name another place";
            Path into = from.resolve("../new");
            for (Executable check : List.<Executable>of(
                    () -> FileArguments.checkFolder("--out", into),
                    () -> FileArguments.checkOutput("--out", into),
                    () -> FileArguments.checkOutput("--out", into, from))) {
                refused("--out must name a place that can be reached, but " + into + reason, check);
            }
        }
        Path linked =
                Files.createSymbolicLink(folder.resolve("linked"), Files.createDirectories(folder.resolve("a/b")));
        Path made = linked.resolve("../made/./new");
        FileArguments.checkFolder("--report", made);
        Files.createDirectories(made);
        assertTrue(Files.isDirectory(folder.resolve("a/made/new")));
        FileArguments.checkOutput("--out", made.resolve("F.npy"));
    }

    @Test
    void aFolderMayBeMadeButNotInPlaceOfAFile() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertDoesNotThrow(() -> FileArguments.checkFolder("--report", folder));
        assertDoesNotThrow(() -> FileArguments.checkFolder("--report", folder.resolve("a/b/c")));
        for (Path wrong : new Path[] {file, file.resolve("a/b")}) {
            refused(
                    "--report must name a folder, but " + file + " is a file",
                    () -> FileArguments.checkFolder("--report", wrong));
        }
    }

    /** Shares of a study begin at the same moment, in folders beside each other of which none exists yet. */
    @Test
    void manyMayAskForFoldersBesideEachOther() throws IOException {
        IntStream.range(0, 400)
                .parallel()
                .forEach(share -> FileArguments.checkFolder("--store", folder.resolve("stores/deep/" + share)));
        try (var files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void aLinkToNothingIsNoFolder() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));
        refused(
                "--store must name a folder that can be written, but " + link
                        + " cannot be (it is a link to nothing); --store DIR names another",
                () -> FileArguments.checkFolder("--store", link));
    }

    /** Results of one command must not land in one file by two names. */
    @Test
    void outputsLandInPlacesOfTheirOwn() throws IOException {
        Path file = folder.resolve("file.npz");
        Path link = Files.createSymbolicLink(folder.resolve("link.npz"), file);
        refused(
                "--weights-out must be another file than --out, got " + link + " and " + file
                        + ", which are the same file",
                () -> FileArguments.checkDifferent("--weights-out", link, "--out", file));
        refused(
                "--variance-out must be another file than --csv, got " + file + " for both",
                () -> FileArguments.checkDifferent("--variance-out", file, "--csv", file));
        FileArguments.checkDifferent("--weights-out", folder.resolve("other.npz"), "--out", file);
        FileArguments.checkDifferent("--weights-out", null, "--out", file);
    }

    /** The folder that a link leads to decides, not the folder that holds the link. */
    @Test
    void anOutputIsCheckedWhereItsLinkLeads() throws IOException {
        Path fresh = Files.createSymbolicLink(folder.resolve("fresh.npy"), folder.resolve("new.npy"));
        FileArguments.checkOutput("--out", fresh);
        assertTrue(Files.isSymbolicLink(fresh));
        assertFalse(Files.exists(fresh));
        // nobody may make files there, nor replace this one
        for (String place : List.of("/proc/new.npy", "/proc/version")) {
            Path link = Files.createSymbolicLink(folder.resolve(place.substring(6)), Path.of(place));
            BadInput out = assertThrows(BadInput.class, () -> FileArguments.checkOutput("--out", link));
            assertTrue(out.getMessage().startsWith("--out must name a file that "), out.getMessage());
            Files.delete(link);
        }
        Path circle = Files.createSymbolicLink(folder.resolve("circle.npy"), folder.resolve("circle.npy"));
        refused(
                "--out must name a place that can be reached, but " + circle
                        + " cannot be (its links lead in a circle); name another place",
                () -> FileArguments.checkOutput("--out", circle));
    }

    @Test
    void anOutputMayLieInAReportThatIsStillMissing() throws IOException {
        Path linked = Files.createSymbolicLink(folder.resolve("linked"), folder);
        Path report = folder.resolve("report");
        FileArguments.checkOutput("--json", linked.resolve("report/results.json"), report);
        refused(
                "--json must name a file in an existing folder, got " + report.resolve("none/results.json")
                        + "; make the folder " + folder.toRealPath().resolve("report/none") + " first",
                () -> FileArguments.checkOutput("--json", report.resolve("none/results.json"), report));
        Path tooLong = report.resolve("x".repeat(300));
        for (int round = 0; round < 2; round++) {
            BadInput refused = assertThrows(BadInput.class, () -> FileArguments.checkOutput("--json", tooLong, report));
            assertTrue(refused.getMessage().startsWith("--json must name a file that can be written, but " + tooLong));
            assertEquals(round == 1, Files.exists(report));
            Files.createDirectories(report);
        }
        Path below = Files.createDirectories(report.resolve("below"));
        refused(
                "--json must name a file, but " + below + " is a folder; name a file in it",
                () -> FileArguments.checkOutput("--json", below, report));
    }

    /** Whether the report is still to be made or not, results do not replace its page, nor it them. */
    @Test
    void anOutputBesideAReportIsNoneOfItsFiles() throws IOException {
        Path linked = Files.createSymbolicLink(folder.resolve("linked"), folder);
        Path report = folder.resolve("report");
        for (int round = 0; round < 2; round++) {
            for (String own : List.of("index.html", "trials.CSV")) {
                Path file = linked.resolve("report").resolve(own);
                refused(
                        "--json must be another file than those of --report, which end with .html and .csv, got " + file
                                + "; name one that ends with .json",
                        () -> FileArguments.checkBesideReport("--json", file, report));
            }
            FileArguments.checkBesideReport("--json", report.resolve("index.json"), report);
            FileArguments.checkBesideReport("--json", folder.resolve("index.html"), report);
            FileArguments.checkBesideReport("--json", folder.resolve("index.html"), null);
            FileArguments.checkBesideReport("--json", null, report);
            Files.createDirectories(report);
        }
    }

    /** Whatever links lead there; other things may stand in a store's folder. */
    @Test
    void outputsDoNotLieAmongTheFilesOfAStore() throws IOException {
        Path store = Files.createDirectory(folder.resolve("s"));
        Path linked = Files.createSymbolicLink(folder.resolve("linked"), store);
        Path arrays = Files.createDirectory(store.resolve("arrays"));
        FileArguments.checkOutput("--out", arrays.resolve("F.npy"));
        Files.createFile(store.resolve("store.json"));
        for (Path place : List.of(arrays, arrays.resolve("a/b"), linked.resolve("arrays/c"))) {
            refused(
                    "--report must not name what a store needs for itself, got " + place + "; name another place",
                    () -> FileArguments.checkFolder("--report", place));
        }
        for (String own : List.of("arrays/F.npy", "results.jsonl", "store.json", "store.lock")) {
            Path file = linked.resolve(own);
            refused(
                    "--json must not name what a store needs for itself, got " + file + "; name another place",
                    () -> FileArguments.checkOutput("--json", file));
        }
        FileArguments.checkFolder("--report", store.resolve("report"));
        FileArguments.checkOutput("--json", linked.resolve("result.json"));
        FileArguments.checkFolder("--report", folder.resolve("arrays"));
    }

    @Test
    void numbersStopAtTheEdgeOfTheirRange() {
        Array edge = Array.of(new double[] {0, -0x1p240, 0x1p240}, 3);
        assertSame(edge, FileArguments.numbers("--train", "f", edge, Precision.FLOAT64));
        Array single = Array.of(new double[] {Float.MAX_VALUE, -Float.MAX_VALUE}, 2);
        assertSame(single, FileArguments.numbers("--train", "f", single, Precision.FLOAT32));
        double above = Math.nextUp((double) Float.MAX_VALUE);
        refused(
                "--train must hold float32 numbers of magnitude at most 3.4028234663852886E38, got " + -above
                        + " at position 1 of f",
                () -> FileArguments.numbers("--train", "f", Array.of(new double[] {0, -above}, 2), Precision.FLOAT32));
    }

    /** Root may write anywhere: then the test has nothing to see. */
    @Test
    void whatMayNotBeWrittenIsRefusedBeforeAnyWork() throws IOException {
        Path locked = Files.createDirectory(folder.resolve("locked"));
        Files.setPosixFilePermissions(locked, java.nio.file.attribute.PosixFilePermissions.fromString("r-xr-xr-x"));
        org.junit.jupiter.api.Assumptions.assumeFalse(Files.isWritable(locked));
        refused(
                "--report must name a folder that may be written, but " + locked
                        + " may not be; --report DIR names another",
                () -> FileArguments.checkFolder("--report", locked.resolve("a/b")));
        refused(
                "--out must name a file that may be written, but its folder " + locked + " may not be",
                () -> FileArguments.checkOutput("--out", locked.resolve("F.npy")));
        Path into = Files.createSymbolicLink(folder.resolve("into.npy"), locked.resolve("F.npy"));
        refused(
                "--out must name a file that may be written, but its folder " + locked + " may not be",
                () -> FileArguments.checkOutput("--out", into));
    }

    /** Only the folder in which a file lands has to take it. */
    @Test
    void aLinkInAFolderThatMayNotBeWrittenMayLeadToAFile() throws IOException {
        Path locked = Files.createDirectory(folder.resolve("locked"));
        Path out = Files.createSymbolicLink(locked.resolve("out.npy"), folder.resolve("F.npy"));
        Files.setPosixFilePermissions(locked, java.nio.file.attribute.PosixFilePermissions.fromString("r-xr-xr-x"));
        FileArguments.checkOutput("--out", out);
        WholeFile.write(out, "written");
        assertEquals("written", Files.readString(folder.resolve("F.npy")));
        FileArguments.checkOutput("--out", out);
    }

    /** Names that are too long, and folders that take no files whatever their permissions say. */
    @Test
    void whatCannotBeWrittenIsRefusedBeforeAnyWorkAndLeavesNothing() throws IOException {
        String name = "x".repeat(300);
        List<Path> impossible = new ArrayList<>(
                List.of(folder.resolve(name), folder.resolve("a/b").resolve(name)));
        if (Files.isWritable(Path.of("/proc"))) {
            impossible.add(Path.of("/proc/x"));
        }
        for (Path path : impossible) {
            BadInput report = assertThrows(BadInput.class, () -> FileArguments.checkFolder("--report", path));
            assertTrue(report.getMessage().startsWith("--report must name a folder that can be written, but " + path));
            BadInput out = assertThrows(BadInput.class, () -> FileArguments.checkOutput("--out", path));
            assertTrue(out.getMessage().startsWith("--out must name a file "), out.getMessage());
        }
        FileArguments.checkFolder("--report", folder.resolve("c/d"));
        FileArguments.checkOutput("--out", folder.resolve("F.npy"));
        try (var files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        }
    }

    /** No command works first: each refuses an impossible place for each of its outputs within a second or so. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "verify T1 --trials 100000000 --report @",
                "verify T1 --trials 100000000 --json @",
                "findings --store @",
                "findings --json @",
                "study cnn --depth 4 --seeds 100 --store @",
                "study cnn --depth 4 --seeds 100 --store target/unused --report @",
                "study cnn --depth 4 --seeds 100 --store target/unused --csv @",
                "power T1 --trials 100000000 --report @",
                "power T1 --trials 100000000 --json @",
                "bounds --train builtin#3 --test builtin#4 --kernels 29 --networks 100000000 --csv @",
                "predict cnn --train builtin#3 --weights src/example/kernel-5x5.npy --test builtin#4 --steps 5 --out @.npy",
                "train cnn --train builtin#3 --weights src/example/kernel-5x5.npy --test builtin#4 --steps 100000000 --out @.npy",
                "train cnn --train builtin#3 --weights src/example/kernel-5x5.npy --test builtin#4 --steps 100000000"
                        + " --out target/unused.npy --weights-out @.npy",
                "check cnn --train builtin#3 --weights src/example/kernel-5x5.npy --trained src/example/kernel-5x5.npy --report @",
                "check cnn --train builtin#3 --weights src/example/kernel-5x5.npy --trained src/example/kernel-5x5.npy --json @",
            })
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void everyOutputOfEveryCommandIsTriedFirst(String command) {
        String option = command.substring(command.lastIndexOf("--")).split(" ")[0];
        Run run = Run.of(
                command.replace("@", folder.resolve("x".repeat(300)).toString()).split(" "));
        assertEquals(2, run.code(), run.error());
        assertEquals(1, run.error().lines().count(), run.error());
        assertTrue(run.error().startsWith("idem: " + option + " must name a "), run.error());
        assertEquals("", run.output());
        run = Run.of(
                command.replace("@", folder.resolve("none/../x").toString()).split(" "));
        assertTrue(run.error().startsWith("idem: " + option + " must name a place that can be reached"), run.error());
        assertEquals("", run.output());
    }

    /** Every output that is a file: its name must be that of a file. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "verify T1 --json",
                "power T1 --json",
                "findings --json",
                "bounds --train builtin#3 --test builtin#4 --kernels 29 --networks 2 --csv",
                "predict cnn --train builtin#3 --weights src/example/kernel-5x5.npy --test builtin#4 --steps 5 --out",
                "predict cnn --width infinite --train builtin#3 --test builtin#4 --steps 5 --out target/unused.npy"
                        + " --variance-out",
                "train cnn --train builtin#3 --weights src/example/kernel-5x5.npy --test builtin#4 --steps 1 --out",
                "train cnn --train builtin#3 --weights src/example/kernel-5x5.npy --test builtin#4 --steps 1"
                        + " --out target/unused.npy --weights-out",
                "check cnn --train builtin#3 --weights src/example/kernel-5x5.npy --trained src/example/kernel-5x5.npy --json",
                "images --out",
                "study fcn --export",
            })
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void namesOfFoldersAreNoNamesOfFiles(String command) {
        String option = command.substring(command.lastIndexOf("--"));
        String shorter = "; idem " + command.split(" ")[0] + " --help explains\n";
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.add("");
        for (String end : List.of("/", "/.", "/..")) {
            String name = folder.resolve("F.npy") + end;
            words.set(words.size() - 1, name);
            Run run = Run.of(words.toArray(String[]::new));
            assertEquals(
                    "idem: " + option + " must name a file, but " + name
                            + " names a folder; name a file in it, without "
                            + (end.equals("/") ? end : end.substring(1)) + " at the end" + shorter,
                    run.error());
            assertEquals(2, run.code());
        }
        words.set(words.size() - 1, "");
        assertEquals(
                "idem: " + option + " must name a file, got nothing" + shorter,
                Run.of(words.toArray(String[]::new)).error());
    }

    @Test
    void theNameOfAnArraySaysItsFormat() {
        for (String name : new String[] {"F.npy", "F.NPZ", "a.b.npy"}) {
            assertDoesNotThrow(() -> FileArguments.checkArray("--out", folder.resolve(name), false));
        }
        assertDoesNotThrow(() -> FileArguments.checkArray("--out", folder.resolve("F.Png"), true));
        assertDoesNotThrow(() -> FileArguments.checkArray("--out", Path.of("/dev/null"), false));
        assertDoesNotThrow(() -> FileArguments.checkArray("--out", null, false));
        for (String name : new String[] {"F", "npy", "F.npy.gz", "F.pt", "F."}) {
            Path file = folder.resolve(name);
            refused(
                    "--out must end with .npy, .npz or .png, got " + file,
                    () -> FileArguments.checkArray("--out", file, true));
        }
    }
}
