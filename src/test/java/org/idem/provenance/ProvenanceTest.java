package org.idem.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvenanceTest {
    @TempDir
    private Path folder = Path.of("");

    private static String fact(Provenance provenance, String name) {
        return provenance.facts().stream()
                .filter(fact -> fact.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private void git(String... words) throws IOException, InterruptedException {
        String[] command = new String[words.length + 7];
        String[] before = {"git", "-C", folder.toString(), "-c", "user.name=somebody", "-c", "user.email=nobody"};
        System.arraycopy(before, 0, command, 0, before.length);
        System.arraycopy(words, 0, command, before.length, words.length);
        assertEquals(
                0, new ProcessBuilder(command).redirectErrorStream(true).start().waitFor());
    }

    @Test
    void theRevisionIsSaidWithWhatChangedSince() throws IOException, InterruptedException {
        try {
            git("init", "--quiet");
        } catch (IOException missing) {
            assumeTrue(false, "git is not installed");
        }
        Provenance provenance = new Provenance(folder, Instant.EPOCH, Duration.ofMillis(1500));
        assertTrue(fact(provenance, "Idem").endsWith("git revision unknown"), "no commit yet");
        Files.writeString(folder.resolve("file"), "one");
        git("add", "file");
        git("commit", "--quiet", "--message", "one");
        assertTrue(fact(provenance, "Idem").endsWith(", tree unchanged"), fact(provenance, "Idem"));
        Files.writeString(folder.resolve("file"), "two");
        assertTrue(fact(provenance, "Idem").endsWith(", tree changed since"), fact(provenance, "Idem"));
        assertEquals("1.5 s", fact(provenance, "duration"));
    }

    @Test
    void everyFactHasAWord() {
        Provenance.since(folder, Instant.now())
                .facts()
                .forEach(fact -> assertFalse(fact.value().isBlank(), fact.name()));
    }

    @Test
    void theProcessorIsReadWhereLinuxTellsIt() throws IOException {
        Path description = Files.writeString(folder.resolve("cpuinfo"), "processor : 0\nmodel name : Abacus 3\n");
        assertEquals("Abacus 3", Provenance.cpu(description));
        assertEquals("unknown", Provenance.cpu(Files.writeString(folder.resolve("empty"), "")));
        assertFalse(Provenance.cpu(folder.resolve("nowhere")).isBlank());
        assertEquals("unknown", Provenance.cpu(folder), "a folder cannot be read as lines");
    }

    /** Whoever is interrupted starts no git, and stays interrupted. */
    @Test
    void anInterruptedRunSaysWhatItKnows() {
        Thread.currentThread().interrupt();
        String version = fact(new Provenance(folder, Instant.EPOCH, Duration.ZERO), "Idem");
        assertTrue(Thread.interrupted());
        assertTrue(version.endsWith("git revision unknown"), version);
    }

    @Test
    void aProgramThatFailsHangsOrIsMissingHasNoOutput() {
        Duration patience = Duration.ofMinutes(1);
        assertEquals("word", Provenance.output(patience, "sh", "-c", "echo word"));
        assertEquals("", Provenance.output(patience, "sh", "-c", "echo word; exit 3"));
        assertEquals("", Provenance.output(patience, "no-such-program"));
        assertEquals("", Provenance.output(Duration.ofMillis(1), "sh", "-c", "echo word; exec sleep 60"));
        assertEquals("", Provenance.output(Duration.ofMillis(1), "sh", "-c", "exec >&-; exec sleep 60"));
    }

    @Test
    void versionsAreThoseOfTheBuild() {
        assertTrue(Versions.of("ejml").matches("[0-9.]+"), Versions.of("ejml"));
        assertThrows(IllegalArgumentException.class, () -> Versions.of("abacus"));
    }
}
