package org.idem.cli.theorem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.idem.cli.Main;
import org.idem.cli.argument.FileArguments;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Every command line has a folder of its own, and the full run the one that everybody knows. */
class ReportFolderTest {
    private static final Path LATEST = FileArguments.home().resolve("reports").resolve("latest");

    private static Path of(List<String> ids, String... arguments) {
        return ReportFolder.of(null, ids, parsed(arguments));
    }

    private static CommandSpec parsed(String... arguments) {
        CommandLine idem = Main.line();
        List<String> words = new ArrayList<>(List.of("verify"));
        words.addAll(List.of(arguments));
        idem.parseArgs(words.toArray(String[]::new));
        return idem.getSubcommands().get("verify").getCommandSpec();
    }

    @Test
    void onlyThePlainRunGoesToTheFolderThatEverybodyKnows() {
        assertEquals(LATEST, of(List.of()));
        assertEquals(LATEST, of(List.of(), "--json", "r.json"));
        assertEquals(LATEST.resolve("T1"), of(List.of("T1"), "T1"));
        assertEquals(LATEST.resolve("T1-T2-trials-10"), of(List.of("T1", "T2"), "T1", "T2", "--trials", "10"));
        assertEquals(LATEST.resolve("trials-10-seed-1"), of(List.of(), "--seed", "1", "--trials=10"));
        assertEquals(LATEST.resolve("worst"), of(List.of(), "--worst"));
        assertEquals(LATEST.resolve("guarantee-0.001"), of(List.of(), "--guarantee", "0.001"));
    }

    @Test
    void aFolderThatIsNamedIsTaken() {
        assertEquals(Path.of("x"), ReportFolder.of(Path.of("x"), List.of("T1"), parsed("T1", "--report", "x")));
    }

    @Test
    void differentLinesNeverShareAFolder() {
        List<List<String>> lines = List.of(
                List.of("T1", "images", "a/b.npy"),
                List.of("T1", "images", "a-b.npy"),
                List.of("T1", "images", "a:b.npy"),
                List.of("T1", "images", "..", "κ"),
                List.of("T1", "images", "..", "λ"),
                List.of("x".repeat(300)),
                List.of("x".repeat(301)));
        Set<String> names = new HashSet<>();
        for (List<String> line : lines) {
            String name = ReportFolder.name(line);
            assertTrue(name.matches("[A-Za-z0-9._=-]{1,110}") && !name.startsWith("."), name);
            names.add(name);
        }
        assertEquals(lines.size(), names.size());
        assertNotEquals(of(List.of("T1"), "T1"), of(List.of("T1"), "T1", "--trials", "10"));
    }
}
