package org.idem.verification.share;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.idem.array.WholeFile;
import org.idem.theorem.Evidence;

/** Writes and reads what a share of a run saw, as JSON. Numbers keep all their digits; NaN and infinities are words. */
public final class ShareFile {
    /** The kind of evidence stands beside its numbers. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    private interface WithKind {}

    private static final ObjectMapper JSON = mapper();
    private static final String BEGIN = "{\"checksum\":\"";
    private static final String END = "\",";
    private static final int HEAD = BEGIN.length() + 2 * Integer.BYTES + END.length();

    private ShareFile() {}

    private static ObjectMapper mapper() {
        JsonMapper mapper = JsonMapper.builder()
                .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .addMixIn(Evidence.class, WithKind.class)
                .build();
        register(mapper, Evidence.class);
        return mapper;
    }

    private static void register(JsonMapper mapper, Class<?> kind) {
        if (kind.isRecord()) {
            mapper.registerSubtypes(new NamedType(kind, kind.getSimpleName().toLowerCase(Locale.ROOT)));
            return;
        }
        for (Class<?> permitted : kind.getPermittedSubclasses()) {
            register(mapper, permitted);
        }
    }

    /**
     * Writes a file whole or not at all.
     *
     * @param file target
     * @param result what was seen
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, ShareResult result) throws IOException {
        write(file, bytes(result));
    }

    /**
     * Writes a file whole or not at all.
     *
     * @param file target
     * @param result what was found
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, PowerShare result) throws IOException {
        write(file, json(result));
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        WholeFile.write(file, out -> out.write(bytes));
    }

    /**
     * What a file holds.
     *
     * @param result what was seen
     * @return JSON
     */
    public static byte[] bytes(ShareResult result) {
        return json(result);
    }

    /** An object whose first entry is a checksum of all that comes after it. */
    private static byte[] json(Object result) {
        try {
            byte[] object = JSON.writeValueAsBytes(result);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes((BEGIN + checksum(object, 1) + END).getBytes(StandardCharsets.US_ASCII));
            bytes.write(object, 1, object.length - 1);
            return bytes.toByteArray();
        } catch (JacksonException impossible) {
            throw new UncheckedIOException("a share must be writable as JSON", impossible);
        }
    }

    /**
     * Reads a file of verify.
     *
     * @param file source
     * @return what was seen
     * @throws IOException with one line for people, if it cannot be read or is no such file
     */
    public static ShareResult read(Path file) throws IOException {
        return parse(Files.readAllBytes(file));
    }

    /**
     * Reads a file of power.
     *
     * @param file source
     * @return what was found
     * @throws IOException with one line for people, if it cannot be read or is no such file
     */
    public static PowerShare readPower(Path file) throws IOException {
        return parse(Files.readAllBytes(file), PowerShare.class, PowerShare.SCHEMA, "power");
    }

    /**
     * Reads what {@link #bytes} wrote.
     *
     * @param bytes of a file
     * @return what was seen
     * @throws IOException with one line for people, if they are no such bytes
     */
    public static ShareResult parse(byte[] bytes) throws IOException {
        return parse(bytes, ShareResult.class, ShareResult.SCHEMA, "verify");
    }

    private static String checksum(byte[] bytes, int from) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, from, bytes.length - from);
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }

    /** Whether no byte was changed since the file was written. */
    private static boolean isWhole(byte[] bytes) {
        if (bytes.length < HEAD) {
            return false;
        }
        String head = new String(bytes, 0, HEAD, StandardCharsets.US_ASCII);
        return head.equals(BEGIN + checksum(bytes, HEAD) + END);
    }

    private static <T> T parse(byte[] bytes, Class<T> kind, int schema, String command) throws IOException {
        String rule = "must be a file that " + command + " --shard wrote, but ";
        JsonNode root;
        try {
            root = JSON.readTree(bytes);
        } catch (JacksonException broken) {
            throw new IOException(rule + "is no JSON");
        }
        if (root == null || !root.has("run") || !root.has("shares")) {
            throw new IOException(rule + "holds no share");
        }
        if (root.path("schema").asInt() != schema) {
            throw new IOException("must have schema " + schema + ", got " + root.path("schema"));
        }
        boolean ofPower = root.has("alarmRuns");
        if (ofPower != command.equals("power")) {
            throw new IOException(rule + "is a share of " + (ofPower ? "power" : "verify"));
        }
        if (!isWhole(bytes)) {
            throw new IOException(rule + "was changed since; run that share again");
        }
        ((ObjectNode) root).remove("checksum");
        try {
            return JSON.treeToValue(root, kind);
        } catch (JacksonException | IllegalArgumentException broken) {
            throw new IOException(rule + "a part of it is missing or wrong");
        }
    }
}
