package org.idem.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to the bytes of a store, it gives whole results or none, and says what it skipped. */
class StoreDamageTest {
    private static final int COUNT = 4;

    @TempDir
    Path folder;

    private Path results;
    private byte[] whole;

    @BeforeEach
    void aStore() throws IOException {
        results = folder.resolve("results.jsonl");
        try (Store store = open()) {
            for (int i = 0; i < COUNT; i++) {
                append(store, i);
            }
        }
        whole = Files.readAllBytes(results);
    }

    private Store open() throws IOException {
        return Store.open(folder, "1");
    }

    /** Small, because every byte of some lines is changed. */
    private static JsonNode record(int number) {
        return Samples.record(number, 3);
    }

    private static void append(Store store, int number) throws IOException {
        store.append(Samples.key(number), record(number), Samples.arrays(number), Precision.FLOAT32);
    }

    private static void requireHeld(Store store, int number) throws IOException {
        assertEquals(record(number), store.record(Samples.key(number)).orElseThrow());
        assertEquals(Samples.arrays(number), store.arrays(Samples.key(number)).orElseThrow());
    }

    private int startOfLine(int line) {
        int start = 0;
        for (int skipped = 0; skipped < line; start++) {
            skipped += whole[start] == '\n' ? 1 : 0;
        }
        return start;
    }

    @Test
    void aLastLineTornAtAnyByteIsCutAndSaid() throws IOException {
        int start = startOfLine(COUNT - 1);
        for (int end = start; end < whole.length; end++) {
            Files.write(results, Arrays.copyOf(whole, end));
            Store reading = Store.reading(folder, "1");
            assertEquals(COUNT - 1, reading.keys().size());
            assertEquals(List.of(), reading.remarks());
            assertEquals(end, Files.size(results));
            try (Store store = open()) {
                assertEquals(
                        end == start
                                ? List.of()
                                : List.of("cut a torn last line of " + (end - start) + " bytes of " + results),
                        store.remarks());
                assertEquals(COUNT - 1, store.keys().size());
                assertEquals(start, Files.size(results));
                if (end % 50 == 0) {
                    // the arrays of the torn line are there already, and others take their place
                    append(store, COUNT - 1);
                    for (int i = 0; i < COUNT; i++) {
                        requireHeld(store, i);
                    }
                }
            }
        }
    }

    @Test
    void aFlippedBitCostsTheResultsOfItsLineAndIsSaid() throws IOException {
        long seed = Long.getLong("idem.store.seed", new SecureRandom().nextLong());
        System.out.println("flipped bits: -Didem.store.seed=" + seed + " repeats them");
        SplittableRandom random = new SplittableRandom(seed);
        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(results, flipped);
            Store store = Store.reading(folder, "1");
            {
                // the last line feed is gone, and a reader cannot know whether the line is still being written
                int said = at == whole.length - 1 ? 0 : 1;
                assertEquals(said, store.remarks().size(), "seed " + seed + ", byte " + at);
                Set<String> keys = store.keys();
                // a line feed that is gone joins two lines
                int lost = COUNT - keys.size();
                assertTrue(lost == 1 || lost == 2 && whole[at] == '\n', "seed " + seed + ", byte " + at);
                for (int i = 0; i < COUNT; i++) {
                    if (keys.contains(Samples.key(i))) {
                        assertEquals(
                                record(i), store.record(Samples.key(i)).orElseThrow(), "seed " + seed + ", byte " + at);
                    }
                }
            }
        }
    }

    @Test
    void aDamagedLineCanBeReplaced() throws IOException {
        byte[] damaged = whole.clone();
        damaged[startOfLine(1) + 100] ^= 1;
        Files.write(results, damaged);
        try (Store store = open()) {
            assertEquals(
                    List.of("1 damaged line(s) of " + results
                            + " are skipped, their checksum does not match; the first is line 2"),
                    store.remarks());
            assertFalse(store.holds(Samples.key(1)));
            append(store, 1);
        }
        try (Store store = open()) {
            assertEquals(1, store.remarks().size());
            assertEquals(List.of("run-0", "run-2", "run-3", "run-1"), List.copyOf(store.keys()));
            for (int i = 0; i < COUNT; i++) {
                requireHeld(store, i);
            }
        }
    }

    @Test
    void linesOfNonsenseOfAnyLengthAreSkipped() throws IOException {
        byte[] nonsense = new byte[5 << 20];
        Arrays.fill(nonsense, (byte) '{');
        try (var out = Files.newOutputStream(results)) {
            out.write("\n\n{}\n{\"crc32c\":\"00000000\",\n".getBytes(StandardCharsets.US_ASCII));
            out.write(nonsense);
            out.write('\n');
            out.write(whole);
            out.write(new byte[3 << 20]);
        }
        try (Store store = open()) {
            assertEquals(
                    List.of(
                            "5 damaged line(s) of " + results
                                    + " are skipped, their checksum does not match; the first is line 1",
                            "cut a torn last line of " + (3 << 20) + " bytes of " + results),
                    store.remarks());
            for (int i = 0; i < COUNT; i++) {
                requireHeld(store, i);
            }
        }
    }

    @Test
    void aResultWithoutItsArraysCountsAsMissing() throws IOException {
        Path gone = folder.resolve("arrays/run-0.npz");
        Path cut = folder.resolve("arrays/run-1.npz");
        Files.delete(gone);
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 100));
        try (Store store = open()) {
            assertEquals(Set.of("run-2", "run-3"), store.keys());
            assertEquals(
                    List.of("2 result(s) of " + results + " do not count, their arrays are missing or not whole;"
                            + " the first is " + gone),
                    store.remarks());
            // both have a line already: the later one counts
            store.append("run-0", record(9), Samples.arrays(9), Precision.FLOAT32);
            store.append("run-1", record(1), Map.of(), Precision.FLOAT32);
            assertFalse(Files.exists(cut));
        }
        try (Store store = open()) {
            assertEquals(List.of(), store.remarks());
            assertEquals(List.of("run-2", "run-3", "run-0", "run-1"), List.copyOf(store.keys()));
            assertEquals(record(9), store.record("run-0").orElseThrow());
            assertEquals(Samples.arrays(9), store.arrays("run-0").orElseThrow());
            assertEquals(Map.of(), store.arrays("run-1").orElseThrow());
        }
    }

    @Test
    void arraysWithoutALineAndUnfinishedFilesAreReplacedSilently() throws IOException {
        Files.writeString(folder.resolve("arrays/run-4.npz"), "of a killed process");
        Files.writeString(folder.resolve("arrays/run-5.npz"), "of a killed process");
        Path part = Files.writeString(folder.resolve("arrays/.idem-1-1-1.part"), "of a killed process");
        Path description = Files.writeString(folder.resolve(".idem-1-1-1.part"), "of a killed process");
        try (Store store = open()) {
            assertEquals(List.of(), store.remarks());
            assertFalse(Files.exists(part));
            assertFalse(Files.exists(description));
            append(store, 4);
            append(store, 5);
            requireHeld(store, 4);
            requireHeld(store, 5);
        }
        assertFalse(Files.exists(folder.resolve("arrays/run-5.npz")));
    }

    @Test
    void damagedArraysAreSaidWhenRead() throws IOException {
        Path file = folder.resolve("arrays/run-0.npz");
        byte[] bytes = Files.readAllBytes(file);
        int refused = 0;
        for (int at = 0; at < bytes.length; at++) {
            byte[] flipped = bytes.clone();
            flipped[at] ^= 4;
            Files.write(file, flipped);
            Store store = Store.reading(folder, "1");
            try {
                Map<String, Array> read = store.arrays("run-0").orElseThrow();
                // bits of times and versions mean nothing; names are not covered by checksums
                assertEquals(Set.copyOf(Samples.arrays(0).values()), Set.copyOf(read.values()), "byte " + at);
            } catch (StoreException said) {
                refused++;
                assertTrue(said.getMessage().startsWith(folder + ": "), said.getMessage());
                assertTrue(
                        said.getMessage().endsWith("; delete the file, and its result counts as missing"),
                        said.getMessage());
            }
        }
        assertTrue(refused > bytes.length / 2, refused + " of " + bytes.length);
    }

    @Test
    void aFileChangedByOthersIsSaid() throws IOException {
        Store store = Store.reading(folder, "1");
        String line = folder + ": results.jsonl was changed by others since it was opened; give the command again";
        Files.write(results, Arrays.copyOf(whole, 100));
        assertEquals(
                line,
                assertThrows(StoreException.class, () -> store.record("run-0")).getMessage());
        byte[] flipped = whole.clone();
        flipped[90] ^= 1;
        Files.write(results, flipped);
        assertEquals(
                line,
                assertThrows(StoreException.class, () -> store.forEach((key, record) -> {}))
                        .getMessage());
        Files.delete(results);
        assertEquals(
                line,
                assertThrows(StoreException.class, () -> store.record("run-3")).getMessage());
    }
}
