package org.idem.array;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A pipe or device that can say whether more bytes follow.
 *
 * <p>{@link java.util.zip.GZIPInputStream} looks for further members only if {@code available} is above 0. The channel
 * of a pipe fails there ("Illegal seek"), and an answer that counts the bytes that have arrived would depend on how
 * fast the writer is. This stream waits for the next byte or the end.
 */
final class PipeStream extends BufferedInputStream {
    PipeStream(InputStream pipe) {
        super(pipe);
    }

    /** Bytes that can be read without waiting, at least 1 unless the end is reached, which is waited for. */
    @Override
    public synchronized int available() throws IOException {
        if (pos < count) {
            return count - pos;
        }
        mark(1);
        boolean ended = read() < 0;
        reset();
        return ended ? 0 : count - pos;
    }
}
