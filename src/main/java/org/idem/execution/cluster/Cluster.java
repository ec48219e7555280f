package org.idem.execution.cluster;

import java.io.IOException;
import java.util.List;

/** Machines that do tasks for this program. Closing it gives them back. */
public interface Cluster extends AutoCloseable {
    /** Finds machines when it is known what a task needs. */
    @FunctionalInterface
    interface Opening {
        /**
         * Connects.
         *
         * @param needs of the greediest task
         * @return the machines
         * @throws IOException in one line, if they cannot be had
         */
        Cluster open(Needs needs) throws IOException;
    }

    /**
     * Does every task once, those first in the list first. What is lost with a machine is done again by another.
     *
     * @param work what is done for each task
     * @param tasks of different keys
     * @param receiver takes results as they come
     * @throws IOException in one line, if the machines are lost for good or cannot do the work, or what the receiver
     *     threw
     */
    void run(Work work, List<KeyedTask> tasks, Receiver receiver) throws IOException;

    @Override
    void close();
}
