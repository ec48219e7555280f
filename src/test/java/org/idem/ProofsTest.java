package org.idem;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.idem.theorem.Theorem;
import org.idem.theorem.Theorems;
import org.junit.jupiter.api.Test;

/** Every theorem has its proof, and every proof names classes that exist. */
class ProofsTest {
    private static final Pattern CLASS = Pattern.compile("- (?:implemented in|tested by): (\\S+)");
    private static final Path PROOFS = Path.of("proofs");

    @Test
    void everyTheoremHasAProof() {
        for (Theorem<?> theorem : Theorems.list()) {
            assertTrue(Files.exists(PROOFS.resolve(theorem.id() + ".md")), theorem.id());
        }
    }

    @Test
    void everyTheoremHasItsPropertyClass() {
        for (Theorem<?> theorem : Theorems.list()) {
            String name = Pattern.compile("[.-]")
                    .splitAsStream(theorem.id())
                    .map(part -> Character.toUpperCase(part.charAt(0)) + part.substring(1))
                    .collect(Collectors.joining("", "org.idem.property.", "Properties"));
            assertDoesNotThrow(() -> Class.forName(name, false, ProofsTest.class.getClassLoader()), theorem.id());
        }
    }

    @Test
    void everyProofNamesLivingClasses() throws IOException {
        List<Path> pages;
        try (var files = Files.list(PROOFS)) {
            pages = files.filter(page -> page.getFileName().toString().matches("T.*\\.md"))
                    .toList();
        }
        assertTrue(pages.size() >= Theorems.list().size());
        for (Path page : pages) {
            Matcher matcher = CLASS.matcher(Files.readString(page));
            int named = 0;
            while (matcher.find()) {
                String name = matcher.group(1);
                assertDoesNotThrow(
                        () -> Class.forName(name, false, ProofsTest.class.getClassLoader()), page.toString());
                named++;
            }
            assertEquals(2, named, page.toString());
        }
    }
}
