package org.idem.report.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {
    @TempDir
    Path folder;

    @Test
    void tablesQuoteCommasAndQuotes() throws IOException {
        Table table = new Table("t.csv", List.of("a", "b"), List.of(List.of("x,\"y\"\n", Double.NaN)));
        table.write(folder);
        assertEquals("a,b\n\"x,\"\"y\"\"\n\",NaN\n", Files.readString(folder.resolve("t.csv")));
        assertEquals("a,b\n\"x,\"\"y\"\"\n\",\n", table.drawn());
    }
}
