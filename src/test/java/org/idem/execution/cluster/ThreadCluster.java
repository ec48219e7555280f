package org.idem.execution.cluster;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** Threads that get work and batches as other machines would: as copies, through bytes. */
public final class ThreadCluster implements Cluster {
    private final int machines;
    private final UnaryOperator<Work> faults;
    private final ExecutorService threads;

    /** Threads that do what the faults make of the work. */
    public ThreadCluster(int machines, UnaryOperator<Work> faults) {
        this.machines = machines;
        this.faults = faults;
        threads = Executors.newFixedThreadPool(machines);
    }

    @Override
    public void run(Work work, List<KeyedTask> tasks, Receiver receiver) throws IOException {
        Work there = faults.apply(copied(work));
        new Dispatch((batch, ended) -> threads.execute(() -> ended.accept(end(there, copied(batch)))), () -> machines)
                .run(tasks, receiver);
    }

    /** As Spark would: three tries, and the end is sent back. */
    private static Batch.End end(Work work, Batch batch) {
        String reason = "";
        for (int tries = 0; tries < 3; tries++) {
            try {
                return copied(batch.carriedOut(work, "a thread"));
            } catch (IllegalStateException failure) {
                reason = String.valueOf(failure.getMessage());
            }
        }
        return new Batch.Failed(reason);
    }

    @SuppressWarnings("unchecked")
    private static <T> T copied(T thing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(thing);
        } catch (IOException unsendable) {
            throw new AssertionError(unsendable);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        } catch (IOException | ClassNotFoundException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
