package org.idem.cli.theorem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.idem.cli.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of verify that several processes share give what one process gives. */
class SharedVerifyTest {
    /** Claims of equality, of a law and of a mean; of one and of many layers. */
    private static final List<String> THEOREMS = List.of("T1.steps", "T1.law", "T2.mean-error", "T4.units");

    @TempDir
    Path folder;

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private Run verify(String... words) {
        List<String> all = new ArrayList<>(List.of("verify"));
        all.addAll(List.of(words));
        if (!all.contains("--shard")) {
            all.addAll(List.of("--report", file("report")));
        }
        return Run.of(all.toArray(String[]::new));
    }

    private Run share(int number, int shares, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--shard", number + "/" + shares, "--json", file(number + "of" + shares + ".json")));
        return verify(all.toArray(String[]::new));
    }

    /** A share that ran twice changes nothing. */
    @Test
    void sharesTogetherAreTheWhole() throws IOException {
        List<String> words = new ArrayList<>(THEOREMS);
        words.addAll(List.of("--seed", "5", "--trials", "300"));
        String[] run = words.toArray(String[]::new);
        words.addAll(List.of("--json", file("whole.json")));
        Run whole = verify(words.toArray(String[]::new));
        List<String> merge = new ArrayList<>(List.of("--merge"));
        for (int number = 4; number >= 1; number--) {
            assertEquals(0, share(number, 4, run).code());
            merge.add(file(number + "of4.json"));
        }
        merge.add(file("3of4.json"));
        merge.addAll(List.of("--json", file("merged.json")));
        Run merged = verify(merge.toArray(String[]::new));
        assertEquals(whole.code(), merged.code(), merged::toString);
        assertEquals(whole.output(), merged.output().replace(file("merged.json"), file("whole.json")));
        assertEquals(Files.readString(folder.resolve("whole.json")), Files.readString(folder.resolve("merged.json")));
    }

    @Test
    void whatSharesCannotDoIsRefused() {
        refused("--shard needs --seed", "verify", "T1.steps", "--shard", "1/2", "--json", file("a.json"));
        refused("--shard needs --json", "verify", "T1.steps", "--shard", "1/2", "--seed", "1");
        for (String word : List.of("0/2", "3/2", "2", "a/b", "1/0", "")) {
            refused(
                    "--shard must be I/N with I from 1 to N, as 2/8, got '" + word + "'",
                    "verify",
                    "T1.steps",
                    "--seed",
                    "1",
                    "--json",
                    file("a.json"),
                    "--shard",
                    word);
        }
        refused(
                "--shard takes no --guarantee",
                "verify",
                "T1.steps",
                "--seed",
                "1",
                "--json",
                file("a.json"),
                "--shard",
                "1/2",
                "--guarantee",
                "0.1");
        refused(
                "--shard takes no --worst",
                "verify",
                "T1.steps",
                "--seed",
                "1",
                "--json",
                file("a.json"),
                "--shard",
                "1/2",
                "--worst");
        refused("--merge takes no --seed", "verify", "--seed", "1", "--merge", file("a.json"));
        refused("--merge takes no theorems", "verify", "T1", "--merge", file("a.json"));
        refused("must be a file, got none", "verify", "--merge", file("none.json"));
        refused("must be a file, got a folder", "verify", "--merge", folder.toString());
        refused("must be a file, got a pipe or device", "verify", "--merge", "/dev/null");
        refused("must be a file, got nothing", "verify", "--merge", "");
        assertFalse(Files.exists(folder.resolve("a.json")));
    }

    @Test
    void sharesThatDoNotBelongTogetherAreRefused() throws IOException {
        String[] run = {"T1.steps", "--seed", "5", "--trials", "12"};
        share(1, 3, run);
        share(2, 3, run);
        refused(
                "all shares of a run are needed, but 4 trials are missing, first of T1.steps; run --shard 3/3",
                "verify",
                "--merge",
                file("1of3.json"),
                file("2of3.json"));
        share(1, 2, "T1.steps", "--seed", "6", "--trials", "12");
        refused(
                "shares must be of one run, got --seed 5 and 6",
                "verify",
                "--merge",
                file("1of3.json"),
                file("1of2.json"));
        share(3, 3, run);
        Path third = folder.resolve("3of3.json");
        String text = Files.readString(third);
        for (String broken : List.of(
                text.substring(0, text.length() / 2),
                "{}",
                "[]",
                "",
                Sealed.again(text.replace("\"schema\":2", "\"schema\":0")),
                Sealed.again(text.replace("\"place\":", "\"plaice\":")),
                Sealed.again(text.replace("\"kind\":\"compared\"", "\"kind\":\"guessed\"")))) {
            Files.writeString(third, broken);
            refused(third + ": must", "verify", "--merge", file("1of3.json"), file("2of3.json"), third.toString());
        }
        assertEquals(text, Sealed.again(text));
        for (String changed : List.of(
                text.replaceFirst("\"measured\":[0-9]", "\"measured\":7"),
                text.replace("0.99", "0.98"),
                text.replaceFirst("\\{", "{ "),
                text + " ",
                text.replaceFirst("\"checksum\":\"", "\"checksum\":\"0"))) {
            Files.writeString(third, changed);
            refused(
                    third + ": must be a file that verify --shard wrote, but was changed since",
                    "verify",
                    "--merge",
                    file("1of3.json"),
                    file("2of3.json"),
                    third.toString());
        }
        Files.writeString(third, Sealed.again(text.replaceAll("\"version\":\"[^\"]*\"", "\"version\":\"0.0.1\"")));
        refused("got version ", "verify", "--merge", file("1of3.json"), file("2of3.json"), third.toString());
        refused("must name shares of this version", "verify", "--merge", third.toString());
        Files.writeString(third, Sealed.again(text.replace("seed=", "seed=1")));
        refused(
                "with other images or another version",
                "verify",
                "--merge",
                file("1of3.json"),
                file("2of3.json"),
                third.toString());
        Files.writeString(third, Sealed.again(text.replaceFirst("\"variants\":\\[\"", "\"variants\":[\"no ")));
        refused("different false variants of T1.steps", "verify", "--merge", file("1of3.json"), third.toString());
        refused("other false variants of T1.steps", "verify", "--merge", third.toString());
    }

    /** A line for people names some of many shares. */
    @Test
    void manyAbsentSharesAreCounted() throws IOException {
        share(1, 1000, "T1.steps", "--seed", "5", "--trials", "12");
        Run run = Run.of("verify", "--merge", file("1of1000.json"));
        assertEquals(2, run.code());
        assertTrue(run.error().contains("run --shard 2/1000, 3/1000, "), run::error);
        assertTrue(run.error().endsWith(", 65/1000 and 935 more\n"), run::error);
    }

    private void refused(String part, String... words) {
        Run run = Run.of(words);
        assertEquals(2, run.code(), run::toString);
        assertEquals("", run.output());
        assertTrue(run.error().contains(part), run::error);
        assertEquals(1, run.error().lines().count(), run::error);
    }
}
