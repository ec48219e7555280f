package org.idem.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that cannot be used are refused in one line, and stay as they are. */
class StoreRefusalTest {
    @TempDir
    Path folder;

    private static String opening(Path folder, String version) {
        return assertThrows(StoreException.class, () -> Store.open(folder, version))
                .getMessage();
    }

    private static String reading(Path folder) {
        return assertThrows(StoreException.class, () -> Store.reading(folder, "1"))
                .getMessage();
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void anotherVersion() throws IOException {
        Store.open(folder, "1").close();
        String line = folder + ": holds results of version 1, but this is version 2;"
                + " give another folder, or use the program that made it";
        assertEquals(line, opening(folder, "2"));
        assertEquals(
                line,
                assertThrows(StoreException.class, () -> Store.reading(folder, "2"))
                        .getMessage());
        Store.open(folder, "1").close();
    }

    @Test
    void anotherFormatAndADamagedDescription() throws IOException {
        Store.open(folder, "1").close();
        Path description = folder.resolve("store.json");
        assertEquals("{\"format\":1,\"version\":\"1\"}\n", Files.readString(description));
        Files.writeString(description, "{\"format\":2,\"version\":\"1\"}");
        String line = folder + ": must be a store of format 1, but is of format 2;"
                + " give another folder, or use the program that made it";
        assertEquals(line, opening(folder, "1"));
        assertEquals(line, reading(folder));
        List<String> damaged = List.of(
                "", "{", "[]", "null", "{\"format\":1}", "{\"version\":\"1\"}", "{\"format\":\"1\",\"version\":1}");
        for (String text : damaged) {
            Files.writeString(description, text);
            line = folder + ": store.json must name format and version, but is damaged; give another folder";
            assertEquals(line, opening(folder, "1"));
            assertEquals(line, reading(folder));
        }
    }

    @Test
    void aFolderOfOtherThings() throws IOException {
        Files.writeString(folder.resolve("thesis.tex"), "");
        assertEquals(
                folder + ": a store begins in an empty folder, but this one holds other things, such as 'thesis.tex';"
                        + " give another folder",
                opening(folder, "1"));
        assertEquals(List.of("thesis.tex"), names());
        assertEquals(folder + ": holds no store (no store.json); give the folder of a store", reading(folder));
        Files.move(folder.resolve("thesis.tex"), folder.resolve("results.jsonl"));
        assertTrue(opening(folder, "1").contains("'results.jsonl'"));
    }

    @Test
    void otherThingsMayJoinAStore() throws IOException {
        Store.open(folder, "1").close();
        Files.writeString(folder.resolve("notes.txt"), "");
        Store.open(folder, "1").close();
        assertEquals(List.of("arrays", "notes.txt", "results.jsonl", "store.json", "store.lock"), names());
    }

    @Test
    void whatAKilledBeginningLeftIsNoOtherThing() throws IOException {
        Files.writeString(folder.resolve("store.lock"), "");
        Files.writeString(folder.resolve(".idem-1-1-1.part"), "");
        Store.open(folder, "1").close();
    }

    @Test
    void aFileInPlaceOfAFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertEquals(file + ": a store must be a folder, but this is a file; give another folder", opening(file, "1"));
        assertEquals(file + ": holds no store (no store.json); give the folder of a store", reading(file));
        assertTrue(opening(file.resolve("inside"), "1").startsWith(file.resolve("inside") + ": "));
        assertFalse(opening(file.resolve("inside"), "1").contains("\n"));
    }

    @Test
    void aLinkToAFolderIsAFolder() throws IOException {
        Path real = Files.createDirectory(folder.resolve("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        try (Store store = Store.open(link, "1")) {
            Samples.append(store, 0);
            assertEquals(
                    real + ": another process works on this store; wait until it ends, or give another folder",
                    opening(real, "1"));
        }
        Samples.requireHeld(Store.reading(real, "1"), 0);
    }

    @Test
    void aStoreThatIsOpenInThisProcess() throws IOException {
        try (Store first = Store.open(folder, "1")) {
            for (int i = 0; i < 3; i++) {
                assertEquals(
                        folder + ": another process works on this store; wait until it ends, or give another folder",
                        opening(folder, "1"));
            }
            Samples.append(first, 0);
        }
        Store.open(folder, "1").close();
    }

    @Test
    void aFailedOpeningGivesTheLockBack() throws IOException {
        Files.createDirectory(folder.resolve("results.jsonl"));
        Files.writeString(folder.resolve("store.json"), "{\"format\":1,\"version\":\"1\"}");
        String line = opening(folder, "1");
        assertTrue(line.startsWith(folder + ": cannot be used as a store, "), line);
        assertTrue(line.endsWith("; make room or mend access, or give another folder"), line);
        assertFalse(line.contains("\n"));
        assertTrue(reading(folder).startsWith(folder + ": cannot be read as a store, "));
        Files.delete(folder.resolve("results.jsonl"));
        Store.open(folder, "1").close();
    }

    @Test
    void aStoreThatCannotBeBegunIsTakenAway() throws IOException {
        Path stubborn = folder.resolve(".idem-1-1-1.part");
        Files.createDirectories(stubborn.resolve("inside"));
        String line = opening(folder, "1");
        assertTrue(line.startsWith(folder + ": cannot be used as a store, "), line);
        assertEquals(List.of(".idem-1-1-1.part"), names());
        Files.delete(stubborn.resolve("inside"));
        Store.open(folder, "1").close();
    }

    @Test
    void aFolderThatCannotBeWritten() throws IOException {
        Store.open(folder, "1").close();
        // access rights do not bind the superuser; nobody makes files in /proc
        boolean superuser = System.getProperty("user.name").equals("root");
        Path unwritable = superuser ? Path.of("/proc/self/task") : folder;
        if (!superuser) {
            assertTrue(folder.toFile().setWritable(false));
            Files.delete(folder.resolve("store.lock"));
        }
        String line = opening(unwritable.resolve("inside"), "1");
        assertTrue(line.startsWith(unwritable.resolve("inside") + ": cannot be used as a store, "), line);
        assertFalse(line.contains("\n"));
        assertTrue(folder.toFile().setWritable(true));
    }
}
