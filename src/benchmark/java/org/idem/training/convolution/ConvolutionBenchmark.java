package org.idem.training.convolution;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.idem.array.Precision;
import org.idem.training.memory.Memory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Time of the passes of one convolutional layer on a 28×28 image, for every way of computing them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ConvolutionBenchmark {
    /** How it is computed. */
    @Param
    public Way way = Way.SHIFTED;

    /** Channels in and out. */
    @Param("128")
    public int channels;

    /** Side of the kernel. */
    @Param({"3", "5"})
    public int kernel;

    /** Arithmetic; {@code -p precision=FLOAT64} for double precision, without WINOGRAD and ONE_DNN. */
    @Param("FLOAT32")
    public Precision precision = Precision.FLOAT32;

    private Runnable forward = () -> {};
    private Runnable backward = () -> {};

    /** Ways to compute a convolution. */
    public enum Way {
        /** One product per kernel position. */
        SHIFTED(ShiftedConvolution::new),
        /** One product with unfolded patches. */
        PATCHES(PatchConvolution::new),
        /** One product whose results are scattered. */
        SCATTER(ScatterConvolution::new),
        /** Products of transformed tiles, in single precision only. */
        WINOGRAD((shape, precision) -> new WinogradConvolution(shape, 1)),
        /** oneDNN's direct kernels, in single precision only. */
        ONE_DNN((shape, precision) -> OneDnnConvolution.of(shape, WeightOrder.PLAIN, 1));

        private final BiFunction<ConvolutionShape, Precision, Convolution> maker;

        Way(BiFunction<ConvolutionShape, Precision, Convolution> maker) {
            this.maker = maker;
        }
    }

    /** Made by JMH. */
    public ConvolutionBenchmark() {}

    /** Fills all memory with numbers in [−1, 1). */
    @Setup
    public void prepare() {
        int side = 28 + kernel - 1;
        ConvolutionShape shape = new ConvolutionShape(1, side, side, channels, channels, kernel);
        Convolution convolution = way.maker.apply(shape, precision);
        SplittableRandom random = new SplittableRandom(1);
        Memory weights = drawn(shape.weightLength(), random);
        Memory inputs = drawn(shape.inputLength(), random);
        Memory outputGradient = drawn(shape.outputLength(), random);
        Memory outputs = Memory.allocate(shape.outputLength(), precision);
        Memory weightGradient = Memory.allocate(shape.weightLength(), precision);
        Memory inputGradient = Memory.allocate(shape.inputLength(), precision);
        forward = () -> convolution.forward(weights, inputs, outputs);
        backward = () -> convolution.backward(weights, inputs, outputGradient, weightGradient, inputGradient);
        forward.run();
    }

    private Memory drawn(int length, SplittableRandom random) {
        return Memory.of(random.doubles(length, -1, 1).toArray(), precision);
    }

    /** Outputs. */
    @Benchmark
    public void forward() {
        forward.run();
    }

    /** Gradients of weights and inputs. */
    @Benchmark
    public void backward() {
        backward.run();
    }
}
