package org.idem.laboratory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.idem.laboratory.result.RunResult;
import org.jspecify.annotations.Nullable;

/** Looks whether stores are shares of one study before anything is taken from them. */
final class Joining {
    /** The store and the key in which a run's line was seen first. */
    private record Seen(Path folder, String key) {}

    private final Map<String, Seen> lines = new HashMap<>();
    private @Nullable Path first;
    private Set<String> studies = Set.of();
    private final List<String> remarks = new ArrayList<>();
    private final Map<Path, Long> networks = new HashMap<>();

    /** Reads stores that are to be joined. */
    void add(List<Path> folders) throws IOException {
        for (Path folder : folders) {
            try (Laboratory store = Laboratory.reading(folder)) {
                remarks.addAll(store.remarks());
                add(store);
            }
        }
    }

    /** Refuses a store that does not belong to those before. */
    void add(Laboratory store) throws IOException {
        Path folder = store.folder();
        networks.put(folder, store.networks());
        Set<String> own = store.studies();
        if (own.isEmpty()) {
            if (store.networks() > 0) {
                throw new IOException(folder + ": does not say of which study it is, its line is damaged or missing;"
                        + " give the command that trained it again with --store " + folder + ", which mends that");
            }
            return;
        }
        if (first == null) {
            first = folder;
            studies = own;
        } else if (!studies.equals(own)) {
            throw new IOException(folder + ": holds runs of another grid than " + first
                    + "; stores to be joined must be of one study, started with the same arguments but for --shard");
        }
        for (RunResult result : store.read().values()) {
            Seen seen = lines.putIfAbsent(result.line(), new Seen(folder, result.key()));
            if (seen != null && !seen.key().equals(result.key())) {
                throw new IOException(folder + ": holds '" + result.line()
                        + "' trained or tested on other images than in " + seen.folder()
                        + "; the files that the arguments name must hold the same images everywhere");
            }
        }
    }

    /** Number of networks that a store held. */
    long networks(Path folder) {
        return networks.getOrDefault(folder, 0L);
    }

    /** What is damaged in the stores that were read. */
    List<String> remarks() {
        return remarks;
    }
}
