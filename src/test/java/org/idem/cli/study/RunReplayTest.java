package org.idem.cli.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.idem.cli.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One network of a study, trained again from the line that the store keeps. */
class RunReplayTest {
    private static final List<String> SHOWN = List.of(
            "outcome",
            "steps",
            "train_error",
            "identity_correlation",
            "constant_correlation",
            "identity_cosine",
            "constant_cosine",
            "identity_mse",
            "constant_mse",
            "output_norm");

    @TempDir
    Path folder;

    private static String line(Path store) throws IOException {
        for (String record : Files.readAllLines(store.resolve("results.jsonl"))) {
            JsonNode run = new ObjectMapper().readTree(record).path("record").path("run");
            if (run.isTextual()) {
                return run.asText();
            }
        }
        throw new AssertionError("no run in " + store);
    }

    @Test
    void aNetworkOfAStudyIsTrainedAgain() throws IOException {
        for (String kind : List.of("cnn --depth 2 --channels 3 --bias", "fcn --depth 2 --width 5")) {
            Path store = folder.resolve(kind.substring(0, 3));
            String[] words = ("study " + kind + " --size 7 --seed 11 --seeds 1 --most-steps 20 --store " + store
                            + " --csv " + store + "-csv")
                    .split(" ");
            assertEquals(0, Run.of(words).code());
            List<String> table = Files.readAllLines(Path.of(store + "-csv/runs.csv"));
            List<String> names = List.of(table.get(0).split(","));
            List<String> cells = List.of(table.get(1).split(","));
            Run again = Run.of("replay", line(store));
            assertEquals(0, again.code(), again.error());
            List<String> printed = again.output().lines().toList();
            assertEquals(line(store), printed.get(0));
            for (String name : SHOWN) {
                String value = cells.get(names.indexOf(name));
                assertTrue(
                        printed.stream().anyMatch(one -> one.matches(name + " +\\Q" + value + "\\E")),
                        name + " " + value + " in " + again.output());
            }
        }
    }

    /** A rate far above the stability limit: the remark stands behind the word. */
    @Test
    void aNetworkThatDivergesSaysSo() {
        Run diverged = Run.of(
                "replay",
                "fcn depth=2 width=5 activation=linear bias=no residual=no init=pytorch gain=1 rule=sgd"
                        + " learning-rate=1e30 momentum=0 nesterov=no weight-decay=0 loss=mean batch=all examples=1"
                        + " size=8 train=builtin#3 input=raw target=raw precision=float32 threads=1 until=1e-4"
                        + " most-steps=50 seed=7");
        assertEquals(0, diverged.code(), diverged.error());
        assertTrue(diverged.output().contains("\noutcome               diverged"), diverged.output());
    }

    @Test
    void whatIsNoRunIsRefused() {
        String whole = "fcn depth=2 width=5 activation=relu bias=no residual=no init=pytorch gain=1 rule=sgd"
                + " learning-rate=0.1 momentum=0 nesterov=no weight-decay=0 loss=mean batch=all examples=1 size=8"
                + " train=builtin#3 input=raw target=raw precision=float32 threads=1 until=1e-4 most-steps=5 seed=7";
        assertEquals(0, Run.of("replay", whole).code());
        String[][] wrong = {
            {whole.replace(" width=5", ""), "LINE: a run's line needs width"},
            {whole.replace("width=5", "width=0"), "--width must be a whole number of at least 1, got '0'"},
            {whole.replace("seed=7", "seed=x"), "LINE: a run's line needs numbers for until, most-steps and seed"},
            {whole.replace("examples=1", "examples=2"), "--examples must be at most the number of images"},
            {whole.replace("builtin#3", "none.npy"), "none.npy: there is no such file"},
            {whole.replace("fcn", "fcm"), "nearest"},
            {whole + " color=red", "LINE: a run's line has no word [color]"},
        };
        for (String[] one : wrong) {
            Run refused = Run.of("replay", one[0]);
            assertEquals(2, refused.code(), one[0]);
            assertEquals(1, refused.error().lines().count(), refused.error());
            assertTrue(refused.error().contains(one[1]) || one[1].equals("nearest"), refused.error());
            assertEquals("", refused.output());
        }
        Run other = Run.of("replay", "--images", "builtin", whole);
        assertEquals(2, other.code());
        assertTrue(other.error().contains("--images and --classpath go with lines of theorems"), other.error());
    }
}
