package org.idem.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.idem.report.figure.Table;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Evidence;
import org.idem.theorem.Statement;
import org.idem.verification.Tally;
import org.idem.verification.TheoremResult;
import org.idem.verification.Verdict;
import org.junit.jupiter.api.Test;

class CoverageTest {
    private static final List<String> WORDS =
            List.of("lanes", "rows", "nd4j", "four", "five", "six", "seven", "eight", "nine", "ten");
    private static final List<Dimension> SPACE = List.of(
            new Dimension.Logarithmic("steps", 1, 10_000, 1),
            new Dimension.Logarithmic("kernel", 1, 57, 2),
            new Dimension.Logarithmic("channels", 1, 3, 1),
            new Dimension.Whole("depth", 2, 40),
            new Dimension.Real("rate", 0.25, 0.75),
            new Dimension.Real("fixed", 0.5, 0.5),
            new Dimension.Choice("engine", WORDS));

    /** A trial of these values that decides, or does not. */
    private static TheoremResult.Entry trial(boolean decides, Double... values) {
        return new TheoremResult.Entry(
                new Configuration(SPACE, List.of(values), 1),
                decides ? new Evidence.Compared(0, 1) : new Evidence.NotConverged("far"));
    }

    private static List<Coverage> of(TheoremResult.Entry... entries) {
        return Coverage.of(new TheoremResult(
                new Unrun("X", new Statement("x", "x", "x", "x"), SPACE),
                new Verdict.Confirmed(0.5, 0.9, new Tally(entries.length, 0, 0, 0)),
                List.of(entries),
                List.of(),
                null));
    }

    private static List<String> labels(int dimension) {
        return of().get(dimension).bins().stream().map(Coverage.Bin::label).toList();
    }

    @Test
    void logarithmicBarsHaveOneRatio() {
        assertEquals(
                List.of("1–2", "3–9", "10–31", "32–99", "100–315", "316–999", "1,000–3,162", "3,163–10,000"),
                labels(0));
        assertEquals(List.of("1", "3", "5", "7–11", "13–19", "21–33", "35–57"), labels(1), "odd numbers only");
        assertEquals(List.of("1", "2", "3"), labels(2), "few numbers have a bar each");
    }

    @Test
    void otherBars() {
        assertEquals(8, labels(3).size());
        assertEquals("2–6", labels(3).get(0));
        assertEquals("0.25–0.313", labels(4).get(0));
        assertEquals(List.of("0.5"), labels(5));
        assertEquals(WORDS, labels(6));
    }

    @Test
    void everyTrialIsCountedOnce() {
        List<Coverage> all = of(
                trial(true, 1.0, 1.0, 1.0, 2.0, 0.25, 0.5, 0.0),
                trial(false, 9999.0, 33.0, 3.0, 40.0, 0.75, 0.5, 2.0),
                trial(true, 10.0, 35.0, 3.0, 40.0, 0.75, 0.5, 2.0));
        for (Coverage coverage : all) {
            assertEquals(
                    3, coverage.bins().stream().mapToInt(Coverage.Bin::drawn).sum(), coverage.name());
            assertEquals(
                    2, coverage.bins().stream().mapToInt(Coverage.Bin::decided).sum(), coverage.name());
        }
        assertEquals(new Coverage.Bin("10–31", 1, 1), all.get(0).bins().get(2));
        assertEquals(new Coverage.Bin("3,163–10,000", 1, 0), all.get(0).bins().get(7));
        assertEquals("drawn up to 9,999", all.get(0).reached());
        assertEquals(new Coverage.Bin("21–33", 1, 0), all.get(1).bins().get(5));
        assertEquals(new Coverage.Bin("35–57", 1, 1), all.get(1).bins().get(6));
        assertEquals("", all.get(2).reached(), "the largest was drawn");
        assertTrue(all.get(0).height(1) > 0 && all.get(0).height(0) == 0);
    }

    @Test
    void enginesAreCountedOverAllTheorems() {
        List<Coverage> one = of(trial(true, 1.0, 1.0, 1.0, 2.0, 0.25, 0.5, 0.0));
        List<Coverage> other =
                of(trial(true, 1.0, 1.0, 1.0, 2.0, 0.25, 0.5, 0.0), trial(false, 1.0, 1.0, 1.0, 2.0, 0.25, 0.5, 2.0));
        Table engines =
                Coverage.engines(Stream.concat(one.stream(), other.stream()).toList());
        assertEquals(WORDS.size(), engines.rows().size());
        assertEquals(List.of("lanes", 2, 2, 2), engines.rows().get(0));
        assertEquals(List.of("rows", 0, 0, 0), engines.rows().get(1));
        assertEquals(List.of("nd4j", 1, 1, 0), engines.rows().get(2));
    }
}
