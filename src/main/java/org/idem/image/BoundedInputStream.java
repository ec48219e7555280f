package org.idem.image;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.idem.array.DataFormatException;

/** Passes on at most so many bytes and refuses one more, so that a small compressed file cannot fill the memory. */
final class BoundedInputStream extends FilterInputStream {
    private final long limit;
    private final String source;
    private long passed;

    BoundedInputStream(InputStream in, long limit, String source) {
        super(in);
        this.limit = limit;
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value >= 0) {
            count(1);
        }
        return value;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int got = super.read(into, offset, length);
        count(got);
        return got;
    }

    @Override
    public long skip(long wanted) throws IOException {
        long skipped = super.skip(wanted);
        count(skipped);
        return skipped;
    }

    private void count(long bytes) {
        passed += Math.max(0, bytes);
        if (passed > limit) {
            throw new DataFormatException(
                    source, "gzip data must unpack to at most " + limit + " bytes; unpack the file first");
        }
    }
}
