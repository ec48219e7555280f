package org.idem.execution.cluster;

import java.io.IOException;

/** Says why tasks cannot be done on other machines: one line with the rule, what was found, and what to do. */
public final class ClusterException extends IOException {
    /**
     * A refusal.
     *
     * @param line for people; only its first line counts
     */
    public ClusterException(String line) {
        super(line.lines().findFirst().orElse("the cluster gave no reason"));
    }
}
