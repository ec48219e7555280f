package org.idem.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void executorsCompileAsTheLauncherSays() throws IOException {
        List<String> launched = Pattern.compile("-XX:\\S+=[0-9]+(?=[ )])")
                .matcher(Files.readString(Path.of("idem")))
                .results()
                .map(found -> found.group())
                .filter(flag -> flag.contains("Inline") || flag.contains("Tier4"))
                .toList();
        assertTrue(launched.size() > 4, launched::toString);
        assertEquals(String.join(" ", launched) + " ", Settings.compiler(launched));
        assertEquals(
                "-XX:Tier4BackEdgeThreshold=80000 ",
                Settings.compiler(
                        List.of("-Xmx1400m", "-XX:+UseSerialGC", "-XX:Tier4BackEdgeThreshold=80000", "-Dx=1")));
    }
}
