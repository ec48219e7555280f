package org.idem.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.idem.array.WholeFile;
import org.idem.array.WriteLock;

/** The files of a store, described in {@link org.idem.store}, and whose results they hold. */
record StoreFolder(Path folder) {
    private static final int FORMAT = 1;
    private static final String LOCK = "store.lock";
    private static final String NPZ = ".npz";
    private static final JsonMapper JSON = new JsonMapper();

    Path results() {
        return folder.resolve("results.jsonl");
    }

    Path lock() {
        return folder.resolve(LOCK);
    }

    Path arrays(String key) {
        return arrays().resolve(key + NPZ);
    }

    private Path arrays() {
        return folder.resolve("arrays");
    }

    private Path identity() {
        return folder.resolve("store.json");
    }

    /** Whether this file or folder is one that the store needs for itself. */
    boolean isOwn(Path place) {
        return List.of(arrays(), results(), identity(), lock()).contains(place);
    }

    boolean isStore() {
        return Files.isRegularFile(identity());
    }

    /**
     * Creates the folder, unless it is there; refuses one that holds anything but a store.
     *
     * @return the folders that were created, the innermost first
     */
    List<Path> create() throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new StoreException(folder, "a store must be a folder, but this is a file; give another folder");
        }
        List<Path> created = new ArrayList<>();
        for (Path at = folder.toAbsolutePath(); at != null && Files.notExists(at); at = at.getParent()) {
            created.add(at);
        }
        Files.createDirectories(folder);
        if (!isStore()) {
            requireEmpty();
        }
        return created;
    }

    /**
     * Deletes the store. Whoever calls this has the lock.
     *
     * @param made folders that were created for it, the innermost first, which are deleted as well
     */
    void delete(List<Path> made) throws IOException {
        for (String key : arraySizes().keySet()) {
            Files.delete(arrays(key));
        }
        clean(arrays());
        for (Path one : List.of(arrays(), results(), identity(), lock())) {
            Files.deleteIfExists(one);
        }
        clean(folder);
        for (Path one : made) {
            Files.delete(one);
        }
    }

    /** Deletes the store as {@link #delete}, because it could not be begun. */
    void deleteAfter(Exception failure, List<Path> made) {
        try {
            delete(made);
        } catch (IOException later) {
            // an empty store stays, which the next writer begins again
            failure.addSuppressed(later);
        }
    }

    /** Gives a lock to one writer at a time. */
    WriteLock locked() throws IOException {
        WriteLock lock = WriteLock.on(lock());
        if (lock == null) {
            throw new StoreException(
                    folder, "another process works on this store; wait until it ends, or give another folder");
        }
        return lock;
    }

    private void requireEmpty() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> others = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(LOCK) && !unfinished(name) && !name.equals("store.json"))
                    .sorted()
                    .limit(1)
                    .toList();
            // another process may have made it a store meanwhile
            if (!others.isEmpty() && !isStore()) {
                throw new StoreException(
                        folder,
                        "a store begins in an empty folder, but this one holds other things, such as '" + others.get(0)
                                + "'; give another folder");
            }
        }
    }

    /** Writes down whose results the store will hold, and makes the folder of arrays. */
    void begin(String version) throws IOException {
        if (!isStore()) {
            String text = JSON.writeValueAsString(
                    JSON.createObjectNode().put("format", FORMAT).put("version", version));
            WholeFile.write(identity(), text + "\n");
            force(identity());
        }
        if (!Files.isDirectory(arrays())) {
            Files.createDirectory(arrays());
        }
    }

    /** Refuses a store of another version or format. */
    void requireVersion(String version) throws IOException {
        JsonNode said;
        try {
            said = JSON.readTree(identity().toFile());
        } catch (JsonProcessingException damaged) {
            said = JSON.missingNode();
        }
        JsonNode format = said.path("format");
        JsonNode made = said.path("version");
        if (!format.isInt() || !made.isTextual()) {
            throw new StoreException(
                    folder, "store.json must name format and version, but is damaged; give another folder");
        }
        if (format.intValue() != FORMAT) {
            throw new StoreException(
                    folder,
                    "must be a store of format " + FORMAT + ", but is of format " + format
                            + "; give another folder, or use the program that made it");
        }
        if (!made.textValue().equals(version)) {
            throw new StoreException(
                    folder,
                    "holds results of version " + made.textValue() + ", but this is version " + version
                            + "; give another folder, or use the program that made it");
        }
    }

    /** Sizes of the files of arrays by key; without the folder none. */
    Map<String, Long> arraySizes() throws IOException {
        Map<String, Long> sizes = new HashMap<>();
        if (Files.isDirectory(arrays())) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(arrays(), "*" + NPZ)) {
                for (Path file : files) {
                    String name = file.getFileName().toString();
                    sizes.put(
                            name.substring(0, name.length() - NPZ.length()),
                            file.toFile().length());
                }
            }
        }
        return sizes;
    }

    /** Deletes what killed writers left of files that they had not finished. Whoever calls this has the lock. */
    void clean() throws IOException {
        clean(folder);
        clean(arrays());
    }

    private static void clean(Path place) throws IOException {
        if (Files.isDirectory(place)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(place, ".idem-*.part")) {
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static boolean unfinished(String name) {
        return name.startsWith(".idem-") && (name.endsWith(".part") || name.endsWith(".try"));
    }

    /**
     * Makes sure that a file of arrays outlives the machine's sudden end. Should its name be lost, the result counts as
     * missing.
     */
    void forceArrays(String key) throws IOException {
        force(arrays(key));
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
