package org.idem.training.convolution;

import org.idem.array.Precision;
import org.idem.training.memory.GrowingMemory;
import org.idem.training.memory.Memory;
import org.idem.training.memory.Segments;
import org.jspecify.annotations.Nullable;

/**
 * Convolution as one matrix product for every kernel position: the whole input, shifted, times the weights there.
 *
 * <p>Products run over all columns of the inputs; those beyond the outputs' columns are computed, too, and not used.
 */
public final class ShiftedConvolution implements Convolution {
    private final ConvolutionShape shape;
    private final int sites;
    private final GrowingMemory wide;
    private final Framed outputs;
    private final Framed gradients;

    /**
     * Allocates memory for outputs at all columns of the inputs.
     *
     * @param shape sizes
     * @param precision arithmetic
     */
    public ShiftedConvolution(ConvolutionShape shape, Precision precision) {
        this(shape, new GrowingMemory(0, precision));
    }

    /** @param wide memory for the outputs at all columns */
    ShiftedConvolution(ConvolutionShape shape, GrowingMemory wide) {
        this.shape = shape;
        int grid = shape.images() * shape.rows() * shape.columns();
        sites = grid - (shape.kernel() - 1) * (shape.columns() + 1);
        this.wide = wide;
        wide.reserve((long) grid * shape.outputs());
        outputs = new Framed();
        gradients = new Framed();
    }

    /** The copies between the caller's outputs and the wide ones, kept as long as the caller passes the same memory. */
    private final class Framed {
        private @Nullable Memory narrow;
        private @Nullable Memory wide;
        private Segments rows = new Segments();

        Segments of(Memory memory, Memory wide) {
            if (narrow != memory || this.wide != wide) {
                narrow = memory;
                this.wide = wide;
                rows = new Segments();
                int length = shape.outputColumns() * shape.outputs();
                for (int image = 0; image < shape.images(); image++) {
                    for (int row = 0; row < shape.outputRows(); row++) {
                        long from = ((long) image * shape.outputRows() + row) * length;
                        long to = ((long) image * shape.rows() + row) * shape.columns() * shape.outputs();
                        rows.add(memory, from, wide, to, length);
                    }
                }
            }
            return rows;
        }
    }

    @Override
    public void forward(Memory weights, Memory inputs, Memory outputs) {
        Memory wide = this.wide.memory();
        for (int tap = 0; tap < taps(); tap++) {
            wide.multiply(
                    false,
                    false,
                    sites,
                    shape.outputs(),
                    shape.channels(),
                    1,
                    shifted(inputs, tap),
                    tapOf(weights, tap),
                    tap == 0 ? 0 : 1);
        }
        this.outputs.of(outputs, wide).copyBack();
    }

    @Override
    public void backward(
            Memory weights,
            Memory inputs,
            Memory outputGradient,
            Memory weightGradient,
            @Nullable Memory inputGradient) {
        Memory wide = this.wide.memory();
        wide.scale(shape.images() * shape.rows() * shape.columns() * shape.outputs(), 0);
        gradients.of(outputGradient, wide).copy();
        if (inputGradient != null) {
            inputGradient.scale(shape.inputLength(), 0);
        }
        for (int tap = 0; tap < taps(); tap++) {
            tapOf(weightGradient, tap)
                    .multiply(true, false, shape.channels(), shape.outputs(), sites, 1, shifted(inputs, tap), wide, 0);
            if (inputGradient != null) {
                shifted(inputGradient, tap)
                        .multiply(
                                false, true, sites, shape.channels(), shape.outputs(), 1, wide, tapOf(weights, tap), 1);
            }
        }
    }

    private int taps() {
        return shape.kernel() * shape.kernel();
    }

    private Memory shifted(Memory inputs, int tap) {
        long pixels = (long) tap / shape.kernel() * shape.columns() + tap % shape.kernel();
        return inputs.from(pixels * shape.channels());
    }

    private Memory tapOf(Memory weights, int tap) {
        return weights.from((long) tap * shape.channels() * shape.outputs());
    }
}
