package org.idem.network;

import java.util.Arrays;

/**
 * One convolutional linear layer of stride 1: cross-correlation as frameworks compute it. Inputs (n, C, H, W), weights
 * (C_out, C, K, K), outputs (n, C_out, H', W').
 *
 * @param channels input channels C, at least 1
 * @param outputs output channels C_out, at least 1
 * @param kernel side K of the kernel, odd
 * @param padding what lies beyond the border
 * @param bias whether one constant per output channel is trained
 */
public record Cnn(int channels, int outputs, int kernel, Padding padding, boolean bias) implements LinearMap {
    /** Checks the sizes. */
    public Cnn {
        if (channels < 1 || outputs < 1) {
            throw new IllegalArgumentException(
                    "a CNN needs at least one channel on each side, got " + channels + " and " + outputs);
        }
        if (kernel < 1 || kernel % 2 == 0) {
            throw new IllegalArgumentException("the kernel must be odd and positive, got " + kernel);
        }
    }

    @Override
    public int fanIn() {
        return Math.multiplyExact(channels, Math.multiplyExact(kernel, kernel));
    }

    @Override
    public int fanOut() {
        return Math.multiplyExact(outputs, Math.multiplyExact(kernel, kernel));
    }

    @Override
    public int[] weightShape() {
        return new int[] {outputs, channels, kernel, kernel};
    }

    @Override
    public int[] outputShape(int[] inputShape) {
        if (inputShape.length != 4 || inputShape[1] != channels) {
            throw new IllegalArgumentException(
                    "inputs must have shape (n, " + channels + ", H, W), got " + Arrays.toString(inputShape));
        }
        int height = padding.outputSize(inputShape[2], kernel);
        int width = padding.outputSize(inputShape[3], kernel);
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException("with valid padding a kernel of side " + kernel
                    + " must fit into the image, got an image of " + inputShape[2] + " x " + inputShape[3]);
        }
        return new int[] {inputShape[0], outputs, height, width};
    }
}
