package org.idem.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** Appends lines to {@code results.jsonl}. A line that could not be written whole is cut off again. */
final class ResultFile implements Closeable {
    // unlike a channel, it stays open when the thread that writes is interrupted
    private final RandomAccessFile file;
    private long end;

    /**
     * Opens the file, or creates it.
     *
     * @param path where
     * @param end the byte after the last whole line; what lies beyond is cut
     */
    ResultFile(Path path, long end) throws IOException {
        file = new RandomAccessFile(path.toFile(), "rw");
        this.end = end;
        try {
            cut();
        } catch (IOException failure) {
            file.close();
            throw failure;
        }
    }

    /**
     * Appends a line.
     *
     * @param line with its line feed
     * @param forced whether it has to be on the disk before this returns
     * @return the byte at which it starts
     * @throws IOException if that fails; the file then ends as before
     */
    long append(byte[] line, boolean forced) throws IOException {
        cut();
        try {
            file.seek(end);
            file.write(line);
            if (forced) {
                force();
            }
        } catch (IOException failure) {
            try {
                cut();
            } catch (IOException later) {
                // the next line or the next opening cuts it
                failure.addSuppressed(later);
            }
            throw failure;
        }
        long at = end;
        end += line.length;
        return at;
    }

    private void cut() throws IOException {
        if (file.length() > end) {
            file.setLength(end);
            force();
        }
    }

    /** Waits until all lines are on the disk. */
    void force() throws IOException {
        file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
