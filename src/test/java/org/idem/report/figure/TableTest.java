package org.idem.report.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
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

    /** A page names a long file and does not link it, for readers keep reports without their largest files. */
    @Test
    void longFilesAreNamedAndNotLinked() {
        List<List<Object>> rows = Collections.nCopies(20_000, List.of(1));
        assertTrue(new Table("short.csv", List.of("a"), rows).linked());
        List<List<Object>> more = Collections.nCopies(20_001, List.of(1));
        assertFalse(new Table("long.csv", List.of("a"), more).linked());
    }

    /** Numbers that three digits do not tell apart have as many as do. */
    @Test
    void differentNumbersOfARowLookDifferent() {
        assertEquals(
                List.of("dot", "0.43219", "0.43224", "0.4321", "0.9", "12", "∞"),
                Table.wordsOf(List.of("dot", 0.432188, 0.43224, 0.43209, 0.9, 12, Double.POSITIVE_INFINITY)));
        assertEquals(List.of("0.3", "0.3", "1,235"), Table.wordsOf(List.of(0.1 + 0.2, 0.3, 1234.7)));
        assertEquals(List.of("12,345.6", "12,345.9"), Table.wordsOf(List.of(12345.6, 12345.9)));
    }
}
