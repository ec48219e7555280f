package org.idem.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Equal for equal files and words, and for nothing else. */
class DigestTest {
    @TempDir
    private Path folder;

    /** Numbers of sha256sum. */
    @Test
    void isSha256() {
        assertEquals("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", new Digest().digits());
        // printf 'abc\0' | sha256sum
        assertEquals(ABC, new Digest().add("abc").digits());
    }

    private static final String ABC = "dc1114cd074914bd872cc1f9a23ec910ea2203bc79779ab2e17da25782a624fc";

    @Test
    void wordsDoNotRunIntoEachOther() {
        assertNotEquals(
                new Digest().add("ab").add("c").digits(),
                new Digest().add("a").add("bc").digits());
    }

    @Test
    void everyByteAndEveryNameCounts() throws IOException {
        Path inner = Files.createDirectories(folder.resolve("a/b"));
        String empty = new Digest().addFiles(folder).digits();
        Path file = Files.writeString(inner.resolve("one"), "1");
        String one = new Digest().addFiles(folder).digits();
        assertNotEquals(empty, one);
        assertEquals(one, new Digest().addFiles(folder).digits());
        Files.writeString(file, "2");
        String two = new Digest().addFiles(folder).digits();
        assertNotEquals(one, two);
        Files.move(file, inner.resolve("two"));
        assertNotEquals(two, new Digest().addFiles(folder).digits());
        assertEquals(empty, new Digest().addFiles(folder.resolve("missing")).digits());
        assertNotEquals(empty, new Digest().addFiles(inner.resolve("two")).digits());
    }

    @Test
    void shapesAndBitsOfArraysCount() {
        Array array = Array.of(new double[] {1, 2, 3, 4}, 2, 2);
        String digits = new Digest().add(array).digits();
        assertEquals(digits, new Digest().add(array).digits());
        assertEquals(digits.substring(0, 24), new Digest().add(array).word());
        assertNotEquals(
                digits, new Digest().add(Array.of(new double[] {1, 2, 3, 4}, 4)).digits());
        assertNotEquals(
                digits,
                new Digest()
                        .add(Array.of(new double[] {1, 2, 3, Math.nextUp(4)}, 2, 2))
                        .digits());
    }
}
