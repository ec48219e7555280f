package org.idem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Rooms and files stay so small that a stranger finds what is in them. */
class RoomSizeTest {
    /** Without the description of the room. */
    private static final int MOST_FILES = 25;

    private static final int MOST_LINES = 400;
    private static final Path SOURCES = Path.of("src/main/java");

    private static List<Path> sources() throws IOException {
        try (var walk = Files.walk(SOURCES)) {
            List<Path> files =
                    walk.filter(file -> file.toString().endsWith(".java")).toList();
            assertTrue(files.size() > 100, "sources are read from " + SOURCES.toAbsolutePath());
            return files;
        }
    }

    @Test
    void noRoomHasTooManyFiles() throws IOException {
        Map<Path, Integer> counts = new TreeMap<>();
        for (Path file : sources()) {
            boolean described = file.endsWith("package-info.java");
            counts.merge(file.getParent(), described ? 0 : 1, Integer::sum);
        }
        counts.values().removeIf(count -> count <= MOST_FILES);
        assertEquals(Map.of(), counts);
    }

    @Test
    void everyRoomIsDescribed() throws IOException {
        List<Path> undescribed = sources().stream()
                .map(Path::getParent)
                .distinct()
                .filter(room -> !Files.exists(room.resolve("package-info.java")))
                .toList();
        assertEquals(List.of(), undescribed);
    }

    @Test
    void noFileIsTooLong() throws IOException {
        Map<Path, Integer> lengths = new TreeMap<>();
        for (Path file : sources()) {
            lengths.put(file, Files.readAllLines(file).size());
        }
        lengths.values().removeIf(lines -> lines <= MOST_LINES);
        assertEquals(Map.of(), lengths);
    }
}
