package org.idem.spark;

import java.io.Serializable;
import org.apache.spark.SparkEnv;
import org.apache.spark.broadcast.Broadcast;
import org.idem.execution.cluster.Batch;
import org.idem.execution.cluster.Work;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** What an executor does with a batch. */
final class BatchJob extends AbstractFunction1<Iterator<Batch>, Batch.End> implements Serializable {
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
        return only.next().carriedOut(work.value(), place);
    }
}
