package org.idem.report;

import com.fasterxml.jackson.core.JacksonException;
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
            root = JsonMapper.builder().build().readTree(in.readAllBytes());
        } catch (JacksonException broken) {
            throw refused(file, "it is no JSON");
        }
        JsonNode theorems = root == null ? null : root.get("theorems");
        if (theorems == null || !theorems.isArray()) {
            throw refused(file, "it holds no theorems");
        }
        if (root.path("schema").asInt() != JsonResults.SCHEMA) {
            throw refused(file, "it is of version " + root.path("schema"));
        }
        Map<String, String> settings = new LinkedHashMap<>();
        for (String name : SETTINGS) {
            if (root.has(name)) {
                settings.put(name, root.get(name).asText());
            }
        }
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        for (JsonNode theorem : theorems) {
            JsonNode tally = theorem.path("tally");
            verdicts.put(
                    text(file, theorem, "id"),
                    verdict(file, theorem, number(file, tally, "decided"), number(file, tally, "trials")));
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
        long refuted = 0;
        JsonNode variants = node.path("variants");
        for (JsonNode variant : variants) {
            if (variant.path("refutedAfter").asLong() > 0
                    || variant.path("refuted").asLong() > 0) {
                refuted++;
            }
        }
        return new Verdict(text(file, node, "verdict"), decided, trials, refuted, variants.size());
    }

    private static String text(Path file, JsonNode node, String name) {
        if (!node.path(name).isTextual()) {
            throw refused(file, "a part of it has no " + name);
        }
        return node.get(name).asText();
    }

    private static long number(Path file, JsonNode node, String name) {
        if (!node.path(name).isIntegralNumber()) {
            throw refused(file, "a part of it has no " + name);
        }
        return node.get(name).asLong();
    }

    private static DataFormatException refused(Path file, String found) {
        return new DataFormatException(
                file.toString(),
                "must be a file that verify --json wrote, of version " + JsonResults.SCHEMA + ", but " + found);
    }
}
