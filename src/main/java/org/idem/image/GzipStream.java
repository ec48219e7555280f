package org.idem.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.idem.array.DataFormatException;

/** Unpacks gzip data (RFC 1952), and says in one line with a remedy which part of them is damaged. */
final class GzipStream extends GZIPInputStream {
    private static final int BUFFER = 1 << 16;

    private final String name;

    private GzipStream(InputStream packed, String name) throws IOException {
        super(packed, BUFFER);
        this.name = name;
    }

    /**
     * Begins to unpack.
     *
     * @param packed at the two bytes that gzip data begin with
     * @param name of the data in messages
     * @throws DataFormatException if the header is damaged; reading refuses other damage in the same way
     */
    static GzipStream of(InputStream packed, String name) throws IOException {
        try {
            return new GzipStream(packed, name);
        } catch (EOFException ended) {
            throw damaged(name, "they end within their header");
        } catch (ZipException broken) {
            throw damaged(name, "their header is not that of deflated data");
        }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            return super.read(into, offset, length);
        } catch (EOFException ended) {
            throw damaged(name, "they end too early");
        } catch (ZipException broken) {
            // what follows the last packed byte are the checksum and the length
            throw damaged(
                    name,
                    inf.finished()
                            ? "what they unpack to has another checksum or length than they say"
                            : "their packed bytes are damaged");
        }
    }

    private static DataFormatException damaged(String name, String found) {
        return new DataFormatException(
                name, "gzip data must be whole, but " + found + "; copy or download the file again");
    }
}
