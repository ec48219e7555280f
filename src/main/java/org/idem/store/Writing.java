package org.idem.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.idem.array.WriteLock;

/** What a writer has open; and, if it began the store, the folders that it made for it, the innermost first. */
record Writing(WriteLock lock, ResultFile results, KeysInWork keys, Optional<List<Path>> begun) implements Closeable {
    @Override
    public void close() throws IOException {
        try {
            results.close();
        } finally {
            lock.close();
        }
    }
}
