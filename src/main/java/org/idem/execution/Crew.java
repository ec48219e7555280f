package org.idem.execution;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share work, one for each processor. A thread that waits here sleeps and leaves its processor to others;
 * threads that wait for parallel streams do not.
 */
public final class Crew {
    private static final int SIZE = Runtime.getRuntime().availableProcessors();
    private static final ExecutorService THREADS = Executors.newFixedThreadPool(SIZE, Member::new);

    private static final ExecutorService ASIDE = Executors.newSingleThreadExecutor(Member::new);

    private static final class Member extends Thread {
        Member(Runnable work) {
            super(work, "crew");
            setDaemon(true);
        }
    }

    private Crew() {}

    /**
     * Applies a function to each item. If a thread of the crew calls this, it does all of the work itself.
     *
     * @param items items that the threads share, taken in their order
     * @param function not null for any item
     * @param <T> of the items
     * @param <R> of the results
     * @return the results in the order of the items
     * @throws RuntimeException what the function threw for one of the items
     */
    public static <T, R> List<R> map(List<T> items, Function<T, R> function) {
        if (Thread.currentThread() instanceof Member) {
            return items.stream().map(function).toList();
        }
        List<R> results = new ArrayList<>(Collections.nCopies(items.size(), (R) null));
        AtomicInteger next = new AtomicInteger();
        Callable<Void> share = () -> {
            try {
                for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
                    results.set(i, function.apply(items.get(i)));
                }
            } finally {
                next.set(items.size());
            }
            return null;
        };
        try {
            for (Future<Void> done : THREADS.invokeAll(Collections.nCopies(Math.min(SIZE, items.size()), share))) {
                done.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while others work", e);
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        }
        return results;
    }

    /**
     * Applies a function to as many parts of the items as there are threads.
     *
     * @param items items that the threads share; neighbours stay together
     * @param function of some neighbouring items, with one result for each
     * @param <T> of the items
     * @param <R> of the results
     * @return the results in the order of the items
     */
    public static <T, R> List<R> inParts(List<T> items, Function<List<T>, List<R>> function) {
        List<List<T>> parts = new ArrayList<>();
        for (int part = 0; part < SIZE; part++) {
            parts.add(items.subList(items.size() * part / SIZE, items.size() * (part + 1) / SIZE));
        }
        List<R> results = new ArrayList<>();
        map(parts, function).forEach(results::addAll);
        return results;
    }

    /**
     * Begins work on a thread beside the crew, which does such work in the order of the calls. It uses the processors
     * while threads of the crew wait for each other.
     *
     * @param work may call {@link #map}, which then does all of the work on this thread
     * @param <T> of the result
     * @return waits for the result when asked for it; throws what the work threw
     */
    public static <T> Supplier<T> aside(Supplier<T> work) {
        CompletableFuture<T> result = CompletableFuture.supplyAsync(work, ASIDE);
        return () -> result(result);
    }

    /**
     * Does several pieces of work, a few at a time, on threads beside the crew. While one piece waits for the last
     * threads of its {@link #map}, the crew works for another.
     *
     * @param atATime largest number of pieces that are under way together, at least 1
     * @param work begun in this order; not null for any piece; may call {@link #map}, whose items the crew shares
     * @param finished is told of every result in this order, on the calling thread
     * @param <T> of the results
     * @return the results in the order of the work
     * @throws RuntimeException what a piece threw; pieces not yet begun are left out, those under way are interrupted
     */
    public static <T> List<T> sideBySide(int atATime, List<Supplier<T>> work, Consumer<? super T> finished) {
        ExecutorService leaders = Executors.newFixedThreadPool(atATime);
        try {
            List<CompletableFuture<T>> running = work.stream()
                    .map(piece -> CompletableFuture.supplyAsync(piece, leaders))
                    .toList();
            List<T> results = new ArrayList<>();
            for (CompletableFuture<T> piece : running) {
                T result = result(piece);
                results.add(result);
                finished.accept(result);
            }
            return results;
        } finally {
            leaders.shutdownNow();
        }
    }

    private static <T> T result(CompletableFuture<T> work) {
        try {
            return work.join();
        } catch (CompletionException failure) {
            throw rethrown(failure.getCause());
        }
    }

    private static RuntimeException rethrown(@Nullable Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException failure ? failure : new IllegalStateException(thrown);
    }
}
