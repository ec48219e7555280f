package org.idem.execution.cluster;

import java.io.IOException;
import java.util.List;

/** Takes results as they come, in any order, on one thread. */
public interface Receiver {
    /**
     * Some tasks are done.
     *
     * @param tasks which
     * @param results bytes of each, in their order
     * @throws IOException if a result cannot be kept; no further task is begun then
     */
    void done(List<KeyedTask> tasks, List<byte[]> results) throws IOException;

    /**
     * A task failed as often as it was tried.
     *
     * @param task which
     * @param reason in one line
     * @throws IOException if that cannot be kept
     */
    void failed(KeyedTask task, String reason) throws IOException;

    /**
     * No result has come yet; is called about every second until one does.
     *
     * @param what is waited for, in a few words
     */
    void waiting(String what);
}
