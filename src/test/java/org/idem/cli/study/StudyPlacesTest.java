package org.idem.cli.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.idem.cli.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines that say where results lie name places as the user wrote them. */
class StudyPlacesTest {
    @TempDir
    Path folder;

    private static String places(Path store, String... more) {
        String[] words = new String[14 + more.length];
        String line = "study fcn --depth 2 --width 2 --size 2 --most-steps 1 --seeds 1 --store " + store;
        System.arraycopy(line.split(" "), 0, words, 0, 14);
        System.arraycopy(more, 0, words, 14, more.length);
        Run run = Run.of(words);
        assertEquals(0, run.code(), run.error());
        return run.output().replaceAll("(?m)^(?!store|tables|report).*\n", "");
    }

    @Test
    void placesAreNamedAsTheUserWroteThem() {
        Path here = Path.of("").toAbsolutePath();
        Path relative = here.relativize(folder.toAbsolutePath());
        for (Path written : new Path[] {folder, relative, Path.of(".").resolve(relative)}) {
            Path store = written.resolve("s");
            assertEquals(
                    "store          " + store + "\nreport         " + store + "/report/index.html\n", places(store));
            assertEquals(
                    "store          " + store + "\ntables         " + written + "/./c\nreport         " + written
                            + "/s/../r/index.html\n",
                    places(store, "--csv", written + "/./c", "--report", written + "/s/../r"));
        }
    }
}
