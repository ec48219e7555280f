package org.idem.spark;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.idem.execution.Shutdown;
import org.idem.execution.cluster.Cluster;
import org.idem.execution.cluster.ClusterEngine;
import org.idem.execution.cluster.ClusterException;
import org.idem.execution.cluster.Needs;

/** Connects to a standalone cluster of Spark, or starts Spark's own threads here. */
public final class SparkEngine implements ClusterEngine {
    /** Why a cluster is refused that never answered. */
    static final String NO_MASTER = "what listens there gives no answer that Spark understands";

    /** Is found as a service. */
    public SparkEngine() {}

    @Override
    public Cluster open(String master, Path home, Needs needs) throws IOException {
        Settings settings = new Settings(needs);
        SparkConf configuration = master.startsWith("local")
                ? settings.here(master)
                : settings.elsewhere(master, home, MasterAddress.reached(master));
        JavaSparkContext context;
        try {
            context = new JavaSparkContext(configuration);
        } catch (RuntimeException refused) {
            Shutdown.await();
            throw refusal(master, firstLine(refused));
        }
        // Spark gives up in a thread of its own
        if (context.sc().isStopped()) {
            Shutdown.await();
            throw refusal(master, NO_MASTER);
        }
        return new SparkCluster(context, master, settings.processors());
    }

    /** In one line, why a cluster cannot be used. */
    static ClusterException refusal(String master, String reason) {
        return new ClusterException("--spark: the cluster at " + master + " does not take this program, " + reason
                + "; its master must be alive, and its Spark of version " + SparkCluster.VERSION + " on Scala 2.13");
    }

    /** The first line of what was thrown. */
    static String firstLine(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null
                ? thrown.getClass().getSimpleName()
                : message.lines().findFirst().orElse("").strip();
    }
}
