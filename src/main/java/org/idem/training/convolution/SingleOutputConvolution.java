package org.idem.training.convolution;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.idem.training.memory.Float32Memory;
import org.idem.training.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * Convolution in 32 bits to one output: one matrix product of the weights (kernel position, channel) with all pixels of
 * an image, whose rows are shifted and added. Gradients are products with shifted copies of the outputs' gradient.
 *
 * <p>Sums run over all columns of the inputs; those beyond the outputs' columns are made, too, and not used.
 */
final class SingleOutputConvolution implements Convolution {
    private final ConvolutionShape shape;
    private final int taps;

    /** Pixels of an image. */
    private final int pixels;

    /** From the first to the last pixel that the kernel's first position meets. */
    private final int sites;

    private final WinogradScratch.Native responses;

    /** Shifted gradients, zeros where none was ever written. */
    private final WinogradScratch.Native shifts;

    private final float[] wide;
    private final float[] response;

    /** @param shape sizes, one output */
    SingleOutputConvolution(ConvolutionShape shape) {
        if (shape.outputs() != 1) {
            throw new IllegalArgumentException("outputs must be 1, got " + shape.outputs());
        }
        this.shape = shape;
        taps = shape.kernel() * shape.kernel();
        pixels = shape.rows() * shape.columns();
        sites = pixels - (shape.kernel() - 1) * (shape.columns() + 1);
        responses = new WinogradScratch.Native(Math.multiplyExact(taps, pixels));
        shifts = new WinogradScratch.Native(Math.multiplyExact(taps, pixels));
        wide = new float[sites];
        response = new float[sites];
    }

    @Override
    public void forward(Memory weights, Memory inputs, Memory outputs) {
        // buffers do not keep their memory alive
        try {
            FloatBuffer out = ((Float32Memory) outputs).buffer(shape.outputLength());
            for (int image = 0; image < shape.images(); image++) {
                responses
                        .memory()
                        .multiply(false, true, taps, pixels, shape.channels(), 1, weights, imageOf(inputs, image), 0);
                Arrays.fill(wide, 0);
                for (int tap = 0; tap < taps; tap++) {
                    responses.buffer().get(place(tap), response, 0, sites);
                    add(wide, response, sites);
                }
                for (int row = 0; row < shape.outputRows(); row++) {
                    out.put(outputAt(image, row), wide, row * shape.columns(), shape.outputColumns());
                }
            }
        } finally {
            Reference.reachabilityFence(outputs);
        }
    }

    @Override
    public void backward(
            Memory weights,
            Memory inputs,
            Memory outputGradient,
            Memory weightGradient,
            @Nullable Memory inputGradient) {
        // buffers do not keep their memory alive
        try {
            FloatBuffer out = ((Float32Memory) outputGradient).buffer(shape.outputLength());
            Arrays.fill(wide, 0);
            for (int image = 0; image < shape.images(); image++) {
                for (int row = 0; row < shape.outputRows(); row++) {
                    out.get(outputAt(image, row), wide, row * shape.columns(), shape.outputColumns());
                }
                for (int tap = 0; tap < taps; tap++) {
                    shifts.buffer().put(place(tap), wide, 0, sites);
                }
                weightGradient.multiply(
                        false,
                        false,
                        taps,
                        shape.channels(),
                        pixels,
                        1,
                        shifts.memory(),
                        imageOf(inputs, image),
                        image == 0 ? 0 : 1);
                if (inputGradient != null) {
                    imageOf(inputGradient, image)
                            .multiply(true, false, pixels, shape.channels(), taps, 1, shifts.memory(), weights, 0);
                }
            }
        } finally {
            Reference.reachabilityFence(outputGradient);
        }
    }

    private Memory imageOf(Memory images, int image) {
        return images.from((long) image * pixels * shape.channels());
    }

    private int outputAt(int image, int row) {
        return (image * shape.outputRows() + row) * shape.outputColumns();
    }

    /** Where the first site's pixel of a kernel position is. */
    private int place(int tap) {
        return tap * pixels + tap / shape.kernel() * shape.columns() + tap % shape.kernel();
    }

    private static void add(float[] to, float[] from, int n) {
        for (int i = 0; i < n; i++) {
            to[i] += from[i];
        }
    }
}
