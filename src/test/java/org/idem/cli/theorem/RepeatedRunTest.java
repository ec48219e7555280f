package org.idem.cli.theorem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.idem.cli.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that a run prints is the one of its page, and gives the same verdicts. */
class RepeatedRunTest {
    @TempDir
    Path folder;

    private Run verify(List<String> words) {
        List<String> line = new ArrayList<>(words);
        if (!words.contains("--report")) {
            line.addAll(List.of("--report", folder.toString()));
        }
        return Run.of(line.toArray(String[]::new));
    }

    private static String again(Run run) {
        return run.output()
                .lines()
                .filter(line -> line.startsWith("again "))
                .findFirst()
                .orElseThrow()
                .substring("again".length())
                .strip();
    }

    private static List<String> verdicts(Run run) {
        return run.output()
                .lines()
                .takeWhile(line -> !line.startsWith("report "))
                .toList();
    }

    @Test
    void theCommandThatIsPrintedRepeatsTheRun() throws IOException {
        Run run =
                verify(List.of("verify", "T0", "--trials", "12", "--confidence", "0.9", "--engine", "nd4j", "--worst"));
        String report = " --report " + folder;
        assertTrue(again(run).endsWith(report), run.output());
        String command = again(run).replace(report, "");
        assertTrue(command.startsWith("idem verify T0 --seed "), command);
        assertTrue(command.endsWith(" --trials 12 --confidence 0.9 --worst --engine nd4j"), command);
        assertTrue(Files.readString(folder.resolve("index.html")).contains(command), command);
        List<String> words = Arrays.asList(again(run).split(" "));
        // the search may end by time, so what it finds is left out
        Run first = verify(
                words.stream().skip(1).filter(word -> !word.equals("--worst")).toList());
        Run second = verify(Arrays.stream(again(first).split(" ")).skip(1).toList());
        assertEquals(first.code(), second.code());
        assertEquals(verdicts(first), verdicts(second));
        assertEquals(again(first), again(second));
    }
}
