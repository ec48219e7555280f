package org.idem.cli.argument;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ShellWordsTest {
    @Test
    void wordsCanBePasted() {
        assertEquals("a/b-c.npz#3", ShellWords.quoted("a/b-c.npz#3"));
        assertEquals("'my report'", ShellWords.quoted("my report"));
        assertEquals("'it'\\''s'", ShellWords.quoted("it's"));
        assertEquals("''", ShellWords.quoted(""));
        assertEquals("", ShellWords.option("--report", null));
        assertEquals(" --report 'my report'", ShellWords.option("--report", Path.of("my report")));
    }
}
