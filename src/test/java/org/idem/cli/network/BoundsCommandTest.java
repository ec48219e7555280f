package org.idem.cli.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.idem.cli.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bounds} prints where few networks, or none, are trained. */
class BoundsCommandTest {
    @TempDir
    Path folder;

    /** Columns of the table, and of its file: what is not known is a dash here and an empty cell there. */
    @Test
    void whatTooFewNetworksDoNotTellIsLeftOut() throws IOException {
        for (int networks : new int[] {0, 1, 2}) {
            Path csv = folder.resolve(networks + ".csv");
            Run run = Run.of(("bounds --train builtin#3 --test builtin#4 --kernels 3 --steps 5 --networks " + networks
                            + " --csv " + csv)
                    .split(" "));
            assertEquals(0, run.code(), run.error());
            List<String> cells =
                    List.of(run.output().lines().toList().get(1).strip().split("\\s+"));
            List<String> written = List.of(Files.readAllLines(csv).get(1).split(",", -1));
            assertEquals(12, cells.size(), run.output());
            assertEquals(14, written.size());
            assertFalse(run.output().contains("NaN") || written.contains("NaN"), run.output());
            assertEquals(networks == 0, cells.get(5).equals("-") && cells.get(8).equals("-"), run.output());
            assertEquals(
                    networks == 0, written.get(8).isEmpty() && written.get(10).isEmpty());
            assertEquals(networks < 2, cells.get(6).equals("-"), run.output());
            assertEquals(networks < 2, written.get(9).isEmpty());
        }
    }
}
