package org.idem.training.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Cnn;
import org.idem.network.LinearMap;
import org.idem.network.Padding;
import org.idem.training.memory.Memory;

/**
 * A batch of inputs laid out for the forward and backward pass, with its outputs and their gradient.
 *
 * <p>Images are unfolded in the horizontal direction only: entry (row, image, column, channel·K + right) is the pixel
 * {@code right} places further. The rows that one kernel row meets are then one contiguous matrix, so a pass is K
 * matrix products on memory K times the image. An FCN is the case of one such matrix. Outputs are stored (row, image,
 * column, output).
 */
public final class Batch {
    private final LinearMap network;
    private final int[] outputShape;
    private final int sites;
    private final int width;
    private final List<Strip> strips = new ArrayList<>();
    private final Memory ones;
    private final Memory outputs;

    /** What one kernel row multiplies, and where the products go. */
    private record Strip(int row, int sites, Memory inputs, Memory outputs) {}

    /**
     * Lays inputs out.
     *
     * @param network layer that will run on them
     * @param array inputs (n, d) or (n, C, H, W); rounded to the precision
     * @param precision format of inputs and outputs
     */
    public Batch(LinearMap network, Array array, Precision precision) {
        this.network = network;
        outputShape = network.outputShape(array.shape());
        sites = Array.lengthOf(outputShape) / network.outputs();
        outputs = Memory.allocate(residuals(), precision);
        double[] one = new double[sites];
        Arrays.fill(one, 1);
        ones = Memory.of(one, precision);
        if (network instanceof Cnn cnn) {
            width = cnn.channels() * cnn.kernel();
            double[] unfolded = unfold(cnn, array);
            Memory memory = Memory.of(unfolded, precision);
            for (int row = 0; row < cnn.kernel(); row++) {
                addStrip(row, unfolded, memory);
            }
        } else {
            width = network.fanIn();
            strips.add(new Strip(0, sites, Memory.of(array.values(), precision), outputs));
        }
    }

    /** Adds the output rows in which one kernel row meets pixels; rows of zeros above and below are left out. */
    private void addStrip(int kernelRow, double[] unfolded, Memory memory) {
        int sitesPerRow = outputShape[0] * outputShape[3];
        int first = 0;
        int last = outputShape[2];
        while (first < last && isBlank(unfolded, (kernelRow + first) * sitesPerRow * width, sitesPerRow * width)) {
            first++;
        }
        while (last > first && isBlank(unfolded, (kernelRow + last - 1) * sitesPerRow * width, sitesPerRow * width)) {
            last--;
        }
        if (last > first) {
            strips.add(new Strip(
                    kernelRow,
                    (last - first) * sitesPerRow,
                    memory.from((long) (kernelRow + first) * sitesPerRow * width),
                    outputs.from((long) first * sitesPerRow * network.outputs())));
        }
    }

    private static boolean isBlank(double[] values, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (values[i] != 0) {
                return false;
            }
        }
        return true;
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

    int residuals() {
        return sites * network.outputs();
    }

    /**
     * Computes the network's outputs.
     *
     * @param parameters of the network, in the batch's precision
     * @return live outputs (row, image, column, output), which {@link #backward} takes as the gradient if the caller
     *     overwrites them
     */
    public Memory forward(Parameters parameters) {
        int units = network.outputs();
        if (network.bias()) {
            outputs.multiply(false, false, sites, units, 1, 1, ones, parameters.bias(), 0);
        } else {
            outputs.scale(residuals(), 0);
        }
        for (Strip strip : strips) {
            strip.outputs.multiply(
                    false, true, strip.sites, units, width, 1, strip.inputs, parameters.row(strip.row), 1);
        }
        return outputs;
    }

    /**
     * Computes the gradient with respect to the parameters from the gradient with respect to the outputs, which stands
     * in the output memory.
     *
     * @param factor multiplies the gradient with respect to the outputs
     * @param gradient overwritten
     */
    void backward(double factor, Parameters gradient) {
        int units = network.outputs();
        gradient.all().scale(gradient.count(), 0);
        for (Strip strip : strips) {
            gradient.row(strip.row)
                    .multiply(true, false, units, width, strip.sites, factor, strip.outputs, strip.inputs, 0);
        }
        if (network.bias()) {
            gradient.bias().multiply(true, false, units, 1, sites, factor, outputs, ones, 0);
        }
    }

    /** Values of an array (n, k) or (n, C, H, W) in the order of the outputs, (row, image, column, output). */
    double[] toPassOrder(Array array) {
        double[] ordered = new double[array.length()];
        for (int i = 0; i < ordered.length; i++) {
            ordered[passIndex(i)] = array.values()[i];
        }
        return ordered;
    }

    /**
     * The array of numbers in the order of the outputs.
     *
     * @param memory (row, image, column, output)
     * @return (n, k) or (n, C, H, W), a copy
     */
    public Array fromPassOrder(Memory memory) {
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
