package org.idem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.idem.Fuzzing;
import org.idem.array.Array;
import org.idem.array.NpyFile;
import org.idem.array.NpzFile;
import org.idem.array.Precision;
import org.idem.theorem.Theorem;
import org.idem.theorem.Theorems;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mutated command lines, replay lines and data files end with a documented exit code, never with a stack trace, and
 * leave no file that they do not name.
 */
class CommandLineFuzzTest {
    private static final int SECONDS = 60;
    private static final long MOST_ALLOCATED = 256L << 20;
    /** Numbers of steps and networks beyond this are right, but take longer than a test may. */
    private static final long MOST_COUNT = 200;

    private static final Set<String> COUNTS = Set.of(
            "--steps",
            "--networks",
            "--kernels",
            "--trials",
            "--depth",
            "--width",
            "--channels",
            "--seeds",
            "--most-steps");

    /** Commands that work for minutes if a mutation takes their theorem away. */
    private static final Set<String> LONG = Set.of("power", "verify");

    private static final Set<String> OUTPUTS =
            Set.of("--out", "--weights-out", "--csv", "--json", "--report", "--store", "--into");

    /** The files lie one folder deeper, so that one that appears beside them is seen. */
    @TempDir
    Path root;

    private Path folder = Path.of("");

    private static final List<String> COMMANDS = List.of(
            "predict fcn --train @X.npy --weights @W.npy --test @Z.npy --out @F.npy --steps 9 --momentum 0.5",
            "predict cnn --train @I.npy --test @I.npy#1 --out @F.npy --width infinite --depth 3 --kernel 3 --steps 5",
            "train fcn --train @X.npz:x#1 --weights @W.npy --bias @b.npy --target @Z.npy#2 --test @Z.npy --out @F.npz"
                    + " --steps 3 --learning-rate 0.01 --weights-out @V.npy",
            "train cnn --train @I.npy#0 --weights @K.npy --test @I.npy --out @F.npy --steps 5 --padding circular"
                    + " --loss mean --precision float32",
            "predict cnn --train @I.npy --weights @K.npy --test @I.npy#1 --out @F.npy --limit --weight-decay 0.25",
            "predict fcn --train @X.npy --weights @W.npy --test @Z.npy --out @F.npy --steps 4 --momentum 0.5 --nesterov"
                    + " --seed 4 --precision float64",
            "bounds --train @I.npy#0 --test @I.npy#1 --kernels 1,3 --networks 2 --steps 5 --csv @t.csv --init he",
            "train fcn --train @X.npy --test @Z.npy --out @F.npy --weights-out @V.npz --depth 3 --width 4 --bias --residual"
                    + " --activation tanh --init orthogonal --gain 1.5 --rule adam --steps 4 --seed 9",
            "train fcn --bias --weights @net.npz --depth 2 --train @X.npy --test @Z.npy --out @F.npy --rule rmsprop --steps 4",
            "train cnn --train @I.npy --test @I.npy --out @F.png --channels 3 --kernel 3 --depth 2 --init pytorch --steps 4"
                    + " --padding valid --momentum 0.5 --loss mean",
            "images @I.npy#1 --out @sheet.png --most 9",
            "theorems T2.rank-error",
            "compare @nowhere/a.json @nowhere/b.json",
            "new-theorem mine.first --into @mine",
            "study cnn --depth 1,2 --channels 2 --kernel 3 --train @I.npy#0 --bias --rule sgd,adam --learning-rate 0.1,1e-3"
                    + " --zip rule,learning-rate --seeds 2 --most-steps 3 --store @s --csv @c --report @r",
            "study fcn --width 3,4 --train @I.npy --examples 2 --batch 1 --shard 1/2 --most-steps 2 --seeds 1 --store @s",
            "study --merge @nowhere/a @nowhere/b --store @s",
            // an output in a folder that is not there ends these when all other arguments have been read
            "power T1 --trials 3 --seed 4 --json @nowhere/p.json",
            "verify T1 T2 --trials 3 --seed 4 --confidence 0.9 --images @I.npy --report @r --json @nowhere/r.json",
            "verify T1 --guarantee 0.5 --report @r --json @nowhere/r.json");

    @BeforeEach
    void data() throws IOException {
        folder = Files.createDirectories(root.resolve("data"));
        SplittableRandom random = new SplittableRandom(1);
        save("X", random, 3, 5);
        save("Z", random, 4, 5);
        save("W", random, 5, 5);
        save("b", random, 5);
        save("I", random, 2, 1, 6, 7);
        save("K", random, 1, 1, 3, 3);
        NpzFile.write(folder.resolve("X.npz"), "x", NpyFile.read(folder.resolve("X.npy")), Precision.FLOAT64);
        NpyFile.Content weights = new NpyFile.Content(NpyFile.read(folder.resolve("W.npy")), Precision.FLOAT64);
        NpyFile.Content bias = new NpyFile.Content(NpyFile.read(folder.resolve("b.npy")), Precision.FLOAT32);
        NpzFile.write(
                folder.resolve("net.npz"),
                Map.of("0.weight", weights, "0.bias", bias, "2.weight", weights, "2.bias", bias));
    }

    private void save(String name, SplittableRandom random, int... shape) throws IOException {
        Array array = Array.zeros(shape);
        Arrays.setAll(array.values(), i -> random.nextDouble());
        NpyFile.write(folder.resolve(name + ".npy"), array, Precision.FLOAT64);
    }

    private Set<Path> files() throws IOException {
        try (var all = Files.walk(root)) {
            return new HashSet<>(all.toList());
        }
    }

    private static void check(Run run, String input) {
        assertTrue(Set.of(0, 2, 3, 4).contains(run.code()), () -> input + " ended with " + run);
        if (run.code() == 2) {
            assertEquals(1, run.error().lines().count(), () -> input + " says " + run.error());
            assertTrue(run.error().startsWith("idem: "), () -> input + " says " + run.error());
            assertEquals("", run.output(), input);
        }
    }

    /** Otherwise mutations would start from lines that are refused anyhow. */
    @Test
    void theyStartFromLinesThatAreRight() {
        for (String command : COMMANDS) {
            Run run = Run.of(command.replace("@", folder + "/").split(" "));
            assertEquals(command.contains("nowhere") ? 2 : 0, run.code(), () -> command + ": " + run);
        }
    }

    @Test
    void replayLines() {
        List<String> lines = new ArrayList<>();
        for (Theorem<?> theorem : Theorems.list()) {
            for (int seed = 0; seed < 3; seed++) {
                lines.add(theorem.id() + " " + theorem.draw(seed));
            }
        }
        TreeMap<Integer, Integer> codes = new TreeMap<>();
        try (Fuzzing fuzzing = new Fuzzing("mutated replay lines", SECONDS, MOST_ALLOCATED)) {
            for (int i = 0; i < Fuzzing.inputs() / 8; i++) {
                String line = mutatedLine(lines.get(i % lines.size()), fuzzing);
                Run run = fuzzing.run(line, () -> Run.of("replay", line));
                check(run, line);
                assertTrue(run.code() != 3, () -> line + " refutes: " + run.output());
                codes.merge(run.code(), 1, Integer::sum);
            }
            System.out.println("exit codes of replay lines " + codes);
        }
    }

    private static String mutatedLine(String line, Fuzzing fuzzing) {
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        int at = fuzzing.random().nextInt(words.size());
        switch (fuzzing.random().nextInt(6)) {
            case 0 -> words.remove(at);
            case 1 -> words.add(words.get(at));
            case 2 -> words.set(at, fuzzing.mutated(words.get(at)));
            case 3 -> {
                return fuzzing.mutated(line);
            }
            default -> {
                String[] parts = words.get(at).split("=", 2);
                words.set(at, parts[0] + "=" + fuzzing.mutated(parts[parts.length - 1]));
            }
        }
        return String.join(" ", words);
    }

    @Test
    void commandLines() throws IOException {
        Set<Path> here = workingFolder();
        Set<Path> before = files();
        TreeMap<Integer, Integer> codes = new TreeMap<>();
        try (Fuzzing fuzzing = new Fuzzing("mutated command lines", SECONDS, MOST_ALLOCATED)) {
            for (int i = 0; i < Fuzzing.inputs() / 8; i++) {
                List<String> words = mutatedCommand(COMMANDS.get(i % COMMANDS.size()), fuzzing);
                byte[] original = Files.readAllBytes(folder.resolve("X.npy"));
                Path damaged = folder.resolve(fuzzing.random().nextBoolean() ? "X.npy" : "I.npy");
                if (fuzzing.random().nextInt(4) == 0) {
                    Files.write(damaged, fuzzing.mutated(Files.readAllBytes(damaged), List.of(original)));
                }
                String input = String.join(" ", words);
                Run run = fuzzing.run(input, () -> Run.of(words.toArray(String[]::new)));
                check(run, input);
                codes.merge(run.code(), 1, Integer::sum);
                List<Path> left = new ArrayList<>(files());
                left.removeAll(before);
                left.sort(Comparator.reverseOrder());
                for (Path file : left) {
                    boolean named = words.stream().anyMatch(word -> isIn(file, word));
                    assertTrue(run.code() != 2 && named, () -> input + " leaves " + file);
                    Files.delete(file);
                }
                data();
            }
            System.out.println("exit codes of command lines " + codes);
        }
        assertEquals(here, workingFolder());
    }

    /** Whether a word names the file or a folder above it. */
    private boolean isIn(Path file, String word) {
        if (!word.startsWith(folder + "/")) {
            return false;
        }
        Path named = Path.of(word).normalize();
        return named.startsWith(root) && file.startsWith(named);
    }

    private static Set<Path> workingFolder() throws IOException {
        try (var all = Files.list(Path.of(""))) {
            return new HashSet<>(all.toList());
        }
    }

    private List<String> mutatedCommand(String command, Fuzzing fuzzing) {
        SplittableRandom random = fuzzing.random();
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        for (int change = random.nextInt(1, 3); change > 0; change--) {
            int at = random.nextInt(words.size());
            switch (random.nextInt(8)) {
                case 0 -> words.remove(at);
                case 1 -> words.add(words.get(at));
                case 2 -> words.set(at, words.get(random.nextInt(words.size())));
                default -> {
                    String word = words.get(at);
                    String place = word.startsWith("@") ? word.substring(0, word.lastIndexOf('/') + 1) : "";
                    String rest = word.substring(place.isEmpty() && word.startsWith("@") ? 1 : place.length());
                    words.set(at, (word.startsWith("@") && place.isEmpty() ? "@" : place) + fuzzing.mutated(rest));
                }
            }
            if (words.isEmpty()) {
                words.add("");
            }
        }
        tame(words);
        words.replaceAll(word -> word.startsWith("@") ? folder + "/" + word.substring(1) : word);
        return words;
    }

    /**
     * Outputs stay in the folder; counts that are right but large become negative; trials that run to the end write no
     * report.
     */
    private static void tame(List<String> words) {
        for (int i = 0; i + 1 < words.size(); i++) {
            String next = words.get(i + 1);
            if (OUTPUTS.contains(words.get(i)) && !next.startsWith("@")) {
                words.set(i + 1, "@" + next.replace("/", ""));
            }
            if (COUNTS.contains(words.get(i)) && words.get(i + 1).matches("\\d{1,10}")) {
                long count = Long.parseLong(words.get(i + 1));
                if (count > MOST_COUNT && count <= Integer.MAX_VALUE) {
                    words.set(i + 1, "-" + count);
                }
            }
        }
        if (words.get(0).equals("train") && !words.contains("--steps")) {
            words.addAll(List.of("--steps", "5"));
        }
        if (LONG.contains(words.get(0))) {
            words.removeIf(word -> word.equals("--json") || word.contains("nowhere"));
            words.addAll(List.of("--json", "@nowhere/r.json"));
        }
        if (words.get(0).equals("study")) {
            addMissing(words, "--most-steps", "3");
            addMissing(words, "--store", "@s");
            addMissing(words, "--train", "@I.npy");
        }
        if (words.get(0).equals("bounds") && !words.contains("--networks")) {
            words.addAll(List.of("--networks", "2"));
        }
    }

    private static void addMissing(List<String> words, String option, String value) {
        if (!words.contains(option)) {
            words.addAll(List.of(option, value));
        }
    }
}
