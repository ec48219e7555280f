package org.idem.laboratory.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.idem.array.Array;
import org.idem.array.NpyFile;
import org.idem.array.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {
    @TempDir
    Path folder;

    private static List<Run> runs(boolean convolutional, String axes, int seeds, String tests) throws IOException {
        return new Study("s", AxisWords.grid(convolutional, axes), 1, seeds, Stop.STANDARD, tests).runs();
    }

    private static Run run(boolean convolutional, String axes) throws IOException {
        return runs(convolutional, axes, 1, null).get(0);
    }

    @Test
    void settingsWithoutEffectDoNotCount() throws IOException {
        assertEquals(1, keys(runs(false, "depth=1 width=16,64", 1, null)));
        assertEquals(1, keys(runs(true, "depth=1 channels=4,8 activation=relu,tanh", 1, null)));
        assertEquals(1, keys(runs(true, "batch=all,1,7", 1, null)));
        assertEquals(run(true, "size=28").key(), run(true, "depth=1").key());
        assertEquals(
                run(true, "learning-rate=1e-3").key(),
                run(true, "learning-rate=0.001").key());
        assertEquals(4, keys(runs(false, "depth=1,2 width=16,64,32", 1, null)));
    }

    @Test
    void everySettingWithEffectCounts() throws IOException {
        Set<String> keys = new HashSet<>();
        String base = "size=7 depth=3 ";
        int count = 0;
        for (String change : List.of(
                "width=8",
                "width=16",
                "activation=tanh",
                "bias=yes",
                "residual=yes",
                "init=he",
                "gain=2",
                "rule=sgd",
                "learning-rate=0.5",
                "loss=sum",
                "train=builtin#4",
                "input=standardised",
                "precision=float64",
                "threads=2")) {
            keys.add(run(false, base + (change.startsWith("width") ? "" : "width=8 ") + change)
                    .key());
            count++;
        }
        assertEquals(count, keys.size());
        Task task = run(true, base + "channels=2").task();
        assertNotEquals(new Run(task, 1, Stop.STANDARD).key(), new Run(task, 2, Stop.STANDARD).key());
        assertNotEquals(new Run(task, 1, new Stop(1e-3, 2000)).key(), new Run(task, 1, Stop.STANDARD).key());
        assertNotEquals(new Run(task, 1, new Stop(1e-4, 1999)).key(), new Run(task, 1, Stop.STANDARD).key());
    }

    /** A larger grid keeps the keys of the smaller one. */
    @Test
    void keysDoNotDependOnTheGrid() throws IOException {
        Set<String> small = new HashSet<>();
        runs(true, "depth=1,2 size=5", 2, null).forEach(run -> small.add(run.key()));
        Set<String> large = new HashSet<>();
        runs(true, "depth=1,2,3 size=5,6 gain=1,2", 3, null).forEach(run -> large.add(run.key()));
        assertTrue(large.containsAll(small));
    }

    @Test
    void otherPixelsUnderTheSameNameAreAnotherRun() throws IOException {
        Path file = folder.resolve("x.npy");
        NpyFile.write(file, Array.of(new double[] {1, 0, 0, 1}, 1, 1, 2, 2), Precision.FLOAT64);
        String first = run(true, "train=" + file).key();
        NpyFile.write(file, Array.of(new double[] {1, 0, 0.5, 1}, 1, 1, 2, 2), Precision.FLOAT64);
        assertNotEquals(first, run(true, "train=" + file).key());
    }

    @Test
    void aLineIsReadBack() throws IOException {
        for (Run run : runs(true, "depth=2 size=7 rule=sgd momentum=0,0.9 weight-decay=0.25", 2, null)) {
            RunLine line = RunLine.parse(run.line());
            assertEquals(run.task().point().normal(), line.point());
            assertEquals(run.seed(), line.seed());
            assertEquals(run.stop(), line.stop());
            assertEquals(run.line(), line.toString());
        }
    }

    @Test
    void equalNetworksHaveEqualLines() throws IOException {
        List<Run> runs = runs(true, "depth=1 channels=4,8 activation=relu,tanh batch=all,3", 1, null);
        assertEquals(1, runs.stream().map(Run::line).distinct().count());
    }

    @Test
    void aBrokenLineIsRefused() throws IOException {
        String line = run(true, "size=5").line();
        for (String broken : List.of(
                line.replace("cnn", "rnn"),
                line.replace(" depth=1", ""),
                line.replace("depth=1", "depth=0"),
                line + " depth=1",
                line + " colour=red",
                line.replace("seed=1", "seed=one"))) {
            assertThrows(IllegalArgumentException.class, () -> RunLine.parse(broken), broken);
        }
    }

    private static int keys(List<Run> runs) {
        Set<String> keys = new HashSet<>();
        runs.forEach(run -> keys.add(run.key()));
        return keys.size();
    }
}
