package org.idem.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir
    Path folder;

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aFileAppearsOnlyWhenItIsComplete() throws IOException {
        Path target = folder.resolve("out");
        WholeFile.write(target, out -> {
            out.write('a');
            assertTrue(Files.notExists(target));
        });
        WholeFile.write(target, out -> {
            out.write('b');
            assertEquals("a", Files.readString(target));
        });
        assertEquals("b", Files.readString(target));
        assertEquals(List.of("out"), names());
    }

    @Test
    void afterAFailureEverythingIsAsBefore() throws IOException {
        Path target = Files.writeString(folder.resolve("out"), "old");
        assertThrows(
                IOException.class,
                () -> WholeFile.write(target, out -> {
                    out.write(1);
                    throw new IOException("disk full");
                }));
        assertEquals("old", Files.readString(target));
        assertEquals(List.of("out"), names());
    }

    @Test
    void severalFilesAreReplacedAfterAllAreComplete() throws IOException {
        Path one = Files.writeString(folder.resolve("one"), "old");
        Path two = folder.resolve("two");
        Map<Path, WholeFile.Content> contents = new LinkedHashMap<>();
        contents.put(one, out -> out.write('1'));
        contents.put(two, out -> {
            out.write('2');
            assertEquals("old", Files.readString(one));
        });
        WholeFile.writeAll(contents);
        assertEquals("1", Files.readString(one));
        assertEquals("2", Files.readString(two));
        assertEquals(List.of("one", "two"), names());
    }

    @Test
    void whereOneOfSeveralFilesFailsAllAreAsBefore() throws IOException {
        Path one = Files.writeString(folder.resolve("one"), "old");
        Map<Path, WholeFile.Content> contents = new LinkedHashMap<>();
        contents.put(one, out -> out.write('1'));
        contents.put(folder.resolve("two"), out -> {
            out.write('2');
            throw new IOException("disk full");
        });
        IOException failure = assertThrows(IOException.class, () -> WholeFile.writeAll(contents));
        assertEquals(folder.resolve("two") + ": disk full", failure.getMessage());
        assertEquals("old", Files.readString(one));
        assertEquals(List.of("one"), names());
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
        Map<Path, WholeFile.Content> device = new LinkedHashMap<>();
        device.put(full, out -> out.write('2'));
        device.put(one, out -> out.write('1'));
        assertThrows(IOException.class, () -> WholeFile.writeAll(device));
        assertEquals("old", Files.readString(one));
    }

    @Test
    void aFullDiskIsReportedWithTheFile() throws IOException {
        Path target = folder.resolve("out");
        IOException failure = assertThrows(
                IOException.class,
                () -> WholeFile.write(target, out -> {
                    throw new IOException("No space left on device");
                }));
        assertEquals(target + ": No space left on device", failure.getMessage());
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
        failure = assertThrows(IOException.class, () -> WholeFile.write(full, out -> out.write(1)));
        assertTrue(failure.getMessage().startsWith("/dev/full: "), failure.getMessage());
    }

    @Test
    void whatKilledProcessesLeaveIsRemovedAndNothingElse() throws IOException {
        long own = ProcessHandle.current().pid();
        long living = ProcessHandle.allProcesses()
                .mapToLong(ProcessHandle::pid)
                .filter(process -> process != own)
                .findFirst()
                .orElseThrow();
        long none = 4_999_999;
        List<String> kept = List.of(
                ".idem-" + living + "-1-ab.part",
                ".idem-notes.part",
                ".idem-" + none + "-1-ab.partly",
                ".idem-" + none + "-1-ab",
                "x.idem-" + none + "-1-ab.part");
        List<String> left =
                List.of(".idem-" + none + "-1-ab.part", ".idem-" + none + "-1-ab.try", ".idem-" + own + "-1-ab.part");
        for (List<String> names : List.of(kept, left)) {
            for (String name : names) {
                Files.writeString(folder.resolve(name), "half");
            }
        }
        Path target = folder.resolve("out");
        WholeFile.write(target, out -> {
            // what this process is writing is not abandoned
            WholeFile.removeAbandoned(folder);
            out.write(1);
        });
        WholeFile.removeAbandoned(folder.resolve("nowhere"));
        WholeFile.tryOut(folder);
        assertEquals(Stream.concat(kept.stream(), Stream.of("out")).sorted().toList(), names());
    }

    @Test
    void aNewFileHasTheUsualPermissions() throws IOException {
        Path usual = Files.writeString(folder.resolve("usual"), "");
        Path written = folder.resolve("written");
        WholeFile.write(written, out -> out.write(1));
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            assertEquals(Files.getPosixFilePermissions(usual), Files.getPosixFilePermissions(written));
        }
    }
}
