package org.idem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.idem.array.Array;
import org.idem.array.NpyFile;
import org.idem.array.Precision;
import org.idem.cli.terminal.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Every example of {@code --help} runs as it stands, on small files of the names that it uses, each in a fresh folder,
 * and ends with the exit code that it promises; only the numbers of networks are cut down. {@link ReadmeTest} runs
 * those of the README.
 *
 * <p>{@code verify}, {@code power} and {@code findings} take minutes. One of their examples runs; the others are read
 * up to their last argument, an output in a folder that is not there, which is the only thing that may be found wrong.
 */
class ExamplesTest {
    private static final Map<String, String> SHORTENED = Map.of("--networks", "2");

    private static final Set<String> LONG = Set.of("verify", "power", "findings");
    /** Options that name folders, which are made. */
    private static final Set<String> FOLDERS = Set.of("--report", "--store", "--csv", "--into");

    private static final Pattern FILE = Pattern.compile("@?[\\w./-]+\\.(npy|npz|gz|png|json|csv|study)([:#].*)?");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\\S+");

    private static final String RUN_IN_FULL = "idem verify T1.steps --images digits.gz --report my-report --trials 60";

    @TempDir
    Path root;

    private Path folder = Path.of("");

    /** FCN examples have 12 inputs, which are also the pixels of the digits; the scans are for CNNs. */
    private void freshFolder(int number) throws IOException {
        folder = Files.createDirectory(root.resolve("example-" + number));
        SplittableRandom random = new SplittableRandom(1);
        Files.writeString(folder.resolve("my.study"), "cnn\n--depth 1,2\n--size 5\n--most-steps 3\n");
        save("X.npy", random, 5, 12);
        save("Y.npy", random, 5, 12);
        save("Z.npy", random, 4, 12);
        save("W0.npy", random, 12, 12);
        save("b0.npy", random, 12);
        archive("scans.npz", Map.of("train", uniform(random, 9, 1, 6, 6), "test", uniform(random, 3, 1, 5, 7)));
        archive(
                "state.npz",
                Map.of(
                        "0.weight",
                        uniform(random, 3, 12),
                        "0.bias",
                        uniform(random, 3),
                        "2.weight",
                        uniform(random, 12, 3)));
        save("image.npy", random, 1, 12);
        Array multiple = Array.zeros(12, 12);
        for (int i = 0; i < 12; i++) {
            multiple.values()[13 * i] = 0.5;
        }
        archive("identities.npz", Map.of("0.weight", multiple, "1.weight", multiple));
        archive("net.npz", Map.of("kernel", uniform(random, 1, 1, 3, 3), "bias", uniform(random, 1)));
        try (OutputStream file = Files.newOutputStream(folder.resolve("digits.gz"));
                OutputStream out = new GZIPOutputStream(file)) {
            out.write(new byte[] {0, 0, 8, 3, 0, 0, 0, 10, 0, 0, 0, 4, 0, 0, 0, 3});
            byte[] pixels = new byte[120];
            new java.util.Random(1).nextBytes(pixels);
            out.write(pixels);
        }
        // what the examples of check say about WT.npy is true
        String training = "train fcn --train @X.npy --weights @W0.npy --test @Z.npy --out @F.npy --weights-out @WT.npy"
                + " --loss mean --learning-rate 0.1 --steps 500";
        Run trained = Run.of(training.replace("@", folder + "/").split(" "));
        assertEquals(ExitCode.DONE, trained.code(), trained::toString);
        Files.delete(folder.resolve("F.npy"));
        share("1/2", "one.json");
        share("2/2", "two.json");
        for (String results : List.of("yesterday.json", "today.json")) {
            Files.copy(Path.of("reports/reference/results.json"), folder.resolve(results));
        }
    }

    /** What another process would have written. */
    private void share(String share, String name) {
        String run = "verify T1.steps --seed 1 --trials 60 --shard " + share + " --json ";
        Run shared = Run.of((run + folder.resolve(name)).split(" "));
        assertEquals(ExitCode.DONE, shared.code(), shared::toString);
    }

    private static Array uniform(SplittableRandom random, int... shape) {
        Array array = Array.zeros(shape);
        Arrays.setAll(array.values(), i -> random.nextDouble());
        return array;
    }

    private void save(String name, SplittableRandom random, int... shape) throws IOException {
        NpyFile.write(folder.resolve(name), uniform(random, shape), Precision.FLOAT64);
    }

    private void archive(String name, Map<String, Array> arrays) throws IOException {
        try (OutputStream file = Files.newOutputStream(folder.resolve(name));
                ZipOutputStream archive = new ZipOutputStream(file)) {
            for (Map.Entry<String, Array> array : arrays.entrySet()) {
                Path member = folder.resolve("member.npy");
                NpyFile.write(member, array.getValue(), Precision.FLOAT64);
                archive.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
                archive.write(Files.readAllBytes(member));
                Files.delete(member);
            }
        }
    }

    private static Set<String> helpExamples() {
        CommandLine all = Main.line();
        Set<String> lines = new LinkedHashSet<>(examplesOf(all));
        all.getSubcommands().values().forEach(command -> lines.addAll(examplesOf(command)));
        return lines;
    }

    /** The lines of a command's own help that begin with the name of the program. */
    private static List<String> examplesOf(CommandLine command) {
        return Arrays.stream(command.getCommandSpec().usageMessage().footer())
                .filter(line -> line.startsWith("  idem "))
                .map(String::strip)
                .toList();
    }

    private String placed(String word) throws IOException {
        Matcher file = FILE.matcher(word);
        if (!file.matches()) {
            return word;
        }
        String sign = word.startsWith("@") ? "@" : "";
        Path place = folder.resolve(word.substring(sign.length()));
        Files.createDirectories(place.getParent());
        return sign + place;
    }

    private List<String> words(String example) throws IOException {
        List<String> words = new ArrayList<>();
        for (Matcher word = WORD.matcher(example.substring("idem ".length())); word.find(); ) {
            words.add(word.group(1) != null ? word.group(1) : placed(word.group()));
        }
        for (int i = 1; i < words.size(); i++) {
            String fewer = SHORTENED.get(words.get(i - 1));
            words.set(i, fewer != null ? fewer : words.get(i));
            boolean bounds = words.get(0).equals("bounds");
            if (FOLDERS.contains(words.get(i - 1)) && !bounds) {
                words.set(i, folder.resolve(words.get(i)).toString());
            }
        }
        return words;
    }

    /** A long example with an output that cannot be written. */
    private List<String> ending(List<String> words) {
        List<String> changed = new ArrayList<>(words);
        String nowhere = folder.resolve("nowhere/results.json").toString();
        int json = changed.indexOf("--json");
        if (json < 0) {
            changed.addAll(List.of("--json", nowhere));
        } else {
            changed.set(json + 1, nowhere);
        }
        return changed;
    }

    @Test
    void everyExampleRuns() throws IOException {
        Set<Path> written = new HashSet<>();
        int number = 0;
        for (String example : helpExamples()) {
            freshFolder(number++);
            List<String> words = words(example);
            boolean whole = !LONG.contains(words.get(0)) || words.contains("--list") || example.equals(RUN_IN_FULL);
            Run run = Run.of((whole ? words : ending(words)).toArray(String[]::new));
            if (!whole) {
                assertTrue(run.error().startsWith("idem: --json must name a file"), () -> example + ": " + run);
            } else if (example.endsWith("--any-optimiser")) {
                // gradient descent took 500 steps, which may be short of interpolating the data
                assertTrue(run.code() == ExitCode.DONE || run.code() == ExitCode.UNDECIDED, () -> example + ": " + run);
            } else {
                assertEquals(ExitCode.DONE, run.code(), () -> example + ": " + run);
            }
            try (var files = Files.walk(folder)) {
                files.map(folder::relativize).forEach(written::add);
            }
        }
        for (String file : List.of("F.npy", "F.npz", "WT.npy", "my-report/index.html")) {
            assertTrue(written.contains(Path.of(file)), file + " was not written");
        }
    }

    @Test
    void everyCommandHasAnExampleOfItsOwn() {
        Main.line().getSubcommands().forEach((name, command) -> {
            if (!name.equals("generate-completion")) {
                assertTrue(examplesOf(command).stream().anyMatch(line -> line.startsWith("idem " + name)), name);
            }
        });
    }
}
