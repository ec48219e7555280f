package org.idem.store;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the result of each key is, in the order of appending. Made of what the folder holds, without reading records.
 */
final class StoreIndex {
    private final Map<String, Held> places = new LinkedHashMap<>();
    private final List<String> remarks = new ArrayList<>();
    private final long end;

    private long lines;
    private long damaged;
    private long firstDamaged;

    /**
     * The place of a result.
     *
     * @param at byte of the file at which its line starts
     * @param bytes length of the line without its line feed
     * @param recordFrom byte of the line at which the record starts
     * @param arrayBytes size of its file of arrays, 0 without arrays
     */
    record Held(long at, int bytes, int recordFrom, long arrayBytes) {}

    StoreIndex(StoreFolder folder) throws IOException {
        end = Files.exists(folder.results()) ? ResultScan.of(folder.results(), this::take) : 0;
        if (damaged > 0) {
            remarks.add(damaged + " damaged line(s) of " + folder.results()
                    + " are skipped, their checksum does not match; the first is line " + firstDamaged);
        }
        dropWithoutArrays(folder);
    }

    private void take(long at, long bytes, ResultLine.@Nullable Head head) {
        lines++;
        if (head != null) {
            put(head.key(), new Held(at, (int) bytes, head.recordFrom(), head.arrayBytes()));
            return;
        }
        damaged++;
        if (firstDamaged == 0) {
            firstDamaged = lines;
        }
    }

    private void dropWithoutArrays(StoreFolder folder) throws IOException {
        Map<String, Long> sizes = folder.arraySizes();
        List<String> without = places.entrySet().stream()
                .filter(place -> place.getValue().arrayBytes() > 0
                        && sizes.getOrDefault(place.getKey(), 0L)
                                != place.getValue().arrayBytes())
                .map(Map.Entry::getKey)
                .toList();
        without.forEach(places::remove);
        if (!without.isEmpty()) {
            remarks.add(without.size() + " result(s) of " + folder.results()
                    + " do not count, their arrays are missing or not whole; the first is "
                    + folder.arrays(without.get(0)));
        }
    }

    /** Notes where a result is; an earlier one of the same key counts no more. */
    void put(String key, Held held) {
        places.remove(key);
        places.put(key, held);
    }

    /** The places by key, in the order of appending; not a copy. */
    Map<String, Held> places() {
        return places;
    }

    /** The byte after the last whole line. */
    long end() {
        return end;
    }

    /** What was found damaged; not a copy. */
    List<String> remarks() {
        return remarks;
    }
}
