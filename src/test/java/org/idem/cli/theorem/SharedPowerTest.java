package org.idem.cli.theorem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.idem.cli.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of power that several processes share say what one process says. */
class SharedPowerTest {
    /** Claims of equality, of a law and of a mean. */
    private static final List<String> RUN =
            List.of("T1.steps", "T1.law", "T2.mean-error", "--seed", "5", "--trials", "40", "--false-alarms", "5");

    @TempDir
    Path folder;

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private static Run power(List<String> run, String... words) {
        List<String> all = new ArrayList<>(List.of("power"));
        all.addAll(run);
        all.addAll(List.of(words));
        return Run.of(all.toArray(String[]::new));
    }

    private void share(int number, int shares, List<String> run) {
        Run done = power(run, "--shard", number + "/" + shares, "--json", file(number + "of" + shares));
        assertEquals(0, done.code(), done::toString);
    }

    /** A share that ran twice changes nothing, and one without theorems or runs may be among them. */
    @Test
    void sharesTogetherAreTheWhole() throws IOException {
        Run whole = power(RUN, "--json", file("whole"));
        for (int shares : new int[] {2, 7}) {
            List<String> merge = new ArrayList<>(List.of("--merge"));
            for (int number = shares; number >= 1; number--) {
                share(number, shares, RUN);
                merge.add(file(number + "of" + shares));
            }
            merge.add(file("1of" + shares));
            Run merged = power(merge, "--json", file("merged"));
            assertEquals(whole.code(), merged.code(), merged::toString);
            assertEquals(whole.output(), merged.output().replace(file("merged"), file("whole")));
            assertEquals(Files.readString(folder.resolve("whole")), Files.readString(folder.resolve("merged")));
        }
    }

    @Test
    void whatDoesNotBelongTogetherIsRefused() throws IOException {
        List<String> run = List.of("T1.steps", "T2.steps", "--seed", "5", "--trials", "4");
        share(1, 2, run);
        refused("all shares of a run are needed; run --shard 2/2", "--merge", file("1of2"));
        share(1, 3, run);
        refused("got 2 and 3 shares", "--merge", file("1of2"), file("1of3"));
        share(2, 3, List.of("T1.steps", "T2.steps", "--seed", "5", "--trials", "4", "--false-alarms", "1"));
        refused("got --false-alarms not given and 1", "--merge", file("1of3"), file("2of3"));
        share(2, 2, List.of("T1.steps", "T2.steps", "--seed", "6", "--trials", "4"));
        refused("got --seed 5 and 6", "--merge", file("1of2"), file("2of2"));
        share(2, 2, run);
        Path second = folder.resolve("2of2");
        String text = Files.readString(second);
        for (String broken : List.of(
                "",
                "{}",
                text.replace("0.99", "0.98"),
                Sealed.again(text.replace("\"curve\"", "\"bend\"")),
                Sealed.again(text.replace("\"schema\":2", "\"schema\":0")))) {
            Files.writeString(second, broken);
            refused("must ", "--merge", file("1of2"), file("2of2"));
        }
        Files.writeString(second, Sealed.again(text.replace("T2.steps\",\"variants", "T2.stairs\",\"variants")));
        refused("the shares hold nothing of T2.steps", "--merge", file("1of2"), file("2of2"));
        Files.writeString(second, Sealed.again(text.replaceAll("\"version\":\"[^\"]*\"", "\"version\":\"0.0.1\"")));
        refused("must name shares of this version", "--merge", file("2of2"));
        Run verified =
                Run.of("verify", "T1.steps", "--seed", "5", "--trials", "4", "--shard", "1/2", "--json", file("v"));
        assertEquals(0, verified.code(), verified::toString);
        refused("must be a file that power --shard wrote, but is a share of verify", "--merge", file("v"));
        refused("--merge takes no --seed", "--seed", "1", "--merge", file("1of2"));
        refused("--shard needs --json", "--seed", "1", "--shard", "1/2");
        refused(
                "--shard takes no --report",
                "--seed",
                "1",
                "--shard",
                "1/2",
                "--json",
                file("x"),
                "--report",
                file("y"));
    }

    private static void refused(String part, String... words) {
        Run run = power(List.of(), words);
        assertEquals(2, run.code(), run::toString);
        assertEquals("", run.output());
        assertTrue(run.error().contains(part), run::error);
        assertEquals(1, run.error().lines().count(), run::error);
    }
}
