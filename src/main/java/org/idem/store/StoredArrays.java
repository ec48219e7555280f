package org.idem.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.idem.array.Array;
import org.idem.array.DataFormatException;
import org.idem.array.NpyFile;
import org.idem.array.NpzFile;
import org.idem.array.Precision;

/** The arrays of a result: one file for each key that has any. */
final class StoredArrays {
    private StoredArrays() {}

    /**
     * Writes the file of a key and forces it to the disk; without arrays deletes one that a killed process left.
     *
     * @return size of the file in bytes, 0 without arrays
     */
    static long write(StoreFolder folder, String key, Map<String, Array> arrays, Precision precision)
            throws IOException {
        Path file = folder.arrays(key);
        if (arrays.isEmpty()) {
            Files.deleteIfExists(file);
            return 0;
        }
        Map<String, NpyFile.Content> members = new TreeMap<>();
        arrays.forEach((name, array) -> members.put(name, new NpyFile.Content(array, precision)));
        NpzFile.write(file, members);
        folder.forceArrays(key);
        return Files.size(file);
    }

    /** Reads the file of a key: arrays by name, in the order of their names. */
    static Map<String, Array> read(StoreFolder folder, String key) throws IOException {
        Map<String, Array> arrays = new TreeMap<>();
        try {
            NpzFile.readAll(folder.arrays(key)).forEach((name, content) -> arrays.put(name, content.array()));
        } catch (DataFormatException damaged) {
            throw new StoreException(
                    folder.folder(), damaged.getMessage() + "; delete the file, and its result counts as missing");
        }
        return arrays;
    }
}
