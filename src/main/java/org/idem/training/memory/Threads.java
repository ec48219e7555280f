package org.idem.training.memory;

import static org.bytedeco.openblas.global.openblas.blas_set_num_threads;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A fixed number of threads that share the parts of a piece of work. The thread that calls {@link #run} is one of them.
 *
 * <p>The program's crew ({@code org.idem.execution}) is not used: whoever trains asks for a number of threads, whatever
 * the number of processors; a part of the same number goes to the same thread in every call, whose cache may still hold
 * its memory; and members of the crew would not share the work, as they do all of their own work themselves.
 */
public final class Threads {
    private static final long IDLE_SECONDS = 10;

    /**
     * Nanoseconds for which a thread without work stays awake, giving way to all others. A thread that sleeps takes
     * tens of microseconds to wake, as long as many pieces of work take, and may wake on the processor of the one it
     * helps.
     */
    private static final long AWAKE = 200_000;

    private final int count;
    private final ThreadPoolExecutor others;

    /**
     * Prepares threads. They start with the first work and end after ten idle seconds; none of them keeps the program
     * alive. With more than one, BLAS uses a single thread in the whole process from now on.
     *
     * @param count number of threads, the caller's included, at least 1
     */
    public Threads(int count) {
        if (!(count >= 1)) {
            throw new IllegalArgumentException("threads must be at least 1, but were " + count);
        }
        this.count = count;
        if (count > 1) {
            // work is spread here; products within a part must not be spread once more
            keepBlasAlone();
        }
        int pool = Math.max(1, count - 1);
        others = new ThreadPoolExecutor(pool, pool, IDLE_SECONDS, TimeUnit.SECONDS, new AwakeQueue(), r -> {
            Thread thread = new Thread(r, "idem-part");
            thread.setDaemon(true);
            return thread;
        });
        others.allowCoreThreadTimeOut(true);
    }

    /**
     * Keeps BLAS to the thread that calls it, in the whole process from now on. Its own threads stay awake long after
     * their work, and would keep processors from others that share work.
     */
    public static void keepBlasAlone() {
        // when ND4J is first used, it sets the number that the environment asks for
        Nd4j.getBackend();
        blas_set_num_threads(1);
    }

    int count() {
        return count;
    }

    /**
     * Runs every part once, at most {@link #count} at a time, and returns after the last of them.
     *
     * @param parts number of parts; none are run for 0
     * @param part gets the numbers 0, …, parts − 1, from several threads
     * @throws RuntimeException what a part threw on the caller's thread, be it an error, or what wraps it from another
     *     thread; the failed thread leaves its remaining parts out
     */
    public void run(int parts, IntConsumer part) {
        if (count == 1 || parts <= 1) {
            for (int i = 0; i < parts; i++) {
                part.accept(i);
            }
            return;
        }
        int runners = Math.min(count, parts);
        List<Future<?>> rest = new ArrayList<>(runners - 1);
        try {
            for (int runner = 1; runner < runners; runner++) {
                int first = runner;
                rest.add(others.submit(() -> every(first, runners, parts, part)));
            }
            every(0, runners, parts, part);
        } catch (Throwable own) {
            // the caller waits for all even where its own part fails: they work on memory that it may use next
            firstFailure(rest);
            throw own;
        }
        RuntimeException failure = firstFailure(rest);
        if (failure != null) {
            throw failure;
        }
    }

    /** Waits for all, and tells the first failure. */
    private static @Nullable RuntimeException firstFailure(List<Future<?>> all) {
        RuntimeException failure = null;
        for (Future<?> future : all) {
            try {
                waitFor(future);
            } catch (RuntimeException thrown) {
                failure = failure == null ? thrown : failure;
            }
        }
        return failure;
    }

    private static void every(int first, int step, int parts, IntConsumer part) {
        for (int i = first; i < parts; i += step) {
            part.accept(i);
        }
    }

    /** A queue whose taker stays awake for a while before it sleeps. */
    private static final class AwakeQueue extends LinkedBlockingQueue<Runnable> {
        @Override
        public @Nullable Runnable poll(long timeout, TimeUnit unit) throws InterruptedException {
            stayAwake(() -> !isEmpty());
            return super.poll(timeout, unit);
        }
    }

    /** Returns when something is so, or after a while. */
    @SuppressWarnings("ThreadPriorityCheck") // a hint only: what is waited for comes all the same
    private static void stayAwake(BooleanSupplier until) {
        long start = System.nanoTime();
        while (!until.getAsBoolean() && System.nanoTime() - start < AWAKE) {
            Thread.yield();
        }
    }

    private static void waitFor(Future<?> future) {
        stayAwake(future::isDone);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    future.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException("a part failed", e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
