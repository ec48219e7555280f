package org.idem.execution.cluster;

import java.io.Serializable;

/** What is done for each task. It is copied to every machine and used there by several threads at once. */
public interface Work extends Serializable {
    /**
     * Does a task.
     *
     * @param line of the task
     * @return its result, the same bytes wherever this is done
     * @throws ClusterException in one line, if this machine cannot do such tasks at all
     */
    byte[] result(String line) throws ClusterException;
}
