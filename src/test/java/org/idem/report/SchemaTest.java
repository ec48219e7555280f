package org.idem.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.idem.execution.Share;
import org.idem.provenance.Provenance;
import org.idem.report.asset.Assets;
import org.idem.theorem.Theorem;
import org.idem.theorem.Theorems;
import org.idem.theorem.exhibit.Exhibits;
import org.idem.verification.Calibration;
import org.idem.verification.Effort;
import org.idem.verification.Power;
import org.idem.verification.PowerResult;
import org.idem.verification.Progress;
import org.idem.verification.TheoremResult;
import org.idem.verification.Verifier;
import org.idem.verification.WorstCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents for programs obey their published schemas. */
class SchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    static Set<ValidationMessage> violations(String schema, JsonNode document) {
        JsonSchema rules = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Assets.text(Report.class, "schema/" + schema));
        return rules.validate(document);
    }

    private static List<Theorem<?>> some() {
        return Theorems.list().stream()
                .filter(theorem -> List.of("T1", "T1.law", "T2.image-bound").contains(theorem.id()))
                .toList();
    }

    /** As a search from a result's first trial might end; the bound that may fail is averaged over networks. */
    private static WorstCase worst(TheoremResult result) {
        Theorem<?> theorem = result.theorem();
        boolean mean = theorem.id().endsWith("-bound");
        return new WorstCase(theorem, 0.5, result.entries().get(0).configuration(), 0.75, mean, 160, false);
    }

    private JsonNode results(Verifier run, boolean everything) throws IOException {
        List<TheoremResult> results = some().stream()
                .<TheoremResult>map(theorem -> run.verify(theorem, 3, Progress.SILENT))
                .toList();
        List<WorstCase> worst =
                everything ? results.stream().map(SchemaTest::worst).toList() : List.of();
        Report report = new Report(
                run,
                "builtin",
                List.of(),
                "",
                results,
                worst,
                everything ? Samples.EXACT : null,
                Exhibits.NONE,
                new Provenance(folder, Instant.EPOCH, Duration.ZERO));
        Path file = folder.resolve("results.json");
        report.writeJson(file);
        return JSON.readTree(Files.readString(file));
    }

    @Test
    void resultsOfVerify() throws IOException {
        JsonNode all = results(new Verifier(40, 1, 0.9), true);
        assertEquals(Set.of(), violations("results-3.json", all));
        assertEquals(
                Set.of(),
                violations("results-3.json", results(new Verifier(new Effort.Guarantee(0.2), 1, 0.9, 1e-4), false)));
        assertEquals(Set.of(), violations("results-3.json", JSON.readTree(JsonResults.of(Samples.hostile()))));
        ((ObjectNode) all.at("/theorems/0")).put("verdict", "perhaps");
        assertFalse(violations("results-3.json", all).isEmpty());
        ((ObjectNode) all.at("/theorems/0")).put("verdict", "confirmed").remove("tally");
        assertFalse(violations("results-3.json", all).isEmpty());
    }

    @Test
    void resultsOfPower() throws IOException {
        Power power = new Power(40, 1, 1e-4);
        List<PowerResult> results = some().stream()
                .<PowerResult>map(theorem -> power.of(theorem, Progress.SILENT))
                .toList();
        Calibration calibration = Calibration.of(List.of(some().get(0)), 1, 8, 0.05, 2, Share.ALL, Progress.SILENT);
        Path file = folder.resolve("power.json");
        new PowerDocument(power, results, calibration).write(file);
        assertEquals(Set.of(), violations("power-1.json", JSON.readTree(Files.readString(file))));
        new PowerDocument(power, results, null).write(file);
        ObjectNode root = (ObjectNode) JSON.readTree(Files.readString(file));
        assertEquals(Set.of(), violations("power-1.json", root));
        root.put("colour", "red");
        assertFalse(violations("power-1.json", root).isEmpty());
    }
}
