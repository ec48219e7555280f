package org.idem.training.deep;

import org.idem.array.Precision;
import org.idem.network.Stage;
import org.idem.training.memory.Memory;
import org.jspecify.annotations.Nullable;

/** A fully connected stage: matrix products, or products with vectors where the batch is a single example. */
final class DensePass extends StagePass {
    /** Bytes of a block of weights, which stays in a core's own cache between its two uses. */
    private static final int BLOCK_BYTES = 1 << 17;

    private final int inputs;
    private final int outputs;
    private final int blockRows;

    DensePass(Stage stage, int number, int[] inputShape, PassMemory memory) {
        super(stage, number, stage.map().outputShape(inputShape), memory);
        inputs = stage.map().fanIn();
        outputs = stage.map().outputs();
        int bytes = memory.precision() == Precision.FLOAT32 ? Float.BYTES : Double.BYTES;
        blockRows = Math.max(1, BLOCK_BYTES / bytes / inputs);
    }

    @Override
    void map(Memory weights, Memory inputs, Memory outputs) {
        if (sites() == 1) {
            outputs.multiplyVector(false, this.outputs, this.inputs, 1, weights, inputs, 0);
        } else {
            outputs.multiply(false, true, sites(), this.outputs, this.inputs, 1, inputs, weights, 0);
        }
    }

    @Override
    void differentiate(
            Memory weights,
            Memory inputs,
            Memory outputGradient,
            Memory weightGradient,
            @Nullable Memory inputGradient) {
        weightGradient.multiply(true, false, outputs, this.inputs, sites(), 1, outputGradient, inputs, 0);
        if (inputGradient != null) {
            inputGradient.multiply(false, false, sites(), this.inputs, outputs, 1, outputGradient, weights, 0);
        }
    }

    /**
     * Backward pass and step in one, for a single example. While a block of weights is in cache, it adds its part to
     * the inputs' gradient and then takes its step; the whole gradient of the weights is never stored.
     */
    void move(DenseStep step, int stage, Memory weights, Memory inputs, Memory delta, @Nullable Memory inputGradient) {
        if (inputGradient != null) {
            inputGradient.scale(this.inputs, 0);
        }
        for (int row = 0; row < outputs; row += blockRows) {
            int rows = Math.min(blockRows, outputs - row);
            Memory block = weights.from((long) row * this.inputs);
            Memory part = delta.from(row);
            if (inputGradient != null) {
                inputGradient.multiplyVector(true, rows, this.inputs, 1, block, part, 1);
            }
            step.weights(stage, row * this.inputs, block, part, rows, inputs, this.inputs);
        }
    }
}
