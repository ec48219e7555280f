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
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share work, one for each processor. Unlike the waiting threads of parallel streams, those that wait here
 * sleep, and leave the processors to the work of others.
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
     * What a function makes of each item. A member of the crew that asks for help does the work itself.
     *
     * @param items what is shared out, in their order
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
     * What a function makes of as many parts of the items as there are threads.
     *
     * @param items as above
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
     * Begins work that nobody waits for yet, on a thread beside the crew: it fills the pauses in which the others wait
     * for each other. One piece follows the other.
     *
     * @param work may ask the crew for help, and then does all of it itself
     * @param <T> of the result
     * @return what comes of it, once asked; throws what the work threw
     */
    public static <T> Supplier<T> aside(Supplier<T> work) {
        CompletableFuture<T> result = CompletableFuture.supplyAsync(work, ASIDE);
        return () -> {
            try {
                return result.join();
            } catch (CompletionException failure) {
                throw rethrown(failure.getCause());
            }
        };
    }

    private static RuntimeException rethrown(@Nullable Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException failure ? failure : new IllegalStateException(thrown);
    }
}
