package org.idem.cli.study;

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

/** Studies whose arguments stand in a file of the user. */
class ArgumentsFileTest {
    @TempDir
    private Path folder;

    private Run study(String line) {
        List<String> words = new ArrayList<>(List.of("study"));
        words.addAll(Arrays.asList(line.replace("DIR", folder.toString()).split(" ")));
        return Run.of(words.toArray(String[]::new));
    }

    @Test
    void aFileOfArgumentsIsAStudy() throws IOException {
        Files.writeString(
                folder.resolve("mine.study"), "# Mine\ncnn\n--depth 1\n--size 5\n--seeds 1\n--most-steps 2\n");
        Run result = study("@DIR/mine.study --seeds 2 --store DIR/s");
        assertEquals(0, result.code(), result.error());
        assertTrue(result.output().startsWith("mine "), result.output());
        assertTrue(result.output().contains("2 of 2 networks"), result.output());
        assertTrue(Files.readString(folder.resolve("s/report/index.html"))
                .contains("These networks test none of the claims"));
        assertEquals(
                Files.readString(folder.resolve("mine.study")),
                study("@DIR/mine.study --print").output());
    }

    /** A hidden file has no name before its ending, and its study still gets one; axes are walked together. */
    @Test
    void aHiddenFileOfArgumentsTakesZips() throws IOException {
        Files.writeString(
                folder.resolve(".study"), "fcn\n--depth 1,2\n--width 3,4\n--size 4\n--seeds 1\n--most-steps 2\n");
        Run result = study("@DIR/.study --zip depth,width --store DIR/s");
        assertEquals(0, result.code(), result.error());
        assertTrue(result.output().startsWith("study-.study "), result.output());
        assertTrue(result.output().contains("2 of 2 networks"), result.output());
    }

    @Test
    void aFileThatIsTooLongForArgumentsIsNotRead() throws IOException {
        Path file = folder.resolve("long.study");
        Files.writeString(file, "cnn\n" + "#".repeat(1 << 20));
        Run result = study("@DIR/long.study --store DIR/s");
        assertEquals(2, result.code(), result.error());
        assertEquals(
                "idem: @" + file + ": a file of a study's arguments must have at most 1048576 bytes\n", result.error());
    }

    @Test
    void whatIsWrongInAFileOfArgumentsIsFoundThere() throws IOException {
        for (String[] wrong : new String[][] {
            {"cnn\n--size 5\n\n--kernel 2\n", ", line 4: --kernel must be an odd number"},
            {"cnn\n--colour red\n", ", line 2: --colour must be an option of a cnn"},
            {"cnn\n--sead 3\n", ", line 2: --sead must be an option of a cnn; nearest: seed"},
            {"cnn --size 5\n", ", line 1: fcn or cnn must stand alone on a line"},
            {"cnn\n--rule sgd,adam\n--momentum 0.5\n", ", line 3: --momentum is for --rule sgd"},
            {"cnn\n--zip depth,kernel\n", ", line 2: --zip must name axes that have values"},
            {"cnn\n--depth 1\n\u00c4".replace("\u00c4", "fcn"), ", line 3: a line must be an option"}
        }) {
            Path file = Files.writeString(folder.resolve("my.study"), wrong[0]);
            Run result = study("@DIR/my.study --store DIR/s");
            assertEquals(2, result.code(), result.error());
            assertTrue(result.error().startsWith("idem: @" + file + wrong[1]), result.error());
            assertEquals(1, result.error().lines().count(), result.error());
        }
        Path binary = Files.write(folder.resolve("b.study"), new byte[] {'c', 'n', 'n', '\n', (byte) 0xff});
        Run result = study("@DIR/b.study");
        assertEquals(2, result.code(), result.error());
        assertEquals("idem: @" + binary + ": a file of a study's arguments must be text in UTF-8\n", result.error());
    }
}
