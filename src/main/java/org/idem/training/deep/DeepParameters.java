package org.idem.training.deep;

import java.util.ArrayList;
import java.util.List;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Cnn;
import org.idem.network.LinearMap;
import org.idem.network.Network;
import org.idem.network.StageParameters;
import org.idem.training.memory.Memory;

/**
 * Memory of all weights and biases of a deep network, or of their gradient: stage after stage, weights before biases.
 * Weights of an FCN are stored (output, input), those of a CNN (kernel row, kernel column, channel, output).
 */
public final class DeepParameters {
    private final Network network;
    private final Memory all;
    private final List<Memory> weights = new ArrayList<>();
    private final List<Memory> biases = new ArrayList<>();
    private final int count;

    /**
     * Zeros for all parameters.
     *
     * @param network of any depth
     * @param precision format of the numbers
     */
    public DeepParameters(Network network, Precision precision) {
        this.network = network;
        count = network.stages().stream()
                .mapToInt(stage -> weightCount(stage.map()) + biasCount(stage.map()))
                .reduce(0, Math::addExact);
        all = Memory.allocate(count, precision);
        long offset = 0;
        for (LinearMap map : maps()) {
            weights.add(all.from(offset));
            offset += weightCount(map);
            biases.add(all.from(offset));
            offset += biasCount(map);
        }
    }

    private List<LinearMap> maps() {
        return network.stages().stream().map(stage -> stage.map()).toList();
    }

    private static int weightCount(LinearMap map) {
        return Array.lengthOf(map.weightShape());
    }

    private static int biasCount(LinearMap map) {
        return map.bias() ? map.outputs() : 0;
    }

    /**
     * Number of parameters.
     *
     * @return weights and biases of all stages
     */
    public int count() {
        return count;
    }

    /**
     * All parameters.
     *
     * @return live memory in the order of storage
     */
    public Memory all() {
        return all;
    }

    Memory weights(int stage) {
        return weights.get(stage);
    }

    Memory bias(int stage) {
        return biases.get(stage);
    }

    /**
     * Overwrites all parameters.
     *
     * @param parameters first stage first; rounded to the precision
     */
    public void write(List<StageParameters> parameters) {
        for (int stage = 0; stage < parameters.size(); stage++) {
            LinearMap map = maps().get(stage);
            double[] given = parameters.get(stage).weights().values();
            double[] stored = new double[given.length];
            for (int i = 0; i < given.length; i++) {
                stored[place(map, i)] = given[i];
            }
            weights.get(stage).write(stored);
            Array bias = parameters.get(stage).bias();
            if (bias != null) {
                biases.get(stage).write(bias.values());
            }
        }
    }

    /**
     * Copies of all parameters.
     *
     * @return first stage first, in the shapes of their stages
     */
    public List<StageParameters> read() {
        List<StageParameters> parameters = new ArrayList<>();
        for (int stage = 0; stage < network.depth(); stage++) {
            LinearMap map = maps().get(stage);
            double[] stored = new double[weightCount(map)];
            weights.get(stage).read(stored);
            double[] ordered = new double[stored.length];
            for (int i = 0; i < ordered.length; i++) {
                ordered[i] = stored[place(map, i)];
            }
            double[] bias = new double[biasCount(map)];
            if (bias.length > 0) {
                biases.get(stage).read(bias);
            }
            parameters.add(new StageParameters(
                    Array.of(ordered, map.weightShape()), map.bias() ? Array.of(bias, bias.length) : null));
        }
        return parameters;
    }

    /** Where the weight of an index in (output, channel, row, column) order is stored. */
    private static int place(LinearMap map, int index) {
        if (!(map instanceof Cnn cnn)) {
            return index;
        }
        int area = cnn.kernel() * cnn.kernel();
        int tap = index % area;
        int channel = index / area % cnn.channels();
        int output = index / (area * cnn.channels());
        return (tap * cnn.channels() + channel) * cnn.outputs() + output;
    }
}
