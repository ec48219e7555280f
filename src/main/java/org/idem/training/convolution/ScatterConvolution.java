package org.idem.training.convolution;

import java.util.Arrays;
import org.idem.array.Precision;
import org.idem.training.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * Convolution as one matrix product of all pixels with the weights of all kernel positions. The products are then added
 * up at the outputs to which they belong: for few output channels.
 */
public final class ScatterConvolution implements Convolution {
    private final ConvolutionShape shape;
    private final int pixels;
    private final int width;
    private final Memory responses;
    private final Memory kernel;
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
        this.shape = shape;
        pixels = shape.images() * shape.rows() * shape.columns();
        width = shape.kernel() * shape.kernel() * shape.outputs();
        scattered = new double[Math.multiplyExact(pixels, width)];
        sums = new double[shape.outputLength()];
        taps = new double[shape.weightLength()];
        ordered = new double[taps.length];
        responses = Memory.allocate(scattered.length, precision);
        kernel = Memory.allocate(taps.length, precision);
    }

    @Override
    public void forward(Memory weights, Memory inputs, Memory outputs) {
        weights.load(0, taps, taps.length);
        for (int i = 0; i < taps.length; i++) {
            ordered[byChannel(i)] = taps[i];
        }
        kernel.store(0, ordered, ordered.length);
        responses.multiply(false, false, pixels, width, shape.channels(), 1, inputs, kernel, 0);
        responses.load(0, scattered, scattered.length);
        Arrays.fill(sums, 0);
        forEachTap((response, output) -> {
            for (int i = 0; i < shape.outputs(); i++) {
                sums[output + i] += scattered[response + i];
            }
        });
        outputs.store(0, sums, sums.length);
    }

    @Override
    public void backward(
            Memory weights,
            Memory inputs,
            Memory outputGradient,
            Memory weightGradient,
            @Nullable Memory inputGradient) {
        outputGradient.load(0, sums, sums.length);
        Arrays.fill(scattered, 0);
        forEachTap((response, output) -> System.arraycopy(sums, output, scattered, response, shape.outputs()));
        responses.store(0, scattered, scattered.length);
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

    /** What one pixel adds to the outputs of one site through one kernel position. */
    private interface TapVisitor {
        void tap(int response, int output);
    }

    private void forEachTap(TapVisitor visitor) {
        int output = 0;
        for (int image = 0; image < shape.images(); image++) {
            for (int row = 0; row < shape.outputRows(); row++) {
                for (int column = 0; column < shape.outputColumns(); column++, output += shape.outputs()) {
                    for (int tap = 0; tap < shape.kernel() * shape.kernel(); tap++) {
                        int pixel = (image * shape.rows() + row + tap / shape.kernel()) * shape.columns()
                                + column
                                + tap % shape.kernel();
                        visitor.tap(pixel * width + tap * shape.outputs(), output);
                    }
                }
            }
        }
    }
}
