package org.idem.spark;

import java.io.IOException;
import java.io.Serializable;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkFiles;
import org.apache.spark.broadcast.Broadcast;
import org.idem.execution.cluster.Batch;
import org.idem.execution.cluster.Work;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** What an executor does with a batch. */
final class BatchJob extends AbstractFunction1<Iterator<Batch>, Batch.End> implements Serializable {
    /** What Spark calls this process where it works itself. */
    private static final String DRIVER = "driver";

    private final Broadcast<Work> work;
    private final String version;

    BatchJob(Broadcast<Work> work, String version) {
        this.work = work;
        this.version = version;
    }

    @Override
    public Batch.End apply(Iterator<Batch> only) {
        String place =
                "the worker " + SparkEnv.get().blockManager().blockManagerId().host();
        if (!version.equals(SparkCluster.VERSION)) {
            return new Batch.Unable(place + " runs Spark " + SparkCluster.VERSION + ", this program Spark " + version
                    + "; both must be of one version");
        }
        Optional<String> own = ownProgram();
        if (own.isPresent()) {
            return new Batch.Unable(place + " has a program of its own at " + own.get()
                    + ", which hides the one that it was sent; take that file away there");
        }
        return only.next().carriedOut(work.value(), place);
    }

    /** Where the program's classes come from, unless that is where Spark puts what it is sent. */
    private static Optional<String> ownProgram() {
        if (SparkEnv.get().executorId().equals(DRIVER)) {
            return Optional.empty();
        }
        CodeSource source = Work.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return Optional.empty();
        }
        String file = source.getLocation().getPath();
        try {
            Path sent = Path.of(SparkFiles.getRootDirectory()).toRealPath();
            boolean own = !Path.of(source.getLocation().toURI()).toRealPath().startsWith(sent);
            return own ? Optional.of(file) : Optional.empty();
        } catch (IOException | URISyntaxException unreadable) {
            return Optional.of(file);
        }
    }
}
