package org.idem.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Equal for equal files and words, and for nothing else. */
class FingerprintTest {
    @TempDir
    private Path folder;

    /** Numbers of sha256sum. */
    @Test
    void isSha256() {
        assertEquals("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", new Fingerprint().digits());
        // printf '3 abc' | sha256sum
        assertEquals(ABC, new Fingerprint().word("abc").digits());
    }

    private static final String ABC = "265d5c11812c5ab289b9543a09eaccf1afbf4e7389ee7593d22765a1d73c9f0a";

    @Test
    void wordsDoNotRunIntoEachOther() {
        assertNotEquals(
                new Fingerprint().word("ab").word("c").digits(),
                new Fingerprint().word("a").word("bc").digits());
    }

    @Test
    void everyByteAndEveryNameCounts() throws IOException {
        Path inner = Files.createDirectories(folder.resolve("a/b"));
        String empty = new Fingerprint().files(folder).digits();
        Path file = Files.writeString(inner.resolve("one"), "1");
        String one = new Fingerprint().files(folder).digits();
        assertNotEquals(empty, one);
        assertEquals(one, new Fingerprint().files(folder).digits());
        Files.writeString(file, "2");
        String two = new Fingerprint().files(folder).digits();
        assertNotEquals(one, two);
        Files.move(file, inner.resolve("two"));
        assertNotEquals(two, new Fingerprint().files(folder).digits());
        assertEquals(empty, new Fingerprint().files(folder.resolve("missing")).digits());
        assertNotEquals(empty, new Fingerprint().files(inner.resolve("two")).digits());
    }

    @Test
    void theProgramStaysTheSameWhileItRuns() throws IOException {
        assertEquals(64, Fingerprint.ofProgram().length());
        assertEquals(Fingerprint.ofProgram(), Fingerprint.ofProgram());
    }
}
