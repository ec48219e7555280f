package org.idem.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.check.Account;
import org.idem.check.CheckResult;
import org.idem.check.CheckResult.Cause;
import org.idem.check.CheckResult.Part;
import org.idem.check.CheckResult.Verdict;
import org.idem.network.Fcn;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.network.Loss;
import org.idem.provenance.Provenance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckReportTest {
    @TempDir
    Path folder;

    private CheckReport report(Verdict verdict, Horizon horizon, double ratio, List<Cause> causes) {
        Array one = Array.of(new double[] {1}, 1, 1);
        LinearProblem problem = new LinearProblem(new Fcn(1, 1, false), one, one, one, null, Loss.SUM);
        CheckResult result = new CheckResult(
                verdict,
                "a reason < another",
                new Account(problem, one, null, LinearMethod.gradientDescent(0.25), horizon),
                Precision.FLOAT32,
                1e-6,
                List.of(new Part("all parameters", 0.5, ratio), new Part("complement of the span", 0, 0, true)),
                new double[][] {{ratio}},
                "weight[0, 0]",
                causes,
                List.of(),
                List.of("a note"));
        return new CheckReport(
                result, "idem check fcn --train X.npy", new Provenance(folder, Instant.EPOCH, Duration.ZERO));
    }

    private String page(CheckReport report) throws IOException {
        report.write(folder);
        assertEquals(List.of(), Links.broken(folder.resolve("index.html")));
        report.writeJson(folder.resolve("check.json"));
        JsonNode document = new ObjectMapper().readTree(Files.readString(folder.resolve("check.json")));
        assertEquals(Set.of(), SchemaTest.violations("check-2.json", document));
        return Files.readString(folder.resolve("index.html"));
    }

    @Test
    void aRefutationNamesItsCauses() throws IOException {
        Cause loss = new Cause("loss", "mean", 0.25);
        Cause both = new Cause("steps and momentum", "50; and none", 0.5);
        String page =
                page(report(Verdict.REFUTED, new Horizon.Steps(5), Double.POSITIVE_INFINITY, List.of(loss, both)));
        assertTrue(page.contains("a reason &lt; another"));
        assertTrue(page.contains("loss: mean; then the largest deviation is 0.25 of its budget"));
        assertTrue(page.contains("steps and momentum: 50; and none; then the largest deviation is 0.5 of its budget"));
        assertTrue(page.contains("a note"));
        JsonNode document = new ObjectMapper().readTree(Files.readString(folder.resolve("check.json")));
        assertEquals("steps", document.at("/alternatives/0/kinds/0").asText());
        assertEquals("momentum", document.at("/alternatives/0/kinds/1").asText());
        assertEquals(3, Files.readAllLines(folder.resolve("parts.csv")).size());
        assertTrue(page.contains("complement of the span</th><td class=\"number\">empty</td>"), page);
    }

    @Test
    void whatNothingExplainsIsSaid() throws IOException {
        assertTrue(page(report(Verdict.REFUTED, new Horizon.Limit(), 3, List.of()))
                .contains("None of the causes tried explains it."));
    }

    @Test
    void otherVerdictsNeedNoCause() throws IOException {
        assertFalse(page(report(Verdict.CONFIRMED, new Horizon.Limit(), 0, List.of()))
                .contains("None of the causes"));
        assertTrue(page(report(Verdict.UNDECIDED, new Horizon.Steps(5), Double.NaN, List.of()))
                .contains("undecided"));
    }
}
