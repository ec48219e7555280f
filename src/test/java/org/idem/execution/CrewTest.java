package org.idem.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
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
    void piecesSideBySideAreUnderWayTogetherAndReportedInOrder() {
        CountDownLatch both = new CountDownLatch(2);
        List<Supplier<Integer>> work = new ArrayList<>();
        for (int piece = 0; piece < 5; piece++) {
            int number = piece;
            work.add(() -> {
                both.countDown();
                // the first piece ends only when the second has begun
                await(both);
                return Crew.map(ITEMS, item -> item * number).stream()
                        .mapToInt(item -> item)
                        .sum();
            });
        }
        List<Integer> told = new ArrayList<>();
        Thread caller = Thread.currentThread();
        List<Integer> results = Crew.sideBySide(2, work, result -> {
            assertSame(caller, Thread.currentThread());
            told.add(result);
        });
        assertEquals(List.of(0, 4950, 9900, 14850, 19800), results);
        assertEquals(results, told);
    }

    @Test
    void noMoreThanSoManyPiecesAreUnderWay() {
        AtomicInteger underWay = new AtomicInteger();
        List<Supplier<Integer>> work = Collections.nCopies(50, () -> {
            int now = underWay.incrementAndGet();
            Crew.map(ITEMS, item -> item);
            underWay.decrementAndGet();
            return now;
        });
        assertTrue(Crew.sideBySide(2, work, now -> {}).stream().allMatch(now -> now <= 2));
    }

    @Test
    void aPieceThatFailsEndsThemAll() {
        IllegalStateException failure = new IllegalStateException("piece 1");
        AtomicInteger begun = new AtomicInteger();
        Supplier<Integer> endless = () -> {
            begun.incrementAndGet();
            return lastsUntilInterrupted(0);
        };
        List<Supplier<Integer>> work = new ArrayList<>();
        work.add(() -> {
            throw failure;
        });
        work.addAll(Collections.nCopies(9, endless));
        assertSame(failure, assertThrows(IllegalStateException.class, () -> Crew.sideBySide(2, work, result -> {})));
        assertTrue(begun.get() <= 4, "pieces that were not begun are left out, begun " + begun);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
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
