package org.idem.verification;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share work, one for each processor. Unlike the waiting threads of parallel streams, those that wait here
 * sleep, and leave the processors to the work of others.
 */
final class Crew {
    private static final int SIZE = Runtime.getRuntime().availableProcessors();
    private static final ExecutorService THREADS = Executors.newFixedThreadPool(SIZE, work -> {
        Thread thread = new Thread(work, "crew");
        thread.setDaemon(true);
        return thread;
    });

    private Crew() {}

    /**
     * What a function makes of each item, in the order of the items. The function must not ask the crew for help.
     *
     * @throws RuntimeException what the function threw for one of the items
     */
    static <T, R> List<R> map(List<T> items, Function<T, R> function) {
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

    /** What a function makes of as many parts of the items as there are threads, put together in order. */
    static <T, R> List<R> inParts(List<T> items, Function<List<T>, List<R>> function) {
        List<List<T>> parts = new ArrayList<>();
        for (int part = 0; part < SIZE; part++) {
            parts.add(items.subList(items.size() * part / SIZE, items.size() * (part + 1) / SIZE));
        }
        List<R> results = new ArrayList<>();
        map(parts, function).forEach(results::addAll);
        return results;
    }

    private static RuntimeException rethrown(@Nullable Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException failure ? failure : new IllegalStateException(thrown);
    }
}
