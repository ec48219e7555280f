package org.idem.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of {@code results.jsonl} once from beginning to end, without keeping or parsing their records: lines
 * of any length need the same memory.
 */
final class ResultScan {
    private static final int BUFFER_BYTES = 1 << 20;

    private final byte[] head = new byte[ResultLine.HEAD_BYTES];
    private final CRC32C checksum = new CRC32C();
    private final Listener listener;
    private long lineStart;
    private long lineBytes;

    /** Hears of every line that is whole. */
    interface Listener {
        /**
         * One line.
         *
         * @param at byte of the file at which the line starts
         * @param bytes its length without its line feed
         * @param head what it says before its record; null if it is damaged
         */
        void line(long at, long bytes, ResultLine.@Nullable Head head);
    }

    private ResultScan(Listener listener) {
        this.listener = listener;
    }

    /**
     * Reads a file.
     *
     * @return the byte after the last line feed, where an unfinished last line starts if there is one
     */
    static long of(Path file, Listener listener) throws IOException {
        ResultScan scan = new ResultScan(listener);
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                scan.take(buffer, count);
            }
        }
        return scan.lineStart;
    }

    private void take(byte[] buffer, int count) {
        int from = 0;
        for (int i = 0; i < count; i++) {
            if (buffer[i] == '\n') {
                takePart(buffer, from, i - from);
                endLine();
                from = i + 1;
            }
        }
        takePart(buffer, from, count - from);
    }

    private void takePart(byte[] buffer, int from, int count) {
        if (lineBytes < head.length) {
            int taken = Math.min(count, head.length - (int) lineBytes);
            System.arraycopy(buffer, from, head, (int) lineBytes, taken);
        }
        int uncovered = (int) Math.min(count, Math.max(0, ResultLine.COVERED_FROM - lineBytes));
        checksum.update(buffer, from + uncovered, count - uncovered);
        lineBytes += count;
    }

    private void endLine() {
        int headBytes = (int) Math.min(lineBytes, head.length);
        // a line is read back as one array
        boolean readable = lineBytes < Integer.MAX_VALUE - 8;
        listener.line(lineStart, lineBytes, readable ? ResultLine.head(head, headBytes, checksum.getValue()) : null);
        lineStart += lineBytes + 1;
        lineBytes = 0;
        checksum.reset();
    }
}
