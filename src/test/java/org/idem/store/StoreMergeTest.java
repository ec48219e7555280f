package org.idem.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.idem.array.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreMergeTest {
    @TempDir
    Path parent;

    private Path store(String name, int... numbers) throws IOException {
        Path folder = parent.resolve(name);
        try (Store store = Store.open(folder, "1")) {
            for (int number : numbers) {
                Samples.append(store, number);
            }
        }
        return folder;
    }

    @Test
    void shardsBecomeOneStore() throws IOException {
        Path first = store("first", 0, 3, 2);
        Path second = store("second", 1, 3, 5, 4);
        Path joined = store("joined", 2);
        try (Store store = Store.open(joined, "1")) {
            assertEquals(2, store.merge(first));
            assertEquals(3, store.merge(second));
            assertEquals(0, store.merge(second));
            assertEquals(0, store.merge(joined));
            assertEquals(List.of("run-2", "run-0", "run-3", "run-1", "run-5", "run-4"), List.copyOf(store.keys()));
        }
        try (Store store = Store.open(joined, "1")) {
            assertEquals(List.of(), store.remarks());
            for (int i = 0; i < 6; i++) {
                Samples.requireHeld(store, i);
            }
        }
        assertArrayEquals(
                Files.readAllBytes(second.resolve("arrays/run-4.npz")),
                Files.readAllBytes(joined.resolve("arrays/run-4.npz")));
    }

    @Test
    void ofTwoResultsOfAKeyTheOwnStays() throws IOException {
        Path other = parent.resolve("other");
        try (Store store = Store.open(other, "1")) {
            store.append("run-1", Samples.record(7), Samples.arrays(7), Precision.FLOAT32);
        }
        Path joined = store("joined", 1);
        try (Store store = Store.open(joined, "1")) {
            assertEquals(0, store.merge(other));
            Samples.requireHeld(store, 1);
        }
    }

    @Test
    void doubleLinesAreDropped() throws IOException {
        Path folder = store("doubled", 0, 2, 4);
        Path results = folder.resolve("results.jsonl");
        String text = Files.readString(results);
        Files.writeString(results, text + text.substring(0, text.indexOf('\n') + 1));
        try (Store store = Store.open(folder, "1")) {
            assertEquals(List.of("run-2", "run-4", "run-0"), List.copyOf(store.keys()));
            int[] read = {0};
            store.forEach((key, record) -> read[0]++);
            assertEquals(3, read[0]);
        }
    }

    @Test
    void arraysLeftByAKilledProcessDoNotJoinAResultWithoutArrays() throws IOException {
        Path other = store("other", 2);
        Path joined = store("joined");
        Files.writeString(joined.resolve("arrays/run-2.npz"), "of a killed process");
        try (Store store = Store.open(joined, "1")) {
            assertEquals(1, store.merge(other));
            assertEquals(Map.of(), store.arrays("run-2").orElseThrow());
        }
        assertEquals(false, Files.exists(joined.resolve("arrays/run-2.npz")));
    }

    @Test
    void onlyStoresOfTheSameVersionJoin() throws IOException {
        Path other = parent.resolve("other");
        Store.open(other, "2").close();
        Path joined = store("joined");
        try (Store store = Store.open(joined, "1")) {
            assertEquals(
                    other + ": holds results of version 2, but this is version 1;"
                            + " give another folder, or use the program that made it",
                    assertThrows(StoreException.class, () -> store.merge(other)).getMessage());
            Path missing = parent.resolve("missing");
            assertEquals(
                    missing + ": holds no store (no store.json); give the folder of a store",
                    assertThrows(StoreException.class, () -> store.merge(missing))
                            .getMessage());
        }
    }

    @Test
    void whatIsDamagedInTheOtherStoreIsNotTakenOver() throws IOException {
        Path other = store("other", 0, 1, 2);
        Files.delete(other.resolve("arrays/run-1.npz"));
        byte[] bytes = Files.readAllBytes(other.resolve("results.jsonl"));
        bytes[300] ^= 1;
        Files.write(other.resolve("results.jsonl"), bytes);
        try (Store store = Store.open(store("joined"), "1")) {
            assertEquals(1, store.merge(other));
            Samples.requireHeld(store, 2);
        }
    }
}
