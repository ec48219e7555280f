package org.idem.cli.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.idem.cli.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The row of inputs above what networks return. */
class StudyGridTest {
    @TempDir
    Path folder;

    /** Names of the images in the row of inputs. */
    private Set<String> inputs(String train) throws IOException {
        Run run = Run.of(("study cnn --size 6 --seeds 1 --most-steps 1 --train " + train + " --store " + folder
                        + "/s --report " + folder + "/r")
                .split(" "));
        assertEquals(0, run.code(), run.error());
        return Files.readAllLines(folder.resolve("r/grid-1.csv")).stream()
                .filter(line -> line.startsWith("input,"))
                .map(line -> line.split(",")[1])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Moved and rescaled images are made of the training image, so that no single input stands above two of them. */
    @Test
    void onlyImagesThatAllNetworksSawAreInputs() throws IOException {
        Set<String> one = inputs("builtin#1");
        Set<String> two = inputs("builtin#1,builtin#2");
        assertEquals(
                Set.of(
                        "training image",
                        "shifted-down",
                        "shifted-right",
                        "half-as-bright",
                        "twice-as-bright",
                        "smaller"),
                one.stream().filter(name -> !two.contains(name)).collect(Collectors.toSet()));
        assertEquals(Set.of("digit-0", "digit-1", "lines", "checkerboard", "noise-1", "noise-2", "blank"), two);
    }
}
