package org.idem.training;

import java.util.Arrays;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Cnn;
import org.idem.network.Network;
import org.idem.network.Padding;

/**
 * A batch of inputs laid out for the forward and backward pass, with its outputs and their gradient.
 *
 * <p>Images are unfolded in the horizontal direction only: entry (row, image, column, channel·K + right) is the pixel
 * {@code right} places further. The rows that one kernel row meets are then one contiguous matrix, so a pass is K
 * matrix products on memory K times the image. An FCN is the case of one such matrix. Outputs are stored (row, image,
 * column, output).
 */
final class Batch {
    private final Network network;
    private final int[] outputShape;
    private final int sites;
    private final int taps;
    private final int width;
    private final Memory[] inputs;
    private final Memory ones;
    private final Memory outputs;

    Batch(Network network, Array array, Precision precision) {
        this.network = network;
        outputShape = network.outputShape(array.shape());
        if (network instanceof Cnn cnn) {
            taps = cnn.kernel();
            width = cnn.channels() * cnn.kernel();
            sites = outputShape[0] * outputShape[2] * outputShape[3];
            Memory unfolded = Memory.of(unfold(cnn, array), precision);
            inputs = new Memory[taps];
            for (int tap = 0; tap < taps; tap++) {
                inputs[tap] = unfolded.from((long) tap * outputShape[0] * outputShape[3] * width);
            }
        } else {
            taps = 1;
            width = network.fanIn();
            sites = outputShape[0];
            inputs = new Memory[] {Memory.of(array.values(), precision)};
        }
        double[] one = new double[sites];
        Arrays.fill(one, 1);
        ones = Memory.of(one, precision);
        outputs = Memory.allocate((long) sites * network.outputs(), precision);
    }

    private double[] unfold(Cnn cnn, Array images) {
        int count = images.size(0);
        int height = images.size(2);
        int breadth = images.size(3);
        int outWidth = outputShape[3];
        boolean wraps = cnn.padding() == Padding.CIRCULAR;
        int margin = cnn.padding() == Padding.VALID ? 0 : (cnn.kernel() - 1) / 2;
        int rows = outputShape[2] + cnn.kernel() - 1;
        double[] unfolded = new double[Math.multiplyExact(rows * count, outWidth * width)];
        int next = 0;
        for (int row = 0; row < rows; row++) {
            int y = wraps ? Math.floorMod(row - margin, height) : row - margin;
            for (int image = 0; image < count; image++) {
                for (int column = 0; column < outWidth; column++) {
                    for (int channel = 0; channel < cnn.channels(); channel++) {
                        for (int right = 0; right < cnn.kernel(); right++, next++) {
                            int x = column + right - margin;
                            x = wraps ? Math.floorMod(x, breadth) : x;
                            if (y >= 0 && y < height && x >= 0 && x < breadth) {
                                unfolded[next] = images.values()[
                                        ((image * cnn.channels() + channel) * height + y) * breadth + x];
                            }
                        }
                    }
                }
            }
        }
        return unfolded;
    }

    /** Place of a weight in the order of the passes: by kernel row, (row, output, channel, column). */
    private static int weightIndex(Network network, int index) {
        if (!(network instanceof Cnn cnn)) {
            return index;
        }
        int side = cnn.kernel();
        int right = index % side;
        int down = index / side % side;
        int channel = index / (side * side) % cnn.channels();
        int output = index / (side * side * cnn.channels());
        return ((down * cnn.outputs() + output) * cnn.channels() + channel) * side + right;
    }

    static double[] weightsToPassOrder(Network network, Array weights) {
        double[] ordered = new double[weights.length()];
        for (int i = 0; i < ordered.length; i++) {
            ordered[weightIndex(network, i)] = weights.values()[i];
        }
        return ordered;
    }

    /** Reads the weights from the start of the stored parameters. */
    static Array weightsFromPassOrder(Network network, double[] stored) {
        Array weights = Array.zeros(network.weightShape());
        for (int i = 0; i < weights.length(); i++) {
            weights.values()[i] = stored[weightIndex(network, i)];
        }
        return weights;
    }

    int residuals() {
        return sites * network.outputs();
    }

    /** Puts the network's outputs into the batch's output memory and returns it. */
    Memory forward(Memory weights, Memory bias) {
        int units = network.outputs();
        if (network.bias()) {
            outputs.multiply(false, false, sites, units, 1, 1, ones, bias, 0);
        }
        for (int tap = 0; tap < taps; tap++) {
            boolean first = tap == 0 && !network.bias();
            outputs.multiply(
                    false,
                    true,
                    sites,
                    units,
                    width,
                    1,
                    inputs[tap],
                    weights.from((long) tap * units * width),
                    first ? 0 : 1);
        }
        return outputs;
    }

    /** Adds the loss gradient to the parameter gradient, given the gradient with respect to the outputs. */
    void backward(Memory outputGradient, double factor, Memory weightGradient, Memory biasGradient) {
        int units = network.outputs();
        for (int tap = 0; tap < taps; tap++) {
            weightGradient
                    .from((long) tap * units * width)
                    .multiply(true, false, units, width, sites, factor, outputGradient, inputs[tap], 0);
        }
        if (network.bias()) {
            biasGradient.multiply(true, false, units, 1, sites, factor, outputGradient, ones, 0);
        }
    }

    /** Values in (n, k) or (n, C, H, W) order, from and to the order of the passes. */
    double[] toPassOrder(Array array) {
        double[] ordered = new double[array.length()];
        for (int i = 0; i < ordered.length; i++) {
            ordered[passIndex(i)] = array.values()[i];
        }
        return ordered;
    }

    Array fromPassOrder(Memory memory) {
        double[] ordered = new double[residuals()];
        memory.read(ordered);
        double[] values = new double[ordered.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = ordered[passIndex(i)];
        }
        return Array.of(values, outputShape);
    }

    private int passIndex(int index) {
        if (!(network instanceof Cnn)) {
            return index;
        }
        int column = index % outputShape[3];
        int row = index / outputShape[3] % outputShape[2];
        int channel = index / (outputShape[3] * outputShape[2]) % outputShape[1];
        int image = index / (outputShape[3] * outputShape[2] * outputShape[1]);
        return ((row * outputShape[0] + image) * outputShape[3] + column) * outputShape[1] + channel;
    }
}
