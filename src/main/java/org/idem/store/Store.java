package org.idem.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.array.WholeFile;
import org.idem.array.WriteLock;
import org.jspecify.annotations.Nullable;

/**
 * Append-only results of keyed work in a folder. All methods may be called from any thread.
 *
 * <p>A result that {@link #append} has taken is on the disk: no later crash of the process or the machine loses it. A
 * result whose process was killed before that is not there, as a whole.
 */
public final class Store implements AutoCloseable {
    private static final String REMEDY =
            "make room or mend access, then give the same command again: what was kept stays";

    private final StoreFolder folder;
    private final String version;
    private final StoreIndex index;
    private final @Nullable Writing writing;

    private boolean closed;

    private Store(StoreFolder folder, String version, StoreIndex index, @Nullable Writing writing) {
        this.folder = folder;
        this.version = version;
        this.index = index;
        this.writing = writing;
    }

    /**
     * Opens a store for writing, one writer at a time; its lock dies with its process. Folders are created. A last line
     * that a killed process left unfinished is cut, which {@link #remarks} says.
     *
     * @param folder of the store: missing, empty, or a store
     * @param version of what computes the results
     * @return the store
     * @throws StoreException in one line, if the folder holds other things or results of another version, if another
     *     writer works on it, or if it cannot be written
     */
    public static Store open(Path folder, String version) throws IOException {
        StoreFolder place = new StoreFolder(folder);
        try {
            List<Path> made = place.create();
            if (place.isStore()) {
                place.requireVersion(version);
            }
            WriteLock lock = place.locked();
            Optional<List<Path>> begun = place.isStore() ? Optional.empty() : Optional.of(made);
            try {
                return locked(place, version, lock, begun);
            } catch (IOException | RuntimeException failure) {
                begun.ifPresent(folders -> place.deleteAfter(failure, folders));
                lock.close();
                throw failure;
            }
        } catch (StoreException refusal) {
            throw refusal;
        } catch (IOException failure) {
            throw new StoreException(
                    folder, "cannot be used as a store", failure, "make room or mend access, or give another folder");
        }
    }

    private static Store locked(StoreFolder place, String version, WriteLock lock, Optional<List<Path>> begun)
            throws IOException {
        place.begin(version);
        place.requireVersion(version);
        place.clean();
        StoreIndex index = new StoreIndex(place);
        long torn = Files.exists(place.results()) ? Files.size(place.results()) - index.end() : 0;
        ResultFile results = new ResultFile(place.results(), index.end());
        if (torn > 0) {
            index.remarks().add("cut a torn last line of " + torn + " bytes of " + place.results());
        }
        return new Store(place, version, index, new Writing(lock, results, new KeysInWork(), begun));
    }

    /**
     * Whether a folder is a store, of whatever version.
     *
     * @param folder any
     * @return false if there is none
     */
    public static boolean isStore(Path folder) {
        return new StoreFolder(folder).isStore();
    }

    /**
     * Opens a store without a lock to read what is there, also while another process writes.
     *
     * @param folder of the store
     * @param version of what computed the results
     * @return the store as it is now; results that are appended later do not appear
     * @throws StoreException in one line, if the folder holds no store, results of another version, or cannot be read
     */
    public static Store reading(Path folder, String version) throws IOException {
        StoreFolder place = new StoreFolder(folder);
        if (!place.isStore()) {
            throw new StoreException(folder, "holds no store (no store.json); give the folder of a store");
        }
        try {
            place.requireVersion(version);
            return new Store(place, version, new StoreIndex(place), null);
        } catch (StoreException refusal) {
            throw refusal;
        } catch (IOException failure) {
            throw new StoreException(folder, "cannot be read as a store", failure, "give a folder that can be read");
        }
    }

    /**
     * Where the store is.
     *
     * @return its folder, as it was given
     */
    public Path folder() {
        return folder.folder();
    }

    /**
     * Keys of the results that are held.
     *
     * @return a copy, in the order of appending
     */
    public synchronized Set<String> keys() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(index.places().keySet()));
    }

    /**
     * Whether the result of a key is held: its line is whole, and so is its file of arrays if it has one.
     *
     * @param key any text
     * @return true if it is
     */
    public synchronized boolean holds(String key) {
        return index.places().containsKey(key);
    }

    /**
     * Keeps a result. Its arrays are in place before its line is written; both are forced to the disk.
     *
     * @param key 1 to 100 small letters, digits, {@code -} or {@code _}
     * @param record any JSON whose numbers are finite
     * @param arrays arrays of 0 to 4 axes by name; may be empty
     * @param precision the format of the arrays, which are rounded to it
     * @throws IllegalStateException if the key is held with another result (one of the same bytes is ignored), or if
     *     the store is closed or open for reading only
     * @throws IllegalArgumentException if key, record or arrays break their rules; nothing is kept
     * @throws StoreException in one line, if the disk is full or fails; the store stays as it was and can be used
     */
    public void append(String key, JsonNode record, Map<String, Array> arrays, Precision precision) throws IOException {
        append(Map.of(key, Packed.of(record, arrays, precision)));
    }

    /**
     * Keeps results in the same way, but waits for the disk once for all of their lines.
     *
     * @param results by their keys
     * @throws IllegalStateException as above
     * @throws IllegalArgumentException if a key breaks its rule; nothing is kept
     * @throws StoreException in one line, if the disk is full or fails; what was written before stays
     */
    public void append(Map<String, Packed> results) throws IOException {
        results.keySet().forEach(ResultLine::requireKey);
        Writing open = requireOpen();
        try {
            int left = results.size();
            for (Map.Entry<String, Packed> result : results.entrySet()) {
                append(open, result.getKey(), result.getValue(), --left == 0);
            }
        } catch (StoreException refusal) {
            throw refusal;
        } catch (IOException failure) {
            throw new StoreException(folder.folder(), "a result could not be kept", failure, REMEDY);
        }
    }

    private void append(Writing open, String key, Packed result, boolean forced) throws IOException {
        open.keys().enter(key);
        try {
            requireOpen();
            Optional<JsonNode> before = record(key);
            if (before.isPresent()) {
                requireIdentical(key, before.get(), result);
                if (forced) {
                    open.results().force();
                }
            } else {
                StoredArrays.write(folder, key, result.archive());
                appendLine(open, key, result.archive().length, result.json(), forced);
            }
        } finally {
            open.keys().leave(key);
        }
    }

    private synchronized Writing requireOpen() {
        if (closed || writing == null) {
            throw new IllegalStateException(
                    folder.folder() + ": the store is " + (closed ? "closed" : "open for reading only"));
        }
        return writing;
    }

    private void requireIdentical(String key, JsonNode before, Packed result) throws IOException {
        byte[] archive = arrays(key).orElseThrow().isEmpty() ? new byte[0] : Files.readAllBytes(folder.arrays(key));
        if (!before.equals(ResultLine.parsed(result.json())) || !Arrays.equals(archive, result.archive())) {
            throw new IllegalStateException(
                    folder.folder() + ": the key " + key + " is held with another result, which stays");
        }
    }

    private synchronized void appendLine(Writing open, String key, long arrayBytes, byte[] json, boolean forced)
            throws IOException {
        byte[] line = ResultLine.encode(key, arrayBytes, json);
        long at = open.results().append(line, forced);
        int bytes = line.length - 1;
        index.put(key, new StoreIndex.Held(at, bytes, bytes - 1 - json.length, arrayBytes));
    }

    /**
     * Takes over the results of another store that this one lacks.
     *
     * @param other folder of a store of the same version, which may be written to meanwhile
     * @return how many were taken over
     * @throws IllegalStateException if this store is closed or open for reading only
     * @throws StoreException in one line, if the other folder holds no such store, or if one of the two disks fails;
     *     results that were taken over before stay
     */
    public int merge(Path other) throws IOException {
        Writing open = requireOpen();
        Store source = reading(other, version);
        int taken = 0;
        try {
            for (String key : source.keys()) {
                if (take(open, source, key)) {
                    taken++;
                }
            }
            open.results().force();
        } catch (StoreException refusal) {
            throw refusal;
        } catch (IOException failure) {
            throw new StoreException(
                    folder.folder(), "results of " + other + " could not be taken over", failure, REMEDY);
        }
        return taken;
    }

    private boolean take(Writing open, Store source, String key) throws IOException {
        open.keys().enter(key);
        try {
            requireOpen();
            StoreIndex.Held place = source.place(key);
            if (place == null || holds(key)) {
                return false;
            }
            byte[] json = ResultLine.json(source.record(key).orElseThrow());
            Path arrays = folder.arrays(key);
            Files.deleteIfExists(arrays);
            if (place.arrayBytes() > 0) {
                // not forced to the disk one by one: the other store still has them
                WholeFile.write(arrays, out -> Files.copy(source.folder.arrays(key), out));
            }
            appendLine(open, key, place.arrayBytes(), json, false);
            return true;
        } finally {
            open.keys().leave(key);
        }
    }

    /**
     * Reads all records, one after the other; not all are in memory at once.
     *
     * @param reader takes key and record, in the order of appending
     * @throws StoreException in one line, if the file was changed since it was opened or cannot be read
     */
    public void forEach(BiConsumer<String, JsonNode> reader) throws IOException {
        Map<String, StoreIndex.Held> places;
        synchronized (this) {
            places = new LinkedHashMap<>(index.places());
        }
        if (places.isEmpty()) {
            return;
        }
        try (StoredRecords records = new StoredRecords(folder)) {
            for (Map.Entry<String, StoreIndex.Held> place : places.entrySet()) {
                reader.accept(place.getKey(), records.at(place.getValue()));
            }
        }
    }

    /**
     * The record of a key.
     *
     * @param key any text
     * @return empty if it is not held
     * @throws StoreException in one line, if the file was changed since it was opened or cannot be read
     */
    public Optional<JsonNode> record(String key) throws IOException {
        StoreIndex.Held place = place(key);
        if (place == null) {
            return Optional.empty();
        }
        try (StoredRecords records = new StoredRecords(folder)) {
            return Optional.of(records.at(place));
        }
    }

    private synchronized StoreIndex.@Nullable Held place(String key) {
        return index.places().get(key);
    }

    /**
     * The arrays of a key.
     *
     * @param key any text
     * @return by name, in the order of their names; empty if the key is not held
     * @throws StoreException in one line, if their file is damaged or cannot be read
     */
    public Optional<Map<String, Array>> arrays(String key) throws IOException {
        StoreIndex.Held place = place(key);
        if (place == null) {
            return Optional.empty();
        }
        return Optional.of(place.arrayBytes() > 0 ? StoredArrays.read(folder, key) : Map.of());
    }

    /**
     * What was found damaged at opening, and what was done about it.
     *
     * @return one line each; a copy
     */
    public synchronized List<String> remarks() {
        return List.copyOf(index.remarks());
    }

    /**
     * Size of the results that are held.
     *
     * @return bytes of their lines and of their files of arrays
     */
    public synchronized long bytes() {
        return index.places().values().stream()
                .mapToLong(held -> held.bytes() + 1L + held.arrayBytes())
                .sum();
    }

    /** Ends writing, after the results that other threads are keeping, and gives the lock back. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        if (writing != null) {
            writing.keys().awaitNone();
            try (writing) {
                writing.results().force();
            }
        }
    }

    /**
     * Ends writing and deletes the store if this writer began it, with the folders that it made for it. A store that
     * was there before stays.
     *
     * @throws IOException if a file cannot be deleted
     */
    public void abandon() throws IOException {
        if (writing != null && writing.begun().isPresent()) {
            synchronized (this) {
                closed = true;
            }
            writing.keys().awaitNone();
            try (writing) {
                folder.delete(writing.begun().get());
            }
        }
        close();
    }
}
