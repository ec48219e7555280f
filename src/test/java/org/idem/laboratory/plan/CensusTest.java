package org.idem.laboratory.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.idem.execution.Share;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CensusTest {
    private static Study study(long firstSeed, int seeds) {
        // points of one layer are equal
        return new Study(
                "s", AxisWords.grid(true, "size=4 depth=1,2 channels=2,3"), firstSeed, seeds, Stop.STANDARD, null);
    }

    private static List<Run> distinct(List<Run> runs) {
        Map<String, Run> byKey = new LinkedHashMap<>();
        runs.forEach(run -> byKey.putIfAbsent(run.key(), run));
        return List.copyOf(byKey.values());
    }

    @ParameterizedTest
    @CsvSource({"1, 5", "-3, 4", "9223372036854775800, 7", "-9223372036854775808, 3"})
    void countsAreThoseOfTheList(long firstSeed, int seeds) throws IOException {
        Study study = study(firstSeed, seeds);
        List<Run> all = study.runs();
        List<Run> distinct = distinct(all);
        for (int shares = 1; shares <= 4; shares++) {
            for (int number = 1; number <= shares; number++) {
                Share share = new Share(number, shares);
                List<Run> listed = share.of(distinct);
                Census census = new Census(study, share);
                assertEquals(all.size(), census.networks());
                assertEquals(distinct.size(), census.different());
                assertEquals(listed.size(), census.shared());
                // every third network of the study is held, and one of another study
                Set<String> held = new HashSet<>(Set.of("other"));
                Set<Long> heldSeeds = new TreeSet<>(Set.of(Long.MIN_VALUE, Long.MAX_VALUE, 0L));
                for (int i = 0; i < distinct.size(); i += 3) {
                    held.add(distinct.get(i).key());
                    heldSeeds.add(distinct.get(i).seed());
                }
                long missing =
                        listed.stream().filter(run -> !held.contains(run.key())).count();
                assertEquals(
                        missing,
                        census.missing(heldSeeds, held::contains).stream()
                                .mapToLong(Census.Part::networks)
                                .sum(),
                        number + "/" + shares);
            }
        }
    }

    @Test
    void billionsOfSeedsAreCountedAtOnce() throws IOException {
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        long before = clock.getCurrentThreadCpuTime();
        Census census = new Census(study(1, Integer.MAX_VALUE), new Share(2, 3));
        assertEquals(4L * Integer.MAX_VALUE, census.networks());
        assertEquals(3L * Integer.MAX_VALUE, census.different());
        assertEquals(Integer.MAX_VALUE, census.shared());
        // of this thread's own work, whatever else the machine does; milliseconds, where a list would take minutes
        assertTrue(clock.getCurrentThreadCpuTime() - before < 20_000_000_000L);
    }

    @Test
    void everyPlaceBelongsToOneShare() {
        for (int shares = 1; shares <= 5; shares++) {
            for (int number = 1; number <= shares; number++) {
                Share share = new Share(number, shares);
                long before = 0;
                for (long place = 0; place < 23; place++) {
                    assertEquals(before, share.before(place));
                    before += share.has(place) ? 1 : 0;
                }
            }
        }
        assertEquals(List.of(), new Share(Integer.MAX_VALUE, Integer.MAX_VALUE).of(List.of(1, 2)));
        assertEquals(List.of(2), new Share(2, Integer.MAX_VALUE).of(List.of(1, 2)));
    }
}
