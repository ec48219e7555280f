package org.idem.report;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.idem.array.DataFormatException;
import org.idem.array.InputFile;

/**
 * What a file of {@code verify --json} says, as far as two of them are compared.
 *
 * @param settings of the run by their names, in the order of the file
 * @param verdicts by identifier, in the order of the file; the comparison in fractions is called {@code exact}
 */
public record ResultsFile(Map<String, String> settings, Map<String, Verdict> verdicts) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final List<String> SETTINGS = List.of("seed", "trials", "guarantee", "confidence", "images");

    /**
     * One verdict.
     *
     * @param word such as {@code confirmed}
     * @param decided number of trials that decided
     * @param trials number of all trials
     * @param refuted number of false variants that were refuted
     * @param variants number of all false variants
     */
    public record Verdict(String word, long decided, long trials, long refuted, long variants) {}

    /** Keeps the order. */
    public ResultsFile {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        verdicts = Collections.unmodifiableMap(new LinkedHashMap<>(verdicts));
    }

    /**
     * Reads a file.
     *
     * @param file that {@code verify --json} or {@code verify --merge … --json} wrote
     * @return what it says
     * @throws DataFormatException in one line, if it is no such file or of another version
     * @throws IOException if reading fails
     */
    public static ResultsFile read(Path file) throws IOException {
        JsonNode root;
        try (var in = InputFile.open(file)) {
            root = MAPPER.readTree(in);
        } catch (JacksonException broken) {
            throw refused(file, "it cannot be read as JSON");
        }
        JsonNode theorems = root == null ? null : root.get("theorems");
        if (theorems == null || !theorems.isArray()) {
            throw refused(file, "it holds no theorems");
        }
        if (!root.path("schema").isInt() || root.get("schema").asInt() != JsonResults.SCHEMA) {
            throw refused(file, "it is of version " + root.path("schema"));
        }
        Map<String, String> settings = new LinkedHashMap<>();
        for (String name : SETTINGS) {
            if (root.has(name)) {
                settings.put(name, plain(file, name, root.get(name)));
            }
        }
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        for (JsonNode theorem : theorems) {
            String id = text(file, theorem, "id");
            JsonNode tally = theorem.path("tally");
            Verdict verdict = verdict(file, theorem, number(file, tally, "decided"), number(file, tally, "trials"));
            if (verdicts.put(id, verdict) != null) {
                throw refused(file, "it holds " + id + " twice");
            }
        }
        JsonNode exact = root.get("exact");
        if (exact != null) {
            long instances = number(file, exact, "instances");
            verdicts.put("exact", verdict(file, exact, instances, instances));
        }
        return new ResultsFile(settings, verdicts);
    }

    /**
     * A false variant tells after how many trials it was refuted, that of an exact comparison in how many instances.
     */
    private static Verdict verdict(Path file, JsonNode node, long decided, long trials) {
        JsonNode variants = node.path("variants");
        if (!variants.isArray()) {
            throw refused(file, "a part of it has no variants");
        }
        long refuted = 0;
        for (JsonNode variant : variants) {
            String count = variant.has("refutedAfter") ? "refutedAfter" : "refuted";
            if (variant.hasNonNull(count) && number(file, variant, count) > 0) {
                refuted++;
            }
        }
        if (decided > trials) {
            throw refused(file, "a part of it has decided " + decided + " of " + trials + " trials");
        }
        return new Verdict(text(file, node, "verdict"), decided, trials, refuted, variants.size());
    }

    private static String text(Path file, JsonNode node, String name) {
        if (!node.path(name).isTextual()) {
            throw refused(file, "a part of it has no " + name);
        }
        return plain(file, name, node.get(name));
    }

    /** A text or number that can be shown on a terminal. */
    private static String plain(Path file, String name, JsonNode value) {
        if (!value.isTextual() && !value.isNumber() || value.asText().chars().anyMatch(Character::isISOControl)) {
            throw refused(file, "its " + name + " is no plain text or number");
        }
        return value.asText();
    }

    private static long number(Path file, JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
            throw refused(file, "a part of it has no " + name);
        }
        return value.asLong();
    }

    private static DataFormatException refused(Path file, String found) {
        return new DataFormatException(
                file.toString(),
                "must be a file that verify --json wrote, of version " + JsonResults.SCHEMA + ", but " + found);
    }
}
