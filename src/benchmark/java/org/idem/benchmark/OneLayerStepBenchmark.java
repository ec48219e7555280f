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

/** Time of a training step of one layer, all networks together where they are many; mean over many steps. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class OneLayerStepBenchmark {
    private static final int STEPS = 1000;

    /** What is trained. */
    @Param
    public Work work = Work.values()[0];

    /** Threads that training may use. */
    @Param("1")
    public int threads;

    private Training training = steps -> Double.NaN;

    /** What is trained. */
    public enum Work {
        /** 784 units, one example. */
        FCN_784("kind=fcn units=784,784 precision=float64"),
        /** The same in single precision. */
        FCN_784_FLOAT32("kind=fcn units=784,784 precision=float32"),
        /** Three channels, 28×28 pixels. */
        CNN_5X5("kind=cnn units=3,3 kernel=5 size=28 precision=float64 engine=one-layer"),
        /** 256 networks of 16 units. */
        FCNS_16("kind=fcn units=16,16 networks=256 precision=float64 engine=together"),
        /** 256 networks on 8×8 pixels. */
        CNNS_3X3("kind=cnn units=1,1 kernel=3 size=8 networks=256 precision=float64 engine=together");
        private final String words;

        Work(String words) {
            this.words = words;
        }
    }

    /** Made by JMH. */
    public OneLayerStepBenchmark() {}

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
