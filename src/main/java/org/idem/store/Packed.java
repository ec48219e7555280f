package org.idem.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.idem.array.Array;
import org.idem.array.NpyFile;
import org.idem.array.NpzFile;
import org.idem.array.Precision;

/**
 * A result in the bytes that a store keeps. Where work is done elsewhere, its results are packed there, and the process
 * that has the store only writes them down.
 *
 * @param json the record
 * @param archive file of the arrays; no bytes without arrays
 */
public record Packed(byte[] json, byte[] archive) {
    /**
     * Packs a result.
     *
     * @param record any JSON whose numbers are finite
     * @param arrays arrays of 0 to 4 axes by name; may be empty
     * @param precision the format of the arrays, which are rounded to it
     * @return the same bytes for the same result
     * @throws IllegalArgumentException if record or arrays break their rules
     */
    public static Packed of(JsonNode record, Map<String, Array> arrays, Precision precision) {
        byte[] json = ResultLine.json(record);
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        if (!arrays.isEmpty()) {
            Map<String, NpyFile.Content> members = new TreeMap<>();
            arrays.forEach((name, array) -> members.put(name, new NpyFile.Content(array, precision)));
            try {
                NpzFile.content(members.keySet(), members::get).writeTo(archive);
            } catch (IOException impossible) {
                throw new UncheckedIOException("memory can be written to", impossible);
            }
        }
        return new Packed(json, archive.toByteArray());
    }

    /**
     * Both parts in one.
     *
     * @return what {@link #read} understands
     */
    public byte[] bytes() {
        return ByteBuffer.allocate(Integer.BYTES + json.length + archive.length)
                .putInt(json.length)
                .put(json)
                .put(archive)
                .array();
    }

    /**
     * Takes the parts apart. What they mean is not looked at.
     *
     * @param bytes that {@link #bytes} gave
     * @return the result
     * @throws IOException if the bytes are too few
     */
    public static Packed read(byte[] bytes) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int length = bytes.length < Integer.BYTES ? -1 : in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new IOException("a packed result must begin with the length of its record, got " + bytes.length
                    + " bytes and the length " + length);
        }
        byte[] json = new byte[length];
        in.get(json);
        byte[] archive = new byte[in.remaining()];
        in.get(archive);
        return new Packed(json, archive);
    }
}
