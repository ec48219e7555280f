package org.idem.execution.cluster;

import java.io.Serializable;

/**
 * One of many independent tasks.
 *
 * @param key by which its result is known
 * @param line what is to be done
 * @param cost how long it takes, in any unit that all tasks of a run share; at least 0
 */
public record KeyedTask(String key, String line, double cost) implements Serializable {
    /** Checks the cost; a NaN fails. */
    public KeyedTask {
        if (!(cost >= 0)) {
            throw new IllegalArgumentException("the cost of a task must be at least 0, got " + cost);
        }
    }
}
