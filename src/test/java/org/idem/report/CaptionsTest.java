package org.idem.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.idem.report.figure.BoundFigure;
import org.idem.report.figure.Chart;
import org.idem.report.figure.Figure;
import org.idem.report.figure.LawFigure;
import org.idem.report.figure.Measurement;
import org.idem.report.figure.OutputsFigure;
import org.idem.report.figure.RateFigure;
import org.idem.report.figure.RatioFigure;
import org.idem.report.figure.RefinementFigure;
import org.idem.report.figure.ShiftFigure;
import org.idem.theorem.exhibit.Exhibits;
import org.idem.verification.Tally;
import org.idem.verification.TheoremResult;
import org.idem.verification.Verdict;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page says beside its pictures is true of what they show, whatever the verdicts are. */
class CaptionsTest {
    @TempDir
    Path folder;

    private String page(List<TheoremResult> results) throws Exception {
        Samples.report("builtin", results, Exhibits.NONE).write(folder);
        return Files.readString(folder.resolve("index.html"));
    }

    @Test
    void refutationsAreNamedByTheirEvidence() {
        Figure figure = BoundFigure.of(ChartSamples.bad());
        assertTrue(figure.lead().contains("refute their theorem by themselves (T1: 1)"), figure.lead());
        assertTrue(
                figure.lead()
                        .contains("Refuted by other evidence, trials red and hollow if they have a limit: "
                                + "T1.steps, T1.examples, T1.bias."),
                figure.lead());
        String drawn = figure.charts().get(0).spec().at("/data/values").asText();
        assertEquals(
                1,
                drawn.lines()
                        .filter(line -> line.endsWith(",refutes its theorem"))
                        .count());
        assertEquals(
                299,
                drawn.lines()
                        .filter(line -> line.endsWith(",refuted otherwise"))
                        .count());
    }

    @Test
    void whatMayExceedRefutesNothing() {
        Figure figure = BoundFigure.of(ChartSamples.good());
        assertTrue(figure.lead().contains("In this run no trial exceeds a limit that always holds."), figure.lead());
        long exceeding = Measurement.of(ChartSamples.good()).stream()
                .filter(one -> !one.evidence().holds())
                .count();
        assertTrue(exceeding > 1, "the sample needs some");
        assertTrue(figure.lead().contains(exceeding + " trials exceed a bound that may fail"), figure.lead());
        assertTrue(figure.caption().contains("240 trials measured a discrepancy of exactly 0"), figure.caption());
    }

    @Test
    void sentencesAgreeWithTheirNumbers() {
        assertTrue(
                OutputsFigure.of(new double[] {3, 0.5}).caption().contains("1 of 2 outputs disagrees with"),
                OutputsFigure.of(new double[] {3, 0.5}).caption());
        Tally one = new Tally(1, 0, 0, 0);
        assertEquals(
                "no guarantee: 1 trial could not tell the theorem from a false variant",
                new Verdict.Insensitive(List.of("a"), one).guarantee());
        assertEquals(
                "no guarantee: after only 1 trial much is open",
                new Verdict.Underpowered("much is open", one).guarantee());
        assertTrue(new Verdict.LimitOpen(0, 0.5, one).guarantee().startsWith("no guarantee: 0 of 1 trial missed"));
    }

    /** Those who cannot see a picture hear what it shows, not only what is drawn. */
    @Test
    void picturesSayTheirFindings() {
        for (Named<Figure> figure : ChartSamples.all()) {
            for (Chart chart : figure.getPayload().charts()) {
                String words = chart.alternative();
                assertTrue(words.matches("(?s).*[0-9].*\\."), figure.getName() + ": " + words);
                assertTrue(
                        words.matches("(?s).*\\b(is|lies?|refute|falls|rises|goes|differ|exceeds?|has)\\b.*"),
                        figure.getName() + ": " + words);
                assertFalse(words.contains("NaN") || words.contains(" ."), words);
            }
        }
    }

    /** What a picture says of its curves is what they do. */
    @Test
    void curvesAreDescribedTruly() {
        String words = ShiftFigure.of(DeepSamples.shifts()).charts().get(0).alternative();
        assertTrue(words.contains("Of 4 lines, 4 rise from end to end. It lies between 1.3 ("), words);
        String power = ChartSamples.all().stream()
                .filter(figure -> figure.getName().equals("power of all"))
                .map(figure -> figure.getPayload().charts().get(0).alternative())
                .findFirst()
                .orElseThrow();
        assertTrue(
                power.contains(" The smallest error that is noticed with probability 0.9 lies between 10⁻¹⁴ ("), power);
    }

    @Test
    void everyMeasurementIsInOneBar() {
        for (List<TheoremResult> results : List.of(
                ChartSamples.good(), ChartSamples.bad(), Samples.hostile().results())) {
            int trials = RatioFigure.of(results).table().rows().stream()
                    .mapToInt(row -> (Integer) row.get(3))
                    .sum();
            assertEquals(Measurement.of(results).size(), trials);
        }
    }

    @Test
    void ratesHaveNoLimit() {
        assertTrue(Measurement.of(ChartSamples.limits()).isEmpty());
    }

    @Test
    void refinementNamesWhatItRefutes() {
        assertTrue(RefinementFigure.of(ChartSamples.bad()).lead().endsWith("Refuted: T1.steps."));
        assertTrue(RefinementFigure.of(ChartSamples.good()).lead().endsWith("None is refuted."));
    }

    @Test
    void lawsSayWhatTheyLeaveOut() {
        assertTrue(
                LawFigure.of(ChartSamples.bad()).caption().endsWith("1 trial in which the law gave no probability."));
    }

    @Test
    void wordsAreDefinedBeforeTheyAreUsed() throws Exception {
        String page = page(ChartSamples.bad());
        String text = page.substring(page.indexOf("<body>"));
        for (String word : List.of("configuration", "trial", "decides", "budget", "false variant")) {
            int defined = text.indexOf("<b>" + word + "</b>");
            assertTrue(defined >= 0, word);
            assertEquals(text.indexOf(word), defined + 3, word + " is used before it is defined");
        }
        assertTrue(text.contains("<b class=\"\">400</b><span>of 400 trials decided</span>"), "trials, not networks");
        assertTrue(text.contains("theorems confirmed, 4 refuted"));
        assertFalse(text.contains("the tightest"), "what is refuted is not praised for being tight");
    }

    @Test
    void limitsNameWhatTheyRefuteAndCountWhatMisses() {
        Figure figure = RateFigure.of(ChartSamples.limits());
        String refuted = ChartSamples.limits().get(1).theorem().id();
        assertTrue(figure.lead().endsWith("Refuted: " + refuted + "."), figure.lead());
        assertTrue(figure.lead().contains("no proof of the limits"), figure.lead());
        assertTrue(figure.caption().contains(" of 240 trials miss a rate"), figure.caption());
        assertTrue(figure.caption().contains("lie trials beyond the axis"), figure.caption());
        Figure good = RateFigure.of(ChartSamples.limits().subList(0, 1));
        assertTrue(good.lead().endsWith("None is refuted."), good.lead());
        assertFalse(RateFigure.applies(ChartSamples.bad()));
    }
}
