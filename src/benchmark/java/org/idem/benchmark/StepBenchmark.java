package org.idem.benchmark;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Time of a training step, mean over 10 in a row. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StepBenchmark {
    private static final int STEPS = 10;

    /** What is trained. */
    @Param({
        "kind=fcn units=784,784 precision=float64",
        "kind=fcn units=784,784 precision=float32",
        "kind=cnn units=3,3 kernel=5 size=28 precision=float64 engine=one-layer",
        "kind=fcn units=16,16 networks=256 precision=float64 engine=together",
        "kind=cnn units=1,1 kernel=3 size=8 networks=256 precision=float64 engine=together",
        "kind=fcn units=784,2048,2048,2048,2048,2048,784 precision=float32",
        "kind=cnn units=1,128,128,128,128,1 kernel=5 size=28 precision=float32"
    })
    public String workload = "";

    /** Threads that training may use. */
    @Param("1")
    public int threads;

    private Training training = steps -> Double.NaN;

    /** Default constructor, which JMH calls. */
    public StepBenchmark() {}

    /** Draws weights and allocates memory. */
    @Setup
    public void prepare() {
        training = Training.start(Workload.parse(Arrays.asList(workload.split(" "))), threads);
    }

    /**
     * Forward pass, loss, backward pass, update.
     *
     * @return the loss
     */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public double step() {
        return training.run(STEPS);
    }
}
