package org.idem.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.idem.provenance.Provenance;
import org.idem.space.Configuration;
import org.idem.theorem.Theorem;
import org.idem.theorem.Theorems;
import org.idem.theorem.exhibit.Exhibits;
import org.idem.verification.Calibration;
import org.idem.verification.Power;
import org.idem.verification.PowerResult;
import org.idem.verification.Verifier;
import org.idem.verification.WorstCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PowerReportTest {
    private static final Theorem<?> THEOREM = Theorems.list().get(1);
    private static final Provenance NOWHERE = new Provenance(Path.of("nowhere"), Instant.EPOCH, Duration.ZERO);

    @TempDir
    Path folder;

    private static PowerResult result(List<PowerResult.Point> curve) {
        return new PowerResult(
                THEOREM,
                100,
                List.of(
                        new PowerResult.Variant("first < second", 3, 17, 1),
                        new PowerResult.Variant("never", 0, 0, 0.5)),
                curve);
    }

    private String page(List<PowerResult.Point> curve, Calibration calibration) throws IOException {
        new PowerReport(new Power(100, 7, 1e-5), List.of(result(curve)), calibration, NOWHERE).write(folder);
        assertEquals(List.of(), Links.broken(folder.resolve("power.html")));
        return Files.readString(folder.resolve("power.html"));
    }

    @Test
    void curvesVariantsAndFalseAlarms() throws IOException {
        List<PowerResult.Point> curve = List.of(new PowerResult.Point(1e-3, 0.95), new PowerResult.Point(1e-6, 0.2));
        String page = page(curve, new Calibration(7, 64, 0.05, 1000, 31));
        assertTrue(page.contains("1 theorem · runs of 100 trials · level 10⁻⁵ · seed 7"));
        assertTrue(page.contains("<td class=\"number\">10⁻³</td><td class=\"number\">1 of 2</td>"));
        assertTrue(
                page.contains("<td class=\"number\">1 of 2</td><td class=\"number\">–</td>"), "one is never refuted");
        assertTrue(page.contains("first &lt; second"));
        assertTrue(page.contains("as declared"));
        assertTrue(page.contains("31 of 1,000 runs refuted a true theorem"));
        assertEquals(
                List.of("theorem,family,error,probability", "T1,T1,1.0E-6,0.2", "T1,T1,0.001,0.95"),
                Files.readAllLines(folder.resolve("detection.csv")));
        assertEquals(3, Files.readAllLines(folder.resolve("variants.csv")).size());
    }

    @Test
    void whatIsNotNoticedAndTooManyAlarmsAreSaid() throws IOException {
        String page = page(List.of(new PowerResult.Point(1, 0.5)), new Calibration(7, 64, 0.05, 100, 31));
        assertTrue(page.contains("none up to 1"));
        assertTrue(page.contains("too many"));
        assertFalse(page(List.of(), null).contains("False alarms"));
    }

    @Test
    void aReportBesideItLinksItAndShowsWorstCases() throws IOException {
        page(List.of(), null);
        Configuration configuration = Configuration.draw(THEOREM.space(), 3);
        WorstCase worst = new WorstCase(THEOREM, 0.25, configuration, 0.75, false, 80, false);
        WorstCase mean = new WorstCase(THEOREM, 1.5, configuration, 0.5, true, 80, true);
        new Report(
                        new Verifier(20, 1, 0.9),
                        "builtin",
                        List.of("T1", "T2.law"),
                        " --images 'x'",
                        List.of(),
                        List.of(worst, mean),
                        null,
                        Exhibits.NONE,
                        NOWHERE)
                .write(folder);
        String page = Files.readString(folder.resolve("index.html"));
        assertTrue(page.contains("<a href=\"power.html\">"));
        assertTrue(page.contains("Closest to violation"));
        assertTrue(page.contains("mean over fresh networks"));
        assertTrue(page.contains("--images 'x'"), "replay lines find the same images");
        assertTrue(page.contains("idem verify T1 T2.law --seed 1 "), "the command verifies the same theorems");
        assertEquals(3, Files.readAllLines(folder.resolve("worst.csv")).size());
    }
}
