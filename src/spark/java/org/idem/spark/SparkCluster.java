package org.idem.spark;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.idem.execution.Shutdown;
import org.idem.execution.cluster.Batch;
import org.idem.execution.cluster.Cluster;
import org.idem.execution.cluster.ClusterException;
import org.idem.execution.cluster.Dispatch;
import org.idem.execution.cluster.KeyedTask;
import org.idem.execution.cluster.Receiver;
import org.idem.execution.cluster.Work;
import scala.collection.immutable.Seq;
import scala.concurrent.ExecutionContext;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction0;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;
import scala.util.Failure;
import scala.util.Try;

/** A connection to Spark. */
final class SparkCluster implements Cluster {
    /** Version of Spark that this program is built with. */
    static final String VERSION = org.apache.spark.package$.MODULE$.SPARK_VERSION();

    /** Spark's words for a task that was tried as often as it may be. */
    private static final Pattern TRIED = Pattern.compile("Task \\d+ in stage \\S+ failed \\d+ times");

    /** A machine on which classes cannot be loaded fails every task. */
    private static final Pattern FOREIGN =
            Pattern.compile("ClassNotFoundException|NoClassDefFoundError|InvalidClassException|UnsatisfiedLinkError");

    private static final Seq<Object> THE_ONLY_PARTITION =
            CollectionConverters.asScala(List.<Object>of(0)).toSeq();

    private final JavaSparkContext context;
    private final String master;
    private final int processors;

    /** Whether any batch came back. */
    private volatile boolean answered;

    /** Takes over a context, in which a task has so many processors. */
    SparkCluster(JavaSparkContext context, String master, int processors) {
        this.context = context;
        this.master = master;
        this.processors = processors;
    }

    @Override
    public void run(Work work, List<KeyedTask> tasks, Receiver receiver) throws IOException {
        try {
            Broadcast<Work> everywhere = context.broadcast(work);
            SparkContext spark = context.sc();
            new Dispatch(
                            (batch, ended) -> send(spark, new BatchJob(everywhere, VERSION), batch, ended),
                            () -> spark.defaultParallelism() / processors)
                    .run(tasks, receiver);
        } catch (IllegalStateException stopped) {
            Shutdown.await();
            if (!context.sc().isStopped()) {
                throw stopped;
            }
            throw answered
                    ? new ClusterException(lost("its master is gone"))
                    : SparkEngine.refusal(master, SparkEngine.NO_MASTER);
        } catch (ClusterException lost) {
            Shutdown.await();
            throw lost;
        }
    }

    private void send(SparkContext spark, BatchJob job, Batch batch, Consumer<Batch.End> ended) {
        AtomicReference<Batch.End> result = new AtomicReference<>();
        spark.submitJob(
                        context.parallelize(List.of(batch), 1).rdd(),
                        job,
                        THE_ONLY_PARTITION,
                        new AbstractFunction2<Object, Batch.End, BoxedUnit>() {
                            @Override
                            public BoxedUnit apply(Object partition, Batch.End end) {
                                result.set(end);
                                answered = true;
                                return BoxedUnit.UNIT;
                            }
                        },
                        new AbstractFunction0<BoxedUnit>() {
                            @Override
                            public BoxedUnit apply() {
                                return BoxedUnit.UNIT;
                            }
                        })
                .onComplete(
                        new AbstractFunction1<Try<BoxedUnit>, BoxedUnit>() {
                            @Override
                            public BoxedUnit apply(Try<BoxedUnit> done) {
                                ended.accept(
                                        done instanceof Failure<BoxedUnit> failure
                                                ? end(failure.exception())
                                                : result.get());
                                return BoxedUnit.UNIT;
                            }
                        },
                        ExecutionContext.fromExecutor(Runnable::run));
    }

    private Batch.End end(Throwable failure) {
        String line = SparkEngine.firstLine(failure);
        Matcher foreign = FOREIGN.matcher(line);
        if (foreign.find()) {
            return new Batch.Unable(lost("a worker cannot load what it was sent; all workers must have Spark " + VERSION
                    + " for Scala 2.13, on Java 17 or newer, and no program of their own beside the one that they are"
                    + " sent, got " + line.substring(foreign.start())));
        }
        return TRIED.matcher(line).find() ? new Batch.Failed(line) : new Batch.Unable(lost(line));
    }

    private String lost(String reason) {
        return "--spark: the cluster at " + master + " ended this program, " + reason
                + "; what was done is kept, and the same command goes on with the rest";
    }

    @Override
    public void close() {
        context.stop();
    }
}
