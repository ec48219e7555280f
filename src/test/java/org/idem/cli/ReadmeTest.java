package org.idem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.idem.array.NpyFile;
import org.idem.cli.terminal.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's commands, in its order, in a folder that holds nothing but the project's example files: each ends with
 * the exit code and prints the words that the README promises. Numbers of trials, networks and runs are cut down.
 *
 * <p>The plain {@code ./idem verify} is not run here: {@code .ci/run} does so in full.
 */
class ReadmeTest {
    private static final Map<String, String> SHORTENED =
            Map.of("--trials", "60", "--networks", "2", "--false-alarms", "2");

    private static final Pattern WORD = Pattern.compile("'([^']*)'|\\S+");
    private static final Pattern FILE = Pattern.compile("(src|target)/\\S*");

    @TempDir
    Path folder;

    private static List<String> commands() throws IOException {
        return Files.readAllLines(Path.of("README.md")).stream()
                .filter(line -> line.startsWith("./idem "))
                .toList();
    }

    private Run run(String command) {
        List<String> words = new ArrayList<>();
        for (Matcher word = WORD.matcher(command.substring("./idem ".length())); word.find(); ) {
            String text = word.group(1) != null ? word.group(1) : word.group();
            String fewer = words.isEmpty() ? null : SHORTENED.get(words.get(words.size() - 1));
            words.add(
                    fewer != null
                            ? fewer
                            : FILE.matcher(text).matches()
                                    ? folder.resolve(text).toString()
                                    : text);
        }
        return Run.of(words.toArray(String[]::new));
    }

    private static void printed(String command, Run run, int code, String... words) {
        assertEquals(code, run.code(), () -> command + ": " + run);
        // images of several sizes do not fit into one array
        String said = command.contains(" --test builtin ") ? "idem: --test builtin takes .*\n" : "";
        assertTrue(run.error().matches(said), () -> command + ": " + run);
        for (String word : words) {
            assertTrue(run.output().contains(word), () -> command + " lacks '" + word + "': " + run.output());
        }
    }

    private double[] numbers(String name) throws IOException {
        return NpyFile.read(folder.resolve("target").resolve(name)).values();
    }

    /** Example 1: "predict prints the largest difference that rounding can cause; the real one is smaller". */
    private void outputsAreCloserThan(double budget) throws IOException {
        double[] predicted = numbers("predicted.npy");
        double[] trained = numbers("trained.npy");
        assertEquals(784, predicted.length);
        for (int i = 0; i < predicted.length; i++) {
            assertTrue(Math.abs(predicted[i] - trained[i]) <= budget);
        }
    }

    /** Example 2: "Up to 27×27 the patches of a 28×28 image have full rank and the error vanishes". */
    private static void ranksAreFullUpTo27(String command, Run run) {
        printed(command, run, ExitCode.DONE, "limit mean", "exact 95 %", "upper bounds", "as multiples of exact 95 %");
        List<String[]> rows = run.output()
                .lines()
                .skip(1)
                .takeWhile(line -> !line.isEmpty())
                .map(line -> line.strip().split("\\s+"))
                .toList();
        assertEquals(5, rows.size());
        for (String[] row : rows) {
            boolean full = Integer.parseInt(row[0]) <= 27;
            assertEquals(full, row[1].equals(row[2]), () -> String.join(" ", row));
            assertEquals(full, Double.parseDouble(row[3]) == 0, () -> String.join(" ", row));
        }
    }

    /** What the README compiles by javac. */
    private static void compile(Path project) {
        String theorem = project + "/src/main/java/theorems/MineFirstTheorem.java";
        String classes = project + "/target/classes";
        String[] words = {"-cp", System.getProperty("java.class.path"), "-d", classes, theorem};
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, words));
    }

    @Test
    void everyCommandDoesWhatTheReadmeSays() throws IOException {
        Path examples = Files.createDirectories(folder.resolve("src/example"));
        for (String example : List.of("kernel-5x5.npy", "identities.npz")) {
            Files.copy(Path.of("src/example", example), examples.resolve(example));
        }
        Files.createDirectory(folder.resolve("target"));
        double budget = Double.NaN;
        double deepLoss = Double.NaN;
        for (String command : commands()) {
            if (command.equals("./idem verify")) {
                assertTrue(Files.readAllLines(Path.of(".ci/run")).contains(command));
                continue;
            }
            Run run = run(command);
            switch (command.split(" ")[1]) {
                case "predict" -> {
                    if (command.contains("--width infinite")) {
                        printed(command, run, ExitCode.DONE, "mean over networks", "parametrisation", "learning rate");
                        assertEquals(784, numbers("infinite.npy").length);
                        assertTrue(Arrays.stream(numbers("variance.npy")).allMatch(variance -> variance > 0));
                        continue;
                    }
                    printed(command, run, ExitCode.DONE, "learning rate", "error budget");
                    budget = run.number("error budget");
                }
                case "train" -> {
                    printed(command, run, ExitCode.DONE, "steps  ", "last loss");
                    if (command.contains("--steps 500")) {
                        outputsAreCloserThan(budget);
                    }
                    if (command.contains("--weights target/deep.npz")) {
                        assertTrue(run.number("last loss") < deepLoss, run::toString);
                    }
                    deepLoss = run.number("last loss");
                }
                case "images" -> {
                    printed(command, run, ExitCode.DONE, "3  digit-3 ", "checkerboard-3x3");
                    assertTrue(Files.exists(folder.resolve("target/images.png")));
                }
                case "bounds" -> ranksAreFullUpTo27(command, run);
                case "theorems" -> {
                    boolean one = command.endsWith("T2.rank-error");
                    String[] words = one
                            ? new String[] {"statement", "proofs/T2.rank-error.md", "drawn at random", "false variants"}
                            : new String[] {" [machine-checked]", " [partly machine-checked]", " [no formal proof]"};
                    printed(command, run, ExitCode.DONE, words);
                }
                case "verify" -> {
                    if (command.contains("--classpath")) {
                        printed(command, run, ExitCode.DONE, "mine.first ", " confirmed ");
                        continue;
                    }
                    printed(command, run, ExitCode.DONE, "T1.steps         confirmed", "T2.steps         confirmed");
                    assertTrue(Files.exists(folder.resolve("target/report/index.html")));
                    assertTrue(Files.exists(folder.resolve("target/results.json")));
                }
                case "study" -> {
                    boolean list = command.endsWith("--list");
                    printed(command, run, ExitCode.DONE, list ? "figure3  " : "6 of 6 networks trained");
                    if (!list) {
                        assertTrue(run.number("depth 3") > run.number("depth 10"), run::toString);
                        assertTrue(Files.exists(folder.resolve("target/tables/runs.csv")));
                        assertTrue(Files.exists(folder.resolve("target/study/report/index.html")));
                    }
                }
                case "new-theorem" -> {
                    printed(command, run, ExitCode.DONE, "MineFirstTheorem.java", "proofs/mine.first.md");
                    compile(folder.resolve("target/mine"));
                }
                case "replay" -> printed(command, run, ExitCode.DONE, "claimed", "observed", "ratio");
                case "power" -> {
                    // so few trials may leave a variant standing, which the command says by its exit code
                    assertTrue(run.code() == ExitCode.DONE || run.code() == ExitCode.UNDECIDED, run::toString);
                    // a false alarm has the declared probability of 0.05
                    printed(command, run, run.code(), "T2.law", " of 2 runs refuted a true theorem");
                    assertTrue(Files.exists(folder.resolve("target/power/power.html")));
                }
                case "check" -> {
                    if (command.contains("--any-optimiser")) {
                        // 50 steps are short of the limit
                        printed(command, run, ExitCode.UNDECIDED, "undecided", "complement of the span");
                        continue;
                    }
                    boolean oneTooMany = command.contains("--steps 51");
                    printed(
                            command,
                            run,
                            oneTooMany ? ExitCode.REFUTED : ExitCode.DONE,
                            oneTooMany ? "refuted" : "confirmed",
                            "50 steps");
                    assertEquals(oneTooMany, Files.exists(folder.resolve("target/check/index.html")));
                }
                default -> throw new AssertionError("say here what the README promises of " + command);
            }
        }
    }
}
