package org.idem.laboratory.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PaperClaimTest {
    private static final Path RECORDED_FINDINGS = Path.of("reports/findings.json");
    private static final Path RECORDED_THEOREMS = Path.of("reports/reference/results.json");

    @Test
    void theGuideShowsTheTableWithRecordedVerdicts() throws IOException {
        String page = Files.readString(Path.of("src/site/markdown/findings.md"));
        String table = table(recorded(RECORDED_FINDINGS, "findings"), recorded(RECORDED_THEOREMS, "theorems"));
        assertTrue(page.contains(table), "the page must contain:\n" + table);
    }

    /** What was recorded is the test that the program makes today, and its verdict follows from its seeds. */
    @Test
    void recordedFindingsAreThoseOfTheProgram() throws IOException {
        Map<String, JsonNode> recorded = recorded(RECORDED_FINDINGS, "findings");
        assertFalse(recorded.isEmpty());
        Map<String, Finding> known = Findings.all().stream().collect(Collectors.toMap(Finding::id, one -> one));
        recorded.forEach((id, row) -> {
            Finding finding = known.get(id);
            assertEquals(finding.statement(), row.get("statement").asText());
            assertEquals(finding.arguments(), row.get("networks").asText());
            assertEquals(finding.event().text(), row.get("event").asText());
            assertEquals(finding.share(), row.get("share").asDouble());
            assertEquals(Findings.level(), row.get("level").asDouble());
            int happened = 0;
            for (JsonNode seed : row.get("of_seeds")) {
                happened += seed.get("event").asBoolean() ? 1 : 0;
            }
            assertEquals(row.get("events").asInt(), happened, id);
            assertEquals(row.get("seeds").asInt(), row.get("of_seeds").size(), id);
            List<String> variants = new ArrayList<>();
            row.get("false_variants")
                    .forEach(one -> variants.add(one.get("text").asText()));
            assertEquals(finding.variants().stream().map(Event::text).toList(), variants, id);
        });
    }

    @Test
    void claimsNameKnownFindingsAndAllButThoseFoundHere() {
        Set<String> known = Findings.all().stream().map(Finding::id).collect(Collectors.toSet());
        Set<String> named = PaperClaim.all().stream()
                .flatMap(claim -> claim.answers().stream())
                .filter(id -> id.startsWith("F."))
                .collect(Collectors.toSet());
        assertTrue(known.containsAll(named), named::toString);
        assertEquals(
                Set.of("F.cnn-stopping"),
                known.stream().filter(id -> !named.contains(id)).collect(Collectors.toSet()));
    }

    private static Map<String, JsonNode> recorded(Path file, String list) throws IOException {
        Map<String, JsonNode> rows = new LinkedHashMap<>();
        for (JsonNode row : new ObjectMapper().readTree(file.toFile()).get(list)) {
            rows.put(row.get("id").asText(), row);
        }
        return rows;
    }

    private static String table(Map<String, JsonNode> findings, Map<String, JsonNode> theorems) {
        StringBuilder table = new StringBuilder("| The paper's claim | Theorem or finding | Verdict | Not covered |\n");
        table.append("| --- | --- | --- | --- |\n");
        for (PaperClaim claim : PaperClaim.all()) {
            table.append("| ").append(claim.claim()).append(" | ");
            table.append(claim.answers().isEmpty() ? "none" : String.join(", ", claim.answers()));
            table.append(" | ");
            table.append(claim.answers().stream()
                    .map(id -> id.startsWith("F.") ? ofFinding(findings.get(id)) : ofTheorems(id, theorems))
                    .collect(Collectors.joining("; ")));
            table.append(" | ").append(claim.open()).append(" |\n");
        }
        return table.toString();
    }

    private static String ofFinding(JsonNode recorded) {
        return recorded.get("verdict").asText() + ", "
                + recorded.get("events").asInt() + " of "
                + recorded.get("seeds").asInt() + " seeds";
    }

    /** The verdict of a theorem, or of all theorems whose names begin with it. */
    private static String ofTheorems(String id, Map<String, JsonNode> recorded) {
        Set<String> verdicts = recorded.entrySet().stream()
                .filter(one -> one.getKey().equals(id) || one.getKey().startsWith(id + "."))
                .map(one -> one.getValue().get("verdict").asText())
                .collect(Collectors.toSet());
        assertEquals(1, verdicts.size(), () -> id + ": " + verdicts);
        return verdicts.iterator().next();
    }
}
