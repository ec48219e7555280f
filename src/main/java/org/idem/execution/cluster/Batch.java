package org.idem.execution.cluster;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Tasks that go out together.
 *
 * @param tasks at least one
 */
public record Batch(List<KeyedTask> tasks) implements Serializable {
    /** Copies the list into one that can be sent. */
    public Batch {
        tasks = new ArrayList<>(tasks);
    }

    /** How a batch ended. */
    public sealed interface End extends Serializable {}

    /**
     * All tasks were done.
     *
     * @param results one for each, in their order
     * @param nanoseconds that they took, all together, on the machine that did them
     */
    public record Done(List<byte[]> results, long nanoseconds) implements End {}

    /**
     * The batch was tried as often as it may be, in vain.
     *
     * @param reason in one line
     */
    public record Failed(String reason) implements End {}

    /**
     * The machines are lost, or one of them cannot do such work.
     *
     * @param reason in one line
     */
    public record Unable(String reason) implements End {}

    /**
     * Does all tasks here, one after the other.
     *
     * @param work what is done for each
     * @param place name of this machine
     * @return how that ended; what a task throws leaves this method, so that the batch is tried again
     */
    public End carriedOut(Work work, String place) {
        long started = System.nanoTime();
        List<byte[]> results = new ArrayList<>();
        try {
            for (KeyedTask task : tasks) {
                results.add(work.result(task.line()));
            }
        } catch (ClusterException unable) {
            return new Unable(place + ": " + unable.getMessage());
        } catch (LinkageError missing) {
            return new Unable(place + ": a part of the program cannot be loaded there, " + firstLine(missing)
                    + "; the machine must have the processor and operating system of this one");
        }
        return new Done(results, System.nanoTime() - started);
    }

    private static String firstLine(Throwable thrown) {
        return String.valueOf(thrown).lines().findFirst().orElse("");
    }
}
