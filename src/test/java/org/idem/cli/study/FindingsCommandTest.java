package org.idem.cli.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.idem.cli.Run;
import org.idem.laboratory.finding.Findings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code idem findings} says, and its exit codes. */
class FindingsCommandTest {
    @TempDir
    private Path folder;

    private Run findings(String words) {
        return Run.of(("findings " + words).strip().replace("@", folder + "/").split(" "));
    }

    private List<Long> seeds(String file) throws IOException {
        JsonNode json = new ObjectMapper().readTree(folder.resolve(file).toFile());
        List<Long> seeds = new ArrayList<>();
        json.get("findings")
                .get(0)
                .get("of_seeds")
                .forEach(row -> seeds.add(row.get("seed").asLong()));
        return seeds;
    }

    @Test
    void listTellsEveryStatementAndTrainsNothing() {
        Run run = findings("--list");
        assertEquals(0, run.code());
        Findings.all().forEach(finding -> {
            assertTrue(run.output().contains("\n  statement     " + finding.statement()), finding.id());
            assertTrue(run.output().contains("idem study " + finding.arguments()), finding.id());
        });
    }

    @Test
    void badWordsGetOneLineAndTheNearestNames() {
        for (String words : List.of("F.fcn-widht", "--seeds 0", "F.fcn-width --seed 9223372036854775807")) {
            Run run = findings(words);
            assertEquals(2, run.code(), words);
            assertEquals(1, run.error().lines().count(), run.error());
        }
        assertTrue(findings("F.fcn-widht").error().contains("nearest: F.fcn-width"));
    }

    /**
     * Over 300 seeds each correlation lay 30 standard deviations and more from where it would decide the event or a
     * false variant the other way, and no network failed to converge. Three such seeds of 24 are needed to leave the
     * finding undecided: with a probability p of one, that happens with less than 2,024 p³. (Of F.fcn-width, p is
     * 0.013: so often a network of width 16 is dead.)
     */
    @Test
    void aTrueFindingIsConfirmedFromFreshSeeds() throws IOException {
        int seed = new SecureRandom().nextInt(Integer.MAX_VALUE);
        Run run = findings("F.fcn-examples --seed " + seed + " --json @json");
        assertEquals(0, run.code(), run::toString);
        assertTrue(run.output().contains("3 of 3 false variants refuted"), run.output());
        assertTrue(
                run.output().contains("again          idem findings F.fcn-examples --seed " + seed + " --json "),
                run.output());
        assertEquals(seed, seeds("json").get(0));
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Path.of("src/main/resources/org/idem/report/schema/findings-1.json")));
        JsonNode document = new ObjectMapper().readTree(folder.resolve("json").toFile());
        assertEquals(Set.of(), schema.validate(document));
        ((ObjectNode) document.at("/findings/0/of_seeds/0")).put("event", "yes");
        assertFalse(schema.validate(document).isEmpty());
        ((ObjectNode) document.at("/findings/0/of_seeds/0")).put("event", true);
        ((ObjectNode) document.at("/findings/0")).remove("guarantee");
        assertFalse(schema.validate(document).isEmpty());
    }

    @Test
    void fewSeedsDecideNothingAndAStoreKeepsThem() throws IOException {
        Run first = findings("F.fcn-width --seed 3 --seeds 2 --store @store --json @first");
        assertEquals(4, first.code(), first::toString);
        assertEquals(List.of(3L, 4L), seeds("first"));
        Run second = findings("F.fcn-width --seeds 3 --store @store --json @second");
        assertEquals(4, second.code(), second::toString);
        List<Long> seeds = seeds("second");
        assertEquals(List.of(3L, 4L), seeds.subList(0, 2));
        assertEquals(3, seeds.size());
        assertFalse(Files.readString(folder.resolve("second")).contains("NaN"));
    }
}
