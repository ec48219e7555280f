package org.idem.laboratory.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.idem.laboratory.finding.ShareDecision.Answer;
import org.idem.laboratory.plan.Run;
import org.idem.laboratory.result.RunResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FindingsTest {
    static List<Finding> findings() {
        return Findings.all();
    }

    @org.junit.jupiter.api.Test
    void idsAreUniqueAndTheLevelsAddUp() {
        Set<String> ids = findings().stream().map(Finding::id).collect(Collectors.toSet());
        assertEquals(findings().size(), ids.size());
        assertTrue(Findings.level() * findings().size() <= Findings.FALSE_ALARM * (1 + 1e-15));
    }

    @ParameterizedTest
    @MethodSource("findings")
    void theGridIsLegalAndEveryQuantityFindsItsNetworks(Finding finding) throws IOException {
        List<Run> runs = finding.study(7, 1).runs();
        List<RunResult> results =
                runs.stream().map(run -> MadeResults.of(run, 0.5, 0.5)).toList();
        SeedNetworks networks = Finding.networks(
                        runs,
                        key -> results.stream()
                                .filter(result -> result.key().equals(key))
                                .findFirst())
                .orElseThrow();
        assertEquals(finding.quantities().size(), finding.values(networks).length);
        assertEquals(7, networks.seed());
        assertEquals(Optional.empty(), Finding.networks(runs, key -> Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("findings")
    void theMostSeedsSufficeForAVerdictWithAFewSurprises(Finding finding) {
        ShareDecision decision = ShareDecision.of(finding.share(), Findings.level());
        for (int i = 0; i < finding.mostSeeds(); i++) {
            decision = decision.after(i != 5 && i != 11);
        }
        assertEquals(Answer.MORE, decision.answer());
    }

    @ParameterizedTest
    @MethodSource("findings")
    void networksWithoutMeasuresSpeakForNothing(Finding finding) {
        double[] nothing = new double[finding.quantities().size()];
        Arrays.fill(nothing, Double.NaN);
        assertFalse(finding.event().happens().test(nothing));
        finding.variants().forEach(variant -> assertFalse(variant.happens().test(nothing), variant.text()));
    }

    /** An event that always or never happens would test nothing; neither would such a variant. */
    @ParameterizedTest
    @MethodSource("findings")
    void eventsAndVariantsCanHappenAndCanFail(Finding finding) {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        List<Event> events = new ArrayList<>(finding.variants());
        events.add(finding.event());
        Map<String, Set<Boolean>> seen = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            // some vectors near 1, some of nearly equal numbers, some of any
            double from = new double[] {0, 0.85, 0.3}[i % 3];
            double length = new double[] {1, 0.15, 0.04}[i % 3];
            double[] values = random.doubles(finding.quantities().size())
                    .map(x -> from + length * x)
                    .toArray();
            if (i % 4 == 0) {
                Arrays.sort(values);
            } else if (i % 4 == 1) {
                values =
                        Arrays.stream(values).map(x -> -x).sorted().map(x -> -x).toArray();
            }
            for (Event event : events) {
                seen.computeIfAbsent(event.text(), text -> new HashSet<>())
                        .add(event.happens().test(values));
            }
        }
        events.forEach(
                event -> assertEquals(Set.of(true, false), seen.get(event.text()), event.text() + ", seed " + seed));
    }

    @ParameterizedTest
    @MethodSource("findings")
    void namesTellQuantitiesAndVariantsApart(Finding finding) {
        Set<String> names = new HashSet<>();
        finding.quantities().forEach(quantity -> assertTrue(names.add(quantity.name()), quantity.name()));
        finding.variants().forEach(variant -> assertTrue(names.add(variant.text()), variant.text()));
        assertTrue(finding.arguments().startsWith(finding.grid().convolutional() ? "cnn --" : "fcn --"));
    }
}
