package org.idem.execution.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/** Makes clusters of machines; there is one where the program was built with it. */
public interface ClusterEngine {
    /**
     * The engine of this program.
     *
     * @return empty if it was built without
     */
    static Optional<ClusterEngine> find() {
        return ServiceLoader.load(ClusterEngine.class).findFirst();
    }

    /**
     * Connects to machines.
     *
     * @param master where they are, as the engine names them
     * @param home folder of the program, whose files the machines get
     * @param needs of a task
     * @return the machines
     * @throws IOException in one line, if they cannot be had
     */
    Cluster open(String master, Path home, Needs needs) throws IOException;
}
