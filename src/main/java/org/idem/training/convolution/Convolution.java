package org.idem.training.convolution;

import org.idem.training.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * Cross-correlation of stride 1 between signals on native memory, for one {@link ConvolutionShape}.
 *
 * <p>Inputs are stored (image, row, column, channel) with their margins, so that every kernel position lies inside;
 * outputs and their gradients (image, row, column, output) without margins; weights (kernel row, kernel column,
 * channel, output).
 */
public interface Convolution {
    /** Overwrites the outputs with the correlation of inputs and weights. */
    void forward(Memory weights, Memory inputs, Memory outputs);

    /**
     * Overwrites the gradients with respect to weights and, unless null, inputs with their margins. Called after
     * {@link #forward} with the same weights and inputs, from which an implementation may have kept intermediate
     * results.
     */
    void backward(
            Memory weights,
            Memory inputs,
            Memory outputGradient,
            Memory weightGradient,
            @Nullable Memory inputGradient);
}
