package org.idem.laboratory.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.plan.StudyAxes;
import org.idem.laboratory.result.Ending;
import org.idem.laboratory.result.RunResult;
import org.junit.jupiter.api.Test;

class FindingTest {
    private static final double LEVEL = 1e-3;

    private static Finding finding() {
        return Findings.all().stream()
                .filter(one -> one.id().equals("F.cnn-depth-identity"))
                .findFirst()
                .orElseThrow();
    }

    private static List<RunResult> falling(int seeds) throws IOException {
        return MadeResults.all(
                finding().study(5, seeds).runs(),
                (point, seed) -> 1 - point.get(StudyAxes.DEPTH) / 20.0 - (seed % 7) / 100.0);
    }

    @Test
    void aTrueClaimIsConfirmedAndItsFalseVariantsAreRefuted() throws IOException {
        FindingResult result = finding().judge(falling(20), LEVEL);
        assertInstanceOf(FindingVerdict.Confirmed.class, result.verdict());
        assertEquals(3, result.refutedVariants());
        assertTrue(result.seeds().size() < 20, "it stops once everything is decided");
        assertEquals(5, result.seeds().get(0).seed());
        assertEquals(0.85 - 0.05, result.seeds().get(0).values()[0]);
        assertEquals("confirmed", result.verdict().word());
    }

    @Test
    void aFalseClaimIsRefuted() throws IOException {
        List<RunResult> rising =
                MadeResults.all(finding().study(5, 20).runs(), (point, seed) -> point.get(StudyAxes.DEPTH) / 20.0);
        FindingResult result = finding().judge(rising, LEVEL);
        assertInstanceOf(FindingVerdict.Refuted.class, result.verdict());
        // rising is one of the variants, which is true of these networks
        assertEquals(
                List.of(false, true, false),
                result.variants().stream().map(FindingResult.Variant::refuted).toList());
    }

    @Test
    void oneDepthThatDoesNotFallSpoilsTheEvent() throws IOException {
        List<RunResult> results = MadeResults.all(finding().study(5, 20).runs(), (point, seed) -> {
            int depth = point.get(StudyAxes.DEPTH);
            return 1 - (depth == 7 ? 5 : depth) / 20.0;
        });
        FindingResult result = finding().judge(results, LEVEL);
        assertInstanceOf(FindingVerdict.Refuted.class, result.verdict());
    }

    @Test
    void whatHappensFromEverySecondSeedStaysUndecided() throws IOException {
        List<RunResult> results = MadeResults.all(finding().study(4, 24).runs(), (point, seed) -> {
            int depth = point.get(StudyAxes.DEPTH);
            return 1 - (depth == 7 && seed % 2 == 0 ? 5 : depth) / 20.0;
        });
        FindingResult result = finding().judge(results, LEVEL);
        assertInstanceOf(FindingVerdict.Undecided.class, result.verdict());
        assertEquals(24, result.verdict().seeds());
        assertEquals(12, result.verdict().events());
    }

    @Test
    void theOrderOfResultsAndForeignResultsDoNotMatter() throws IOException {
        List<RunResult> results = new ArrayList<>(falling(20));
        FindingResult before = finding().judge(results, LEVEL);
        Finding other = Findings.all().get(0);
        results.addAll(MadeResults.all(other.study(1, 30).runs(), (point, seed) -> 0.5));
        Collections.shuffle(results);
        FindingResult after = finding().judge(results, LEVEL);
        assertEquals(before.verdict(), after.verdict());
        assertEquals(
                before.seeds().stream().map(FindingResult.Seed::seed).toList(),
                after.seeds().stream().map(FindingResult.Seed::seed).toList());
    }

    @Test
    void seedsWithoutAllTheirNetworksDoNotCount() throws IOException {
        List<RunResult> results = new ArrayList<>(falling(3));
        results.remove(2);
        FindingResult result = finding().judge(results, LEVEL);
        assertEquals(2, result.seeds().size());
        assertInstanceOf(
                FindingVerdict.Undecided.class,
                finding().judge(List.of(), LEVEL).verdict());
    }

    @Test
    void divergenceCountsAgainstAClaimAndFailureDoesNotCount() throws IOException {
        List<Run> runs = finding().study(5, 20).runs();
        List<RunResult> diverged = runs.stream()
                .map(run -> MadeResults.without(run, Ending.DIVERGED))
                .toList();
        assertInstanceOf(
                FindingVerdict.Refuted.class, finding().judge(diverged, LEVEL).verdict());
        List<RunResult> failed = runs.stream()
                .map(run -> MadeResults.without(run, Ending.FAILED))
                .toList();
        FindingResult result = finding().judge(failed, LEVEL);
        assertInstanceOf(FindingVerdict.Undecided.class, result.verdict());
        assertEquals(20, result.failed().size());
        assertEquals(0, result.verdict().seeds());
    }

    @Test
    void aRunAddsSeedsUntilItIsDecidedWhateverTheBatch() throws IOException {
        Map<String, RunResult> known = new HashMap<>();
        falling(24).forEach(result -> known.put(result.key(), result));
        List<FindingResult> results = new ArrayList<>();
        for (int batch : new int[] {1, 2, 5, 100}) {
            Set<Long> asked = new HashSet<>();
            results.add(FindingRun.until(
                    finding(),
                    LEVEL,
                    LongStream.range(5, 29).boxed().toList(),
                    batch,
                    runs -> {
                        runs.forEach(run -> asked.add(run.seed()));
                        return key -> Optional.ofNullable(known.get(key));
                    },
                    result -> {}));
            int judged = results.get(0).seeds().size();
            assertEquals(Math.min(24, (judged + batch - 1) / batch * batch), asked.size());
        }
        assertEquals(1, results.stream().map(FindingResult::verdict).distinct().count());
        FindingResult few = FindingRun.until(
                finding(),
                LEVEL,
                List.of(5L, 6L, 7L),
                2,
                runs -> key -> Optional.ofNullable(known.get(key)),
                result -> {});
        assertEquals(3, few.seeds().size());
        assertInstanceOf(FindingVerdict.Undecided.class, few.verdict());
    }

    @Test
    void findingsAreChecked() {
        Finding good = finding();
        assertThrows(IllegalArgumentException.class, () -> changed(good, "f.wrong", 0.5, good.variants()));
        assertThrows(IllegalArgumentException.class, () -> changed(good, "F.x", Double.NaN, good.variants()));
        assertThrows(
                IllegalArgumentException.class,
                () -> changed(good, "F.x", 0.5, good.variants().subList(0, 1)));
    }

    private static Finding changed(Finding like, String id, double share, List<Event> variants) {
        return new Finding(
                id,
                like.statement(),
                like.source(),
                like.grid(),
                like.stop(),
                share,
                like.mostSeeds(),
                like.quantities(),
                like.event(),
                variants);
    }
}
