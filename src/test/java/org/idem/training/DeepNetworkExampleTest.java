package org.idem.training;

import static org.junit.jupiter.api.Assertions.assertTrue;

import example.DeepNetworkExample;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example that the README links runs as it stands. */
class DeepNetworkExampleTest {
    @Test
    void resumesWithTheSameBits(@TempDir Path folder) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            DeepNetworkExample.main(new String[] {folder.resolve("digit.npz").toString()});
        } finally {
            System.setOut(before);
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        assertTrue(text.endsWith("the last of 4 stages gives the same bits: true" + System.lineSeparator()), text);
        assertTrue(text.startsWith("step   0, loss "), text);
    }
}
