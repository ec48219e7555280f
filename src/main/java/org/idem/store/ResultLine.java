package org.idem.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The format of one line of {@code results.jsonl}, described in {@link org.idem.store}. */
final class ResultLine {
    /** The checksum covers the line from this byte on. */
    static final int COVERED_FROM = "{\"crc32c\":\"00000000\",".length();
    /** Everything before the record lies within so many bytes. */
    static final int HEAD_BYTES = 192;

    private static final JsonMapper JSON = new JsonMapper();
    /** Keys name files, also on systems that do not tell capital letters from small ones. */
    private static final Pattern KEY = Pattern.compile("[a-z0-9_-]{1,100}");

    private static final Pattern HEAD = Pattern.compile(
            "\\{\"crc32c\":\"([0-9a-f]{8})\",\"key\":\"(" + KEY + ")\",\"arrays\":(0|[1-9][0-9]{0,17}),\"record\":");

    private ResultLine() {}

    /**
     * What a line says before its record.
     *
     * @param key of the result
     * @param arrayBytes size of its file of arrays, 0 without arrays
     * @param recordFrom the byte of the line at which the record begins
     */
    record Head(String key, long arrayBytes, int recordFrom) {}

    /** Refuses what cannot be a key. */
    static void requireKey(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException(
                    "a key must be 1 to 100 small letters, digits, '-' or '_', got '" + key + "'");
        }
    }

    /**
     * A record as the bytes of JSON.
     *
     * @throws IllegalArgumentException if a number is NaN or infinite, for which JSON has no words
     */
    static byte[] json(JsonNode record) {
        requireFinite(record);
        try {
            return JSON.writeValueAsBytes(record);
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException("a record must be writable as JSON", impossible);
        }
    }

    private static void requireFinite(JsonNode node) {
        if (node.isFloatingPointNumber() && !node.isBigDecimal() && !Double.isFinite(node.doubleValue())) {
            throw new IllegalArgumentException("numbers of a record must be finite, got " + node);
        }
        node.forEach(ResultLine::requireFinite);
    }

    /** The bytes of a line, with its line feed. */
    static byte[] encode(String key, long arrayBytes, byte[] record) {
        byte[] head = String.format(
                        Locale.ROOT,
                        "{\"crc32c\":\"00000000\",\"key\":\"%s\",\"arrays\":%d,\"record\":",
                        key,
                        arrayBytes)
                .getBytes(StandardCharsets.US_ASCII);
        byte[] line = Arrays.copyOf(head, head.length + record.length + 2);
        System.arraycopy(record, 0, line, head.length, record.length);
        line[line.length - 2] = '}';
        line[line.length - 1] = '\n';
        byte[] checksum = String.format(Locale.ROOT, "%08x", checksum(line, line.length - 1))
                .getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(checksum, 0, line, COVERED_FROM - checksum.length - 2, checksum.length);
        return line;
    }

    /**
     * Reads what stands before the record.
     *
     * @param line its first {@link #HEAD_BYTES} bytes, or fewer if it is shorter
     * @param length how many bytes of them count
     * @param checksum of the covered bytes
     * @return null if the line is damaged
     */
    static @Nullable Head head(byte[] line, int length, long checksum) {
        Matcher head = HEAD.matcher(new String(line, 0, length, StandardCharsets.ISO_8859_1));
        return head.lookingAt() && Long.parseLong(head.group(1), 16) == checksum
                ? new Head(head.group(2), Long.parseLong(head.group(3)), head.end())
                : null;
    }

    /**
     * Reads the record of a whole line.
     *
     * @param line without its line feed
     * @param recordFrom the byte at which the record begins
     * @return null if the line is damaged
     */
    static @Nullable JsonNode record(byte[] line, int recordFrom) throws IOException {
        return head(line, Math.min(line.length, HEAD_BYTES), checksum(line, line.length)) == null
                ? null
                : JSON.readTree(line, recordFrom, line.length - 1 - recordFrom);
    }

    /** The record that JSON's bytes mean. */
    static JsonNode parsed(byte[] json) throws IOException {
        return JSON.readTree(json);
    }

    private static long checksum(byte[] line, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(line, COVERED_FROM, Math.max(0, length - COVERED_FROM));
        return checksum.getValue();
    }
}
