package org.idem.training.layer;

import java.util.Arrays;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Cnn;
import org.idem.network.LinearMap;
import org.idem.training.memory.Memory;

/**
 * Memory of all weights and biases of a network, or of their gradient or velocity, with views of the parts that passes
 * work on. Weights are kept by kernel row, (row, output, channel, column); an FCN has one such row. Biases follow.
 */
public final class Parameters {
    private final LinearMap network;
    private final int weightCount;
    private final int count;
    private final Memory all;
    private final Memory[] rows;
    private final Memory bias;

    /**
     * Zeros for all parameters.
     *
     * @param network layer that the parameters belong to
     * @param precision format of the numbers
     */
    public Parameters(LinearMap network, Precision precision) {
        this.network = network;
        weightCount = Array.lengthOf(network.weightShape());
        count = weightCount + (network.bias() ? network.outputs() : 0);
        all = Memory.allocate(count, precision);
        rows = new Memory[network instanceof Cnn cnn ? cnn.kernel() : 1];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = all.from((long) row * (weightCount / rows.length));
        }
        bias = all.from(weightCount);
    }

    int count() {
        return count;
    }

    Memory all() {
        return all;
    }

    /** Weights of one kernel row. */
    Memory row(int index) {
        return rows[index];
    }

    Memory bias() {
        return bias;
    }

    /**
     * Overwrites all parameters; numbers are rounded to the precision.
     *
     * @param weights in the network's weight shape
     * @param biases one for each output; empty exactly if the network has none
     */
    public void write(Array weights, double[] biases) {
        double[] stored = new double[count];
        for (int i = 0; i < weightCount; i++) {
            stored[place(i)] = weights.values()[i];
        }
        System.arraycopy(biases, 0, stored, weightCount, count - weightCount);
        all.write(stored);
    }

    Array weights() {
        double[] stored = stored();
        Array weights = Array.zeros(network.weightShape());
        for (int i = 0; i < weightCount; i++) {
            weights.values()[i] = stored[place(i)];
        }
        return weights;
    }

    /** The biases; empty if the network has none. */
    Array biases() {
        double[] stored = stored();
        return Array.of(Arrays.copyOfRange(stored, weightCount, count), count - weightCount);
    }

    private double[] stored() {
        double[] stored = new double[count];
        all.read(stored);
        return stored;
    }

    private int place(int index) {
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
}
