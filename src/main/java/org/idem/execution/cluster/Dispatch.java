package org.idem.execution.cluster;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * Sends tasks out in batches that take about a second each, a few more at a time than there are machines, so that no
 * machine waits and little is in memory. A batch that failed for good is sent again task by task: only the task that
 * fails alone has failed.
 */
public final class Dispatch {
    /** Sends batches to machines. */
    @FunctionalInterface
    public interface Sender {
        /**
         * Sends a batch and returns at once.
         *
         * @param batch to be done
         * @param ended is told once how it ended, on any thread
         */
        void send(Batch batch, Consumer<Batch.End> ended);
    }

    /** A batch should take so long that sending it costs little. */
    private static final double SECONDS_OF_A_BATCH = 1;

    /** The last batches are smaller, so that machines end together. */
    private static final int BATCHES_TO_THE_END = 4;

    private static final int MOST_IN_A_BATCH = 4096;
    private static final int BATCHES_PER_MACHINE = 2;

    private final Sender sender;
    private final IntSupplier machines;
    private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
    private final Deque<Batch> again = new ArrayDeque<>();
    private double cost;
    private double seconds;

    private record Ended(Batch batch, Batch.End how) {}

    /**
     * Nothing is sent yet.
     *
     * @param sender carries batches
     * @param machines how many batches can be done at the same time at present; less than 1 while that is unknown
     */
    public Dispatch(Sender sender, IntSupplier machines) {
        this.sender = sender;
        this.machines = machines;
    }

    /**
     * Does every task.
     *
     * @param tasks those first in the list go out first
     * @param receiver takes results as they come, on this thread
     * @throws IOException in one line, if the machines cannot go on, or what the receiver threw
     */
    public void run(List<KeyedTask> tasks, Receiver receiver) throws IOException {
        int next = 0;
        int out = 0;
        boolean heard = false;
        while (out > 0 || next < tasks.size() || !again.isEmpty()) {
            int most = BATCHES_PER_MACHINE * Math.max(1, machines.getAsInt());
            while (out < most && (next < tasks.size() || !again.isEmpty())) {
                Batch batch = again.poll();
                if (batch == null) {
                    batch = next(tasks, next, most);
                    next += batch.tasks().size();
                }
                send(batch);
                out++;
            }
            Ended one = take();
            if (one == null) {
                if (!heard) {
                    receiver.waiting("waiting for the cluster");
                }
                continue;
            }
            heard = true;
            out--;
            receive(one, receiver);
        }
    }

    private void send(Batch batch) {
        sender.send(batch, how -> ended.add(new Ended(batch, how)));
    }

    private Ended take() throws IOException {
        try {
            return ended.poll(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted while other machines work");
        }
    }

    /** The tasks from one on that fill a batch; a single one until it is known how long tasks take. */
    private Batch next(List<KeyedTask> tasks, int from, int out) {
        int left = tasks.size() - from;
        int most = Math.max(1, Math.min(MOST_IN_A_BATCH, left / (BATCHES_TO_THE_END * out)));
        List<KeyedTask> some = new ArrayList<>();
        double expected = 0;
        do {
            KeyedTask task = tasks.get(from + some.size());
            some.add(task);
            expected += cost > 0 ? seconds / cost * task.cost() : SECONDS_OF_A_BATCH;
        } while (some.size() < most && expected < SECONDS_OF_A_BATCH);
        return new Batch(some);
    }

    private void receive(Ended one, Receiver receiver) throws IOException {
        List<KeyedTask> tasks = one.batch().tasks();
        if (one.how() instanceof Batch.Done done) {
            cost += tasks.stream().mapToDouble(KeyedTask::cost).sum();
            seconds += done.nanoseconds() / 1e9;
            receiver.done(tasks, done.results());
        } else if (one.how() instanceof Batch.Failed failed) {
            if (tasks.size() == 1) {
                receiver.failed(tasks.get(0), failed.reason());
            } else {
                tasks.forEach(task -> again.add(new Batch(List.of(task))));
            }
        } else if (one.how() instanceof Batch.Unable unable) {
            throw new ClusterException(unable.reason());
        }
    }
}
