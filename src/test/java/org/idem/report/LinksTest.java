package org.idem.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages that are kept with the project link nothing that is not kept with it. */
class LinksTest {
    @TempDir
    Path folder;

    @Test
    void keptPagesLeadSomewhere() throws IOException {
        List<Path> pages;
        try (Stream<Path> files = Files.walk(Path.of("reports", "reference"))) {
            pages = files.filter(file -> file.toString().endsWith(".html")).toList();
        }
        assertFalse(pages.isEmpty());
        for (Path page : pages) {
            assertEquals(List.of(), Links.broken(page), page.toString());
        }
    }

    @Test
    void deadLinksAreFound() throws IOException {
        Files.writeString(folder.resolve("there.csv"), "");
        Path page = folder.resolve("page.html");
        Files.writeString(
                page,
                "<h2 id=\"here\"></h2><a href=\"there.csv\"></a><a href=\"gone.csv\"></a>"
                        + "<a href=\"#here\"></a><a href=\"#nowhere\"></a>");
        assertEquals(List.of("gone.csv", "#nowhere"), Links.broken(page));
    }
}
