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

/** Time of a training step of a deep network in single precision, mean over some. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DeepStepBenchmark {
    private static final int STEPS = 10;

    /** What is trained. */
    @Param
    public Work work = Work.values()[0];

    /** Threads that training may use. */
    @Param("1")
    public int threads;

    private Training training = steps -> Double.NaN;

    /** What is trained. */
    public enum Work {
        /** Five hidden layers of 2048 units. */
        FCN_5X2048("kind=fcn units=784,2048,2048,2048,2048,2048,784 precision=float32"),
        /** Five layers, 128 channels, 28×28 pixels. */
        CNN_5X5("kind=cnn units=1,128,128,128,128,1 kernel=5 size=28 precision=float32"),
        /** The same with small kernels. */
        CNN_3X3("kind=cnn units=1,128,128,128,128,1 kernel=3 size=28 precision=float32");
        private final String words;

        Work(String words) {
            this.words = words;
        }
    }

    /** Made by JMH. */
    public DeepStepBenchmark() {}

    /** Draws weights and allocates memory. */
    @Setup
    public void prepare() {
        training = Training.start(Workload.parse(Arrays.asList(work.words.split(" "))), threads);
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
