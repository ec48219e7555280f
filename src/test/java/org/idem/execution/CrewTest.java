package org.idem.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CrewTest {
    private static final List<Integer> ITEMS = IntStream.range(0, 100).boxed().toList();

    @Test
    void resultsKeepTheOrderOfTheItems() {
        assertEquals(ITEMS.stream().map(item -> item * item).toList(), Crew.map(ITEMS, item -> item * item));
        assertEquals(List.of(), Crew.map(List.of(), item -> item));
        assertEquals(ITEMS, Crew.inParts(ITEMS, part -> part));
    }

    @Test
    void aMemberThatAsksForHelpDoesTheWorkItself() {
        List<Boolean> alone = Crew.map(ITEMS, item -> {
            Thread member = Thread.currentThread();
            return Crew.map(ITEMS, inner -> Thread.currentThread() == member).stream()
                    .allMatch(same -> same);
        });
        assertTrue(alone.stream().allMatch(same -> same));
    }

    @Test
    void whatTheWorkThrowsIsThrown() {
        IllegalStateException failure = new IllegalStateException("item 7");
        AssertionError error = new AssertionError("item 9");
        assertSame(
                failure,
                assertThrows(
                        IllegalStateException.class,
                        () -> Crew.map(ITEMS, item -> {
                            if (item == 7) {
                                throw failure;
                            }
                            return item;
                        })));
        assertSame(
                error,
                assertThrows(
                        AssertionError.class,
                        () -> Crew.map(ITEMS, item -> {
                            if (item == 9) {
                                throw error;
                            }
                            return item;
                        })));
    }

    @Test
    void workAsideGivesItsResultOrItsFailure() {
        assertEquals(
                4950,
                Crew.aside(() -> Crew.map(ITEMS, item -> item).stream()
                                .mapToInt(item -> item)
                                .sum())
                        .get());
        IllegalArgumentException failure = new IllegalArgumentException("aside");
        Supplier<Object> failing = Crew.aside(() -> {
            throw failure;
        });
        assertSame(failure, assertThrows(IllegalArgumentException.class, failing::get));
    }

    @Test
    void whoeverIsInterruptedStopsWaiting() {
        Thread.currentThread().interrupt();
        assertThrows(IllegalStateException.class, () -> Crew.map(ITEMS, CrewTest::lastsUntilInterrupted));
        assertTrue(Thread.interrupted(), "the interruption is passed on");
    }

    private static int lastsUntilInterrupted(int item) {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return item;
    }
}
