package org.idem.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outputs land where the system itself, when it opens a file to write, would put them. */
class OutputPlaceTest {
    @TempDir
    Path folder;

    /** A folder with an old file, and links of every kind to it, to a file that may become, and to nothing. */
    private Path tree(String name) throws IOException {
        Path root = Files.createDirectory(folder.toRealPath().resolve(name));
        Path inner = Files.createDirectories(root.resolve("outer/inner"));
        Files.writeString(inner.resolve("old"), "old");
        link(root, "linked", inner.toString());
        link(root, "relative", "outer/inner");
        link(root, "to-old", inner.resolve("old").toString());
        link(root, "to-new", "linked/new");
        link(inner, "through-old", "../../to-old");
        link(inner, "through-new", "../../to-new");
        link(root, "circle", "other-circle");
        link(root, "other-circle", "circle");
        link(root, "own-circle", "own-circle/own-circle");
        link(root, "to-no-folder", "none/new");
        link(root, "to-folder", "outer");
        return root;
    }

    private static void link(Path from, String name, String to) throws IOException {
        Files.createSymbolicLink(from.resolve(name), Path.of(to));
    }

    /** What lies in a folder: texts of files, and where links lead. */
    private static Map<String, String> content(Path root) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (var paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String is = Files.isSymbolicLink(path)
                        ? "-> " + Files.readSymbolicLink(path).toString().replace(root.toString(), "")
                        : Files.isDirectory(path) ? "folder" : Files.readString(path);
                content.put(root.relativize(path).toString(), is);
            }
        }
        return content;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "outer/inner/old",
                "to-old",
                "outer/inner/through-old",
                "linked/old",
                "relative/through-old",
                "linked/../inner/old",
                "linked/../../relative/./old",
                "outer/inner/new",
                "to-new",
                "outer/inner/through-new",
                "linked/new",
                "relative/through-new",
                "linked/../inner/new",
                "linked/../../relative/./new"
            })
    void linksAreFollowed(String name) throws IOException {
        Path systems = tree("system");
        Files.writeString(systems.resolve(name), "written");
        Path ours = tree("ours");
        Path plain = ours.resolve("outer/inner").resolve(name.endsWith("old") ? "old" : "new");
        assertEquals(plain, WholeFile.placeOf(ours.resolve(name)));
        assertTrue(WholeFile.same(plain, ours.resolve(name)));
        assertFalse(WholeFile.same(ours.resolve("outer/inner/newer"), ours.resolve(name)));
        WholeFile.write(ours.resolve(name), "written");
        assertEquals(content(systems), content(ours));
        assertEquals(plain, WholeFile.placeOf(ours.resolve(name)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "circle",
                "other-circle",
                "own-circle",
                "circle/new",
                "to-no-folder",
                "none/new",
                "none/../outer/inner/old",
                "none/../new",
                "outer/inner/old/../new",
                "to-no-folder/../new",
                "outer/inner/old/.",
                "new/.",
                "outer/inner/old/new",
                "linked/..",
                "to-folder",
                "outer"
            })
    void whatTheSystemRefusesIsRefusedAndChangesNothing(String name) throws IOException {
        Path root = tree("root");
        Map<String, String> before = content(root);
        Path target = root.resolve(name);
        assertThrows(FileSystemException.class, () -> Files.writeString(target, "written"));
        assertThrows(FileSystemException.class, () -> WholeFile.write(target, "written"));
        assertEquals(before, content(root));
    }

    /** Folders that will be made are named by their places, too. */
    @Test
    void placesHaveNoDots() throws IOException {
        Path root = tree("root");
        assertEquals(root.resolve("made/new"), WholeFile.placeOf(root.resolve("./made/./new")));
        assertEquals(root.resolve("outer/made"), WholeFile.placeOf(root.resolve("linked/../made/.")));
        FileSystemException refused =
                assertThrows(FileSystemException.class, () -> WholeFile.placeOf(root.resolve("outer/made/../new")));
        assertEquals(
                "'..' must follow a folder that exists, and " + root.resolve("outer/made") + " is none",
                refused.getReason());
    }

    @Test
    void anotherNameOfADeviceIsTheSamePlace() throws IOException {
        Path nothing = Path.of("/dev/null");
        Path link = Files.createSymbolicLink(folder.resolve("link"), nothing);
        assertTrue(WholeFile.same(nothing, link));
        assertFalse(WholeFile.same(nothing, Path.of("/dev/zero")));
        assertFalse(WholeFile.same(nothing, folder.resolve("file")));
        assertFalse(WholeFile.same(folder.resolve("file"), link));
        Files.delete(link);
    }
}
