package org.idem.array;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A temporary folder of this process alone. It is deleted with all that it holds when it is closed, or when the process
 * is told to end (Ctrl-C).
 */
public final class ScratchFolder implements AutoCloseable {
    private static final Set<ScratchFolder> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(ScratchFolder::abandon), "scratch-folders"));
    }

    private final Path path;

    /**
     * Makes the folder where the system keeps temporary files.
     *
     * @throws IOException if that is full or cannot be written
     */
    public ScratchFolder() throws IOException {
        path = Files.createTempDirectory("idem-");
        OPEN.add(this);
    }

    /**
     * Where it is.
     *
     * @return an empty folder at first
     */
    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        try {
            delete();
        } finally {
            OPEN.remove(this);
        }
    }

    /** Deletes it while others may still write to it. */
    private void abandon() {
        try {
            delete();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private synchronized void delete() throws IOException {
        // whoever makes folders may make this one anew
        while (Files.exists(path)) {
            // no name leads any more to what is moved away, so that nobody adds to it
            Path moved =
                    Files.move(path, path.resolveSibling(path.getFileName() + ".old"), StandardCopyOption.ATOMIC_MOVE);
            List<Path> all;
            try (Stream<Path> walk = Files.walk(moved)) {
                all = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path one : all) {
                Files.delete(one);
            }
        }
    }
}
