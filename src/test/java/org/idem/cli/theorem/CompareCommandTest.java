package org.idem.cli.theorem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.idem.cli.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompareCommandTest {
    private static final String REFERENCE = "reports/reference/results.json";

    @TempDir
    Path folder;

    private Path changed(String from, String to) throws IOException {
        String text = Files.readString(Path.of(REFERENCE));
        assertTrue(text.contains(from), from);
        return Files.writeString(folder.resolve("changed.json"), text.replaceFirst(from, to));
    }

    private static List<String> lines(Path one, Path other) {
        Run run = Run.of("compare", one.toString(), other.toString());
        assertEquals(0, run.code(), run.error());
        assertEquals("", run.error());
        return run.output().lines().toList();
    }

    @Test
    void equalFilesDoNotDiffer() {
        List<String> lines = lines(Path.of(REFERENCE), Path.of(REFERENCE));
        assertTrue(lines.get(0).matches(" +A +B"), lines.get(0));
        assertTrue(lines.get(1).matches("seed +1 +1"), lines.get(1));
        assertTrue(
                lines.stream()
                        .anyMatch(line ->
                                line.matches("exact( +confirmed, \\d+ of \\d+ trials, (\\d+) of \\2 variants){2}")),
                lines.toString());
        assertTrue(lines.get(lines.size() - 1).matches("0 of \\d+ verdicts differ"), lines.toString());
    }

    @Test
    void whatDiffersIsMarked() throws IOException {
        Path other = changed("\"verdict\" : \"confirmed\"", "\"verdict\" : \"refuted\"");
        List<String> differing = lines(Path.of(REFERENCE), other).stream()
                .filter(line -> line.endsWith("differs"))
                .toList();
        assertEquals(1, differing.size(), differing.toString());
        assertTrue(
                differing.get(0).matches("T\\S+ +confirmed, .* variants +refuted, .* variants +differs"),
                differing.get(0));
    }

    @Test
    void aTheoremOfOneFileOnlyDiffers() throws IOException {
        Path few = folder.resolve("few.json");
        Run run = Run.of("verify", "T0", "--trials", "3", "--seed", "1", "--report", folder + "/r", "--json", few + "");
        assertTrue(run.error().isEmpty(), run.error());
        List<String> lines = lines(few, Path.of(REFERENCE));
        assertTrue(
                lines.stream().anyMatch(line -> line.matches("T1\\.steps +- +confirmed, .* differs")),
                lines.toString());
        assertTrue(lines.stream().anyMatch(line -> line.matches("T0 +\\S.*, 3 of 3 trials, .*")), lines.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            x                                                   | but it cannot be read as JSON
            {}                                                  | but it holds no theorems
            {"schema": 2, "theorems": []}                       | but it is of version 2
            {"schema": 3, "theorems": [{"tally": {}}]}          | but a part of it has no id
            {"schema": 3, "theorems": [{"id": "T0"}]}           | but a part of it has no decided
            {"schema": 3, "theorems": []} {}                    | but it cannot be read as JSON
            {"schema": 3, "schema": 3, "theorems": []}          | but it cannot be read as JSON
            {"schema": "3", "theorems": []}                     | but it is of version "3"
            {"schema": 3, "seed": [1], "theorems": []}          | but its seed is no plain text or number
            {"schema": 3, "seed": "\\u001b[31m", "theorems": []} | but its seed is no plain text or number
            """)
    void otherFilesAreRefused(String text, String found) throws IOException {
        Path other = Files.writeString(folder.resolve("other.json"), text);
        Run run = Run.of("compare", REFERENCE, other.toString());
        assertEquals(2, run.code());
        assertEquals(
                "idem: B.json: " + other + ": must be a file that verify --json wrote, of version 3, " + found + "\n",
                run.error());
        assertEquals("", run.output());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "decided" : \\d+          | "decided" : -1                             | a part of it has no decided
            "trials" : (\\d+),        | "trials" : 1000000000000000000000000000000,| a part of it has no trials
            "trials" : (\\d+),        | "trials" : 1,                              | a part of it has decided \\d+ of 1 trials
            "id" : "\\S+"             | "id" : "T1.steps"                          | it holds T1.steps twice
            "id" : "\\S+"             | "id" : "T\\\\u0007"                        | its id is no plain text or number
            "variants" : \\[          | "variants" : 3, "others" : [               | a part of it has no variants
            "refutedAfter" : \\d+     | "refutedAfter" : "5"                       | a part of it has no refutedAfter
            """)
    void filesThatVerifyDoesNotWriteAreRefused(String pattern, String instead, String found) throws IOException {
        String text = Files.readString(Path.of(REFERENCE));
        Path other = folder.resolve("other.json");
        int theorems = text.indexOf("\"theorems\"");
        String rest = text.substring(theorems);
        Files.writeString(other, text.substring(0, theorems) + rest.replaceFirst(pattern, instead));
        assertFalse(Files.readString(other).equals(text), pattern);
        Run run = Run.of("compare", REFERENCE, other.toString());
        assertEquals(2, run.code());
        assertTrue(run.error().matches("idem: B.json: .*, but " + found + "\n"), run.error());
        assertEquals("", run.output());
    }

    @Test
    void aMissingFileIsNamed() {
        Run run = Run.of("compare", folder.resolve("none.json").toString(), REFERENCE);
        assertEquals(2, run.code());
        assertEquals("idem: A.json: " + folder.resolve("none.json") + ": there is no such file\n", run.error());
    }
}
