package org.idem.training.convolution;

import java.util.Arrays;
import org.idem.array.Precision;
import org.idem.training.memory.GrowingMemory;
import org.idem.training.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * Convolution as one matrix product of all pixels with the weights of all kernel positions. The products are then added
 * up at the outputs to which they belong, row by row of the pixels: for few output channels.
 */
public final class ScatterConvolution implements Convolution {
    private final ConvolutionShape shape;
    private final int pixels;
    private final int width;
    private final GrowingMemory responses;
    private final Memory kernel;
    /** The products of one row of pixels. */
    private final double[] scattered;

    private final double[] sums;
    private final double[] taps;
    private final double[] ordered;

    /**
     * Allocates memory for the products of all pixels with all weights.
     *
     * @param shape sizes
     * @param precision arithmetic of the products over channels; their sums over kernel positions are in 64 bits,
     *     rounded once
     */
    public ScatterConvolution(ConvolutionShape shape, Precision precision) {
        this(shape, precision, new GrowingMemory(0, precision));
    }

    /** @param responses memory for the products */
    ScatterConvolution(ConvolutionShape shape, Precision precision, GrowingMemory responses) {
        this.shape = shape;
        pixels = shape.images() * shape.rows() * shape.columns();
        width = shape.kernel() * shape.kernel() * shape.outputs();
        scattered = new double[Math.multiplyExact(shape.columns(), width)];
        sums = new double[shape.outputLength()];
        taps = new double[shape.weightLength()];
        ordered = new double[taps.length];
        this.responses = responses;
        responses.reserve(Math.multiplyExact(pixels, width));
        kernel = Memory.allocate(taps.length, precision);
    }

    @Override
    public void forward(Memory weights, Memory inputs, Memory outputs) {
        Memory responses = this.responses.memory();
        weights.load(0, taps, taps.length);
        for (int i = 0; i < taps.length; i++) {
            ordered[byChannel(i)] = taps[i];
        }
        kernel.store(0, ordered, ordered.length);
        responses.multiply(false, false, pixels, width, shape.channels(), 1, inputs, kernel, 0);
        Arrays.fill(sums, 0);
        for (int row = 0; row < rows(); row++) {
            responses.load((long) row * scattered.length, scattered, scattered.length);
            forEachTap(row, (response, output) -> {
                for (int i = 0; i < shape.outputs(); i++) {
                    sums[output + i] += scattered[response + i];
                }
            });
        }
        outputs.store(0, sums, sums.length);
    }

    @Override
    public void backward(
            Memory weights,
            Memory inputs,
            Memory outputGradient,
            Memory weightGradient,
            @Nullable Memory inputGradient) {
        Memory responses = this.responses.memory();
        outputGradient.load(0, sums, sums.length);
        for (int row = 0; row < rows(); row++) {
            Arrays.fill(scattered, 0);
            forEachTap(row, (response, output) -> System.arraycopy(sums, output, scattered, response, shape.outputs()));
            responses.store((long) row * scattered.length, scattered, scattered.length);
        }
        if (inputGradient != null) {
            inputGradient.multiply(false, true, pixels, shape.channels(), width, 1, responses, kernel, 0);
        }
        kernel.multiply(true, false, shape.channels(), width, pixels, 1, inputs, responses, 0);
        kernel.load(0, ordered, ordered.length);
        for (int i = 0; i < taps.length; i++) {
            taps[i] = ordered[byChannel(i)];
        }
        weightGradient.store(0, taps, taps.length);
    }

    /** Place in (channel, kernel position, output) order of an index in (kernel position, channel, output) order. */
    private int byChannel(int index) {
        int output = index % shape.outputs();
        int channel = index / shape.outputs() % shape.channels();
        int tap = index / (shape.outputs() * shape.channels());
        return channel * width + tap * shape.outputs() + output;
    }

    /** Rows of pixels, those of all images. */
    private int rows() {
        return shape.images() * shape.rows();
    }

    /** What one pixel adds to the outputs of one site through one kernel position. */
    private interface TapVisitor {
        void tap(int response, int output);
    }

    /** Every output gets what it sees in the order of the kernel's rows and columns, if rows are taken in order. */
    private void forEachTap(int row, TapVisitor visitor) {
        int side = shape.kernel();
        int inImage = row % shape.rows();
        int last = Math.min(side - 1, inImage);
        for (int down = Math.max(0, inImage - shape.outputRows() + 1); down <= last; down++) {
            int first = (row / shape.rows() * shape.outputRows() + inImage - down) * shape.outputColumns();
            for (int column = 0; column < shape.outputColumns(); column++) {
                for (int right = 0; right < side; right++) {
                    int tap = down * side + right;
                    visitor.tap((column + right) * width + tap * shape.outputs(), (first + column) * shape.outputs());
                }
            }
        }
    }
}
