package org.idem.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.idem.array.Array;
import org.idem.array.DataFormatException;
import org.idem.array.NpzFile;
import org.idem.array.WholeFile;

/** The arrays of a result: one file for each key that has any. */
final class StoredArrays {
    private StoredArrays() {}

    /**
     * Writes the file of a key and forces it to the disk; without arrays deletes one that a killed process left.
     *
     * @param archive its bytes, none without arrays
     */
    static void write(StoreFolder folder, String key, byte[] archive) throws IOException {
        Path file = folder.arrays(key);
        if (archive.length == 0) {
            Files.deleteIfExists(file);
        } else {
            WholeFile.write(file, out -> out.write(archive));
            folder.forceArrays(key);
        }
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
