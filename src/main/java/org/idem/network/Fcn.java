package org.idem.network;

import java.util.Arrays;

/**
 * One fully connected linear layer f(x) = W x + b; inputs (n, d), weights (k, d), outputs (n, k).
 *
 * @param inputs d, at least 1
 * @param outputs k, at least 1
 * @param bias whether b is trained
 */
public record Fcn(int inputs, int outputs, boolean bias) implements LinearMap {
    /** Checks the sizes. */
    public Fcn {
        if (inputs < 1 || outputs < 1) {
            throw new IllegalArgumentException(
                    "an FCN needs at least one input and output, got " + inputs + " and " + outputs);
        }
    }

    @Override
    public int fanIn() {
        return inputs;
    }

    @Override
    public int fanOut() {
        return outputs;
    }

    @Override
    public int[] weightShape() {
        return new int[] {outputs, inputs};
    }

    @Override
    public int[] outputShape(int[] inputShape) {
        if (inputShape.length != 2 || inputShape[1] != inputs) {
            throw new IllegalArgumentException(
                    "inputs must have shape (n, " + inputs + "), got " + Arrays.toString(inputShape));
        }
        return new int[] {inputShape[0], outputs};
    }
}
