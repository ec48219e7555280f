package org.idem.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    private static final JsonNode NULL = JsonNodeFactory.instance.nullNode();

    @TempDir
    Path parent;

    private Path folder() {
        return parent.resolve("deep/store");
    }

    private Store open() throws IOException {
        return Store.open(folder(), "1");
    }

    @Test
    void whatWasAppendedIsReadToTheBitAndInItsOrder() throws IOException {
        List<Integer> order = List.of(5, 0, 7, 2, 1);
        try (Store store = open()) {
            assertEquals(Set.of(), store.keys());
            for (int number : order) {
                assertFalse(store.holds(Samples.key(number)));
                Samples.append(store, number);
                assertTrue(store.holds(Samples.key(number)));
                Samples.requireHeld(store, number);
            }
            requireOrder(order, store);
        }
        try (Store again = open();
                Store reading = Store.reading(folder(), "1")) {
            for (Store store : List.of(again, reading)) {
                requireOrder(order, store);
                assertEquals(List.of(), store.remarks());
                for (int number : order) {
                    Samples.requireHeld(store, number);
                }
                assertEquals(Optional.empty(), store.record("run-6"));
                assertEquals(Optional.empty(), store.arrays("../store"));
            }
            long files = Files.size(folder().resolve("results.jsonl"));
            try (var arrays = Files.list(folder().resolve("arrays"))) {
                files += arrays.mapToLong(file -> file.toFile().length()).sum();
            }
            assertEquals(files, again.bytes());
        }
    }

    private static void requireOrder(List<Integer> order, Store store) throws IOException {
        List<String> keys = order.stream().map(Samples::key).toList();
        assertEquals(keys, List.copyOf(store.keys()));
        List<String> read = new ArrayList<>();
        store.forEach((key, record) -> {
            assertEquals(Samples.record(record.get("number").intValue()), record);
            assertEquals(Samples.key(record.get("number").intValue()), key);
            read.add(key);
        });
        assertEquals(keys, read);
    }

    @Test
    void everyLineIsJsonWithAChecksumThatOthersCanCheck() throws IOException {
        try (Store store = open()) {
            Samples.append(store, 0);
            Samples.append(store, 2);
        }
        for (String line : Files.readAllLines(folder().resolve("results.jsonl"))) {
            JsonNode read = new JsonMapper().readTree(line);
            CRC32C checksum = new CRC32C();
            checksum.update(line.substring(line.indexOf("\"key\"")).getBytes(StandardCharsets.UTF_8));
            assertEquals(
                    String.format(Locale.ROOT, "%08x", checksum.getValue()),
                    read.get("crc32c").textValue());
            Path arrays = folder().resolve("arrays/" + read.get("key").textValue() + ".npz");
            assertEquals(arrays.toFile().length(), read.get("arrays").longValue());
        }
    }

    @Test
    void theSameResultAgainIsIgnoredAndAnotherRefused() throws IOException {
        try (Store store = open()) {
            Samples.append(store, 1);
            long bytes = store.bytes();
            Samples.append(store, 1);
            assertEquals(bytes, store.bytes());
            Map<String, Array> others =
                    Map.of("outputs", Array.zeros(3, 4, 5), "scalar", Array.of(new double[] {1}, 1));
            for (Map<String, Array> arrays : List.of(others, Map.<String, Array>of())) {
                assertThrows(
                        IllegalStateException.class,
                        () -> store.append("run-1", Samples.record(1), arrays, Precision.FLOAT32));
            }
            String message = assertThrows(
                            IllegalStateException.class,
                            () -> store.append("run-1", Samples.record(2), Samples.arrays(1), Precision.FLOAT32))
                    .getMessage();
            assertEquals(folder() + ": the key run-1 is held with another result, which stays", message);
            Samples.requireHeld(store, 1);
        }
        assertEquals(1, Files.readAllLines(folder().resolve("results.jsonl")).size());
    }

    @Test
    void packedResultsLeaveTheSameFiles() throws IOException {
        Map<String, Packed> packed = new LinkedHashMap<>();
        try (Store one = open();
                Store many = Store.open(folder().resolveSibling("packed"), "1")) {
            for (int number = 0; number < 4; number++) {
                Samples.append(one, number);
                Packed here = Packed.of(Samples.record(number), Samples.arrays(number), Precision.FLOAT32);
                packed.put(Samples.key(number), Packed.read(here.bytes()));
            }
            many.append(packed);
            many.append(packed);
            packed.put(Samples.key(1), packed.get(Samples.key(0)));
            assertThrows(IllegalStateException.class, () -> many.append(packed));
            assertThrows(IllegalArgumentException.class, () -> many.append(Map.of("a/b", packed.get(Samples.key(0)))));
            assertEquals(one.keys(), many.keys());
            for (int number = 0; number < 4; number++) {
                Samples.requireHeld(many, number);
            }
        }
        for (String file : List.of("results.jsonl", "arrays/run-0.npz", "arrays/run-3.npz")) {
            assertEquals(
                    -1,
                    Files.mismatch(
                            folder().resolve(file),
                            folder().resolveSibling("packed").resolve(file)),
                    file);
        }
    }

    @Test
    void whatIsNotPackedIsRefused() {
        for (byte[] bytes :
                List.of(new byte[0], new byte[] {0, 0, 0}, new byte[] {0, 0, 0, 2, '1'}, new byte[] {-1, 0, 0, 0})) {
            assertThrows(IOException.class, () -> Packed.read(bytes));
        }
    }

    @Test
    void arraysAreRoundedToTheirPrecision() throws IOException {
        Array wide = Array.of(new double[] {1 / 3.0, Double.NaN}, 2);
        try (Store store = open()) {
            store.append("single", NULL, Map.of("a", wide), Precision.FLOAT32);
            store.append("double", NULL, Map.of("a", wide), Precision.FLOAT64);
            store.append("single", NULL, Map.of("a", wide), Precision.FLOAT32);
            assertEquals(
                    (double) (float) (1 / 3.0),
                    store.arrays("single").orElseThrow().get("a").at(0));
            assertEquals(wide, store.arrays("double").orElseThrow().get("a"));
        }
    }

    @Test
    void whatBreaksARuleLeavesNothing() throws IOException {
        try (Store store = open()) {
            List<String> keys = List.of("", "A", "a/b", "..", "a.b", "é", "a b", "a\n", "a".repeat(101));
            for (String key : keys) {
                assertThrows(
                        IllegalArgumentException.class, () -> store.append(key, NULL, Map.of(), Precision.FLOAT32));
            }
            for (double number : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                JsonNode record = JsonNodeFactory.instance
                        .objectNode()
                        .set("inside", JsonNodeFactory.instance.arrayNode().add(number));
                assertThrows(
                        IllegalArgumentException.class, () -> store.append("a", record, Map.of(), Precision.FLOAT32));
            }
            List<Array> unwritable = List.of(Array.zeros(1, 1, 1, 1, 1), Array.of(new double[] {1e300}, 1));
            for (Array array : unwritable) {
                assertThrows(
                        IllegalArgumentException.class,
                        () -> store.append("a", NULL, Map.of("a", array), Precision.FLOAT32));
            }
            assertEquals(Set.of(), store.keys());
            store.append("a".repeat(100), NULL, Map.of(), Precision.FLOAT32);
            assertEquals(Optional.of(NULL), store.record("a".repeat(100)));
        }
        try (var arrays = Files.list(folder().resolve("arrays"))) {
            assertEquals(0, arrays.count());
        }
    }

    @Test
    void onlyAnOpenStoreTakesResults() throws IOException {
        Store store = open();
        Samples.append(store, 0);
        store.close();
        store.close();
        assertThrows(IllegalStateException.class, () -> Samples.append(store, 1));
        assertThrows(IllegalStateException.class, () -> store.merge(folder()));
        Samples.requireHeld(store, 0);
        try (Store reading = Store.reading(folder(), "1")) {
            String message = assertThrows(IllegalStateException.class, () -> Samples.append(reading, 1))
                    .getMessage();
            assertEquals(folder() + ": the store is open for reading only", message);
        }
    }

    @Test
    void aReaderSeesAWholeStoreWhileAnotherWrites() throws IOException {
        try (Store store = open()) {
            Samples.append(store, 0);
            Store reading = Store.reading(folder(), "1");
            Samples.append(store, 1);
            assertEquals(Set.of("run-0"), reading.keys());
            Samples.requireHeld(reading, 0);
            assertEquals(Set.of("run-0", "run-1"), Store.reading(folder(), "1").keys());
        }
    }

    @Test
    void threadsAppendSideBySide() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (Store store = open()) {
            // each result is given by three threads
            List<Callable<Void>> work = IntStream.range(0, 180)
                    .<Callable<Void>>mapToObj(i -> () -> {
                        Samples.append(store, i / 3);
                        return null;
                    })
                    .toList();
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
            // different results of one key: one is kept, with its own arrays
            List<Callable<Integer>> rivals = IntStream.range(0, 30)
                    .<Callable<Integer>>mapToObj(i -> () -> {
                        try {
                            store.append("rival", Samples.record(3 * i), Samples.arrays(3 * i), Precision.FLOAT32);
                            return 1;
                        } catch (IllegalStateException refused) {
                            return 0;
                        }
                    })
                    .toList();
            int kept = 0;
            for (Future<Integer> done : threads.invokeAll(rivals)) {
                kept += done.get();
            }
            assertEquals(1, kept);
        } finally {
            threads.shutdown();
        }
        try (Store store = open()) {
            assertEquals(List.of(), store.remarks());
            assertEquals(61, store.keys().size());
            for (int i = 0; i < 60; i++) {
                Samples.requireHeld(store, i);
            }
            int winner = store.record("rival").orElseThrow().get("number").intValue();
            assertEquals(Samples.record(winner), store.record("rival").orElseThrow());
            assertEquals(Samples.arrays(winner), store.arrays("rival").orElseThrow());
        }
    }

    @Test
    void anInterruptedThreadDoesNotCloseTheStore() throws IOException {
        try (Store store = open()) {
            Thread.currentThread().interrupt();
            assertThrows(StoreException.class, () -> Samples.append(store, 0));
            assertTrue(Thread.interrupted());
            Samples.append(store, 0);
            Thread.currentThread().interrupt();
            Samples.append(store, 2);
            assertTrue(Thread.interrupted());
            Samples.requireHeld(store, 0);
            Samples.requireHeld(store, 2);
        }
    }

    @Test
    void bytesDoNotDependOnTheMachinesLocale() throws IOException {
        List<String> texts = new ArrayList<>();
        for (String tag : List.of("en-US", "ar-EG-u-nu-arab", "tr-TR", "fa-IR-u-nu-arabext")) {
            Locale before = Locale.getDefault();
            Locale.setDefault(Locale.forLanguageTag(tag));
            Path place = parent.resolve(tag);
            try (Store store = Store.open(place, "1")) {
                Samples.append(store, 0);
                Samples.append(store, 2);
            } finally {
                Locale.setDefault(before);
            }
            texts.add(Files.readString(place.resolve("results.jsonl"))
                    + Files.readString(place.resolve("store.json"))
                    + Arrays.toString(Files.readAllBytes(place.resolve("arrays/run-0.npz"))));
        }
        assertEquals(1, Set.copyOf(texts).size());
    }

    @Test
    void aStoreOfTenThousandResultsOpensAtOnce() throws IOException {
        int count = 10_000;
        open().close();
        byte[] arrays;
        try (Store store = Store.open(parent.resolve("one"), "1")) {
            Samples.append(store, 0);
            arrays = Files.readAllBytes(parent.resolve("one/arrays/run-0.npz"));
        }
        try (var out = Files.newOutputStream(folder().resolve("results.jsonl"))) {
            for (int i = 0; i < count; i++) {
                out.write(ResultLine.encode(Samples.key(i), arrays.length, ResultLine.json(Samples.record(i))));
                Files.write(folder().resolve("arrays/" + Samples.key(i) + ".npz"), arrays);
            }
        }
        // of the processor, because other tests run at the same time
        ThreadMXBean processor = ManagementFactory.getThreadMXBean();
        double least = Double.POSITIVE_INFINITY;
        for (int round = 0; round < 5; round++) {
            long start = processor.getCurrentThreadCpuTime();
            open().close();
            least = Math.min(least, (processor.getCurrentThreadCpuTime() - start) / 1e9);
        }
        System.out.printf(Locale.ROOT, "a store of 10,000 results opened in %.3f s%n", least);
        assertTrue(least < 0.5, least + " s");
        try (Store store = open()) {
            assertEquals(count, store.keys().size());
            assertEquals(
                    Samples.record(count - 1),
                    store.record(Samples.key(count - 1)).orElseThrow());
            int[] read = {0};
            store.forEach((key, record) -> read[0]++);
            assertEquals(count, read[0]);
        }
    }
}
