package org.idem.training.convolution;

import org.idem.training.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * Cross-correlation of stride 1 between signals on native memory, for one {@link ConvolutionShape}.
 *
 * <p>Inputs carry their margins, so that every kernel position lies inside; outputs have none. The memories of one call
 * do not overlap and have the precision of the convolution. An instance is for one thread at a time.
 */
public interface Convolution {
    /**
     * Overwrites the outputs with the correlation of inputs and weights: output (i, y, x, o) is the sum over a, b, c of
     * weight (a, b, c, o) times input (i, y + a, x + b, c).
     *
     * @param weights in the order for which the convolution was made, {@link WeightOrder#PLAIN} unless it says another
     * @param inputs (image, row, column, channel), margins included
     * @param outputs (image, row, column, output)
     */
    void forward(Memory weights, Memory inputs, Memory outputs);

    /**
     * Whether {@link #backward} looks at the inputs once more.
     *
     * @return false if the caller may overwrite them after {@link #forward}
     */
    default boolean readsInputsAgain() {
        return true;
    }

    /**
     * Overwrites the gradients with respect to weights and inputs. To be called after {@link #forward} with the same
     * weights and inputs, from which an implementation may have kept intermediate results.
     *
     * @param weights as given to {@link #forward}
     * @param inputs as given to {@link #forward}; of any content unless {@link #readsInputsAgain}
     * @param outputGradient in the order of the outputs
     * @param weightGradient in the order of the weights
     * @param inputGradient in the order of the inputs, margins included; null if it is not wanted
     */
    void backward(
            Memory weights,
            Memory inputs,
            Memory outputGradient,
            Memory weightGradient,
            @Nullable Memory inputGradient);
}
