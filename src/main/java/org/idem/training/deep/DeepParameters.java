package org.idem.training.deep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Cnn;
import org.idem.network.LinearMap;
import org.idem.network.Network;
import org.idem.network.StageParameters;
import org.idem.training.convolution.WeightOrder;
import org.idem.training.memory.Memory;
import org.idem.training.memory.Numbers;
import org.idem.training.run.Footprint;

/**
 * Memory of all weights and biases of a deep network, or of their gradient: one for each stage, weights before biases.
 * Weights of an FCN are stored (output, input), those of a CNN in the {@link WeightOrder} of their stage.
 *
 * <p>A vector of parameters, as checkpoints hold it, has all stages one after the other, and the weights of CNNs in the
 * plain order (kernel row, kernel column, channel, output), whatever order memory has.
 */
final class DeepParameters {
    private final List<LinearMap> maps;
    private final List<WeightOrder> orders;
    private final List<Memory> stages = new ArrayList<>();
    private final List<Memory> weights = new ArrayList<>();
    private final List<Memory> biases = new ArrayList<>();
    private final int count;

    /**
     * Zeros for all parameters.
     *
     * @param network of any depth
     * @param precision format of the numbers
     * @param orders of each stage's weights
     */
    DeepParameters(Network network, Precision precision, List<WeightOrder> orders) {
        this(network, orders, count -> Memory.allocate(count, precision));
    }

    private DeepParameters(Network network, List<WeightOrder> orders, IntFunction<Memory> allocated) {
        maps = maps(network);
        this.orders = orders;
        int counted = 0;
        for (LinearMap map : maps) {
            Memory stage = allocated.apply(count(map));
            stages.add(stage);
            weights.add(stage);
            biases.add(stage.from(weightCount(map)));
            counted = Math.addExact(counted, count(map));
        }
        count = counted;
    }

    /**
     * Memory that all stages share, for a gradient that is used stage by stage.
     *
     * @param network of any depth
     * @param precision format of the numbers
     * @param orders of each stage's weights
     */
    static DeepParameters ofOneStageAtATime(Network network, Precision precision, List<WeightOrder> orders) {
        int most = maps(network).stream().mapToInt(DeepParameters::count).max().orElse(0);
        Memory shared = Memory.allocate(most, precision);
        return new DeepParameters(network, orders, count -> shared.part(0, count));
    }

    /**
     * Counts the memory of all parameters, and what writing them takes for a moment: those of a stage rounded, and
     * before, where they are stored in another order, as they are stored.
     *
     * @param network of any depth
     * @param reordered stages whose weights are in an order of a library, of which equal ones share the list
     * @param all gets it
     */
    static void count(Network network, boolean[] reordered, Footprint all) {
        for (int i = 0; i < network.depth(); i++) {
            LinearMap map = network.stages().get(i).map();
            double count = count(map);
            all.add(count);
            boolean given = !map.bias() && !(map instanceof Cnn);
            all.shareHeap("for a moment", (given ? Float.BYTES : Double.BYTES + Float.BYTES) * count);
            all.shareHeap(map, reordered[i] ? Integer.BYTES * count : 0);
        }
    }

    private static List<LinearMap> maps(Network network) {
        return network.stages().stream().map(stage -> stage.map()).toList();
    }

    private static int weightCount(LinearMap map) {
        return Array.lengthOf(map.weightShape());
    }

    /** Number of weights and biases of a map. */
    static int count(LinearMap map) {
        return weightCount(map) + (map.bias() ? map.outputs() : 0);
    }

    /** Number of weights and biases of all stages. */
    int count() {
        return count;
    }

    /** Number of weights and biases of a stage. */
    int count(int stage) {
        return count(maps.get(stage));
    }

    /** Live memory of each stage's parameters. */
    List<Memory> stages() {
        return stages;
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
    void write(List<StageParameters> parameters) {
        for (int stage = 0; stage < parameters.size(); stage++) {
            double[] given = parameters.get(stage).weights().values();
            Array bias = parameters.get(stage).bias();
            if (bias == null && !isConvolution(stage)) {
                stages.get(stage).write(given);
                continue;
            }
            double[] stored = new double[count(stage)];
            for (int i = 0; i < given.length; i++) {
                stored[place(stage, i)] = given[i];
            }
            if (bias != null) {
                System.arraycopy(bias.values(), 0, stored, given.length, bias.length());
            }
            stages.get(stage).write(stored);
        }
    }

    /**
     * Copies of all parameters.
     *
     * @return first stage first, in the shapes of their stages
     */
    List<StageParameters> read() {
        return IntStream.range(0, maps.size()).mapToObj(this::read).toList();
    }

    /** Copies of the parameters of a stage, in its shapes. */
    StageParameters read(int stage) {
        LinearMap map = maps.get(stage);
        double[] stored = new double[count(stage)];
        stages.get(stage).read(stored);
        if (!map.bias() && !isConvolution(stage)) {
            return new StageParameters(Array.of(stored, map.weightShape()), null);
        }
        double[] ordered = new double[weightCount(map)];
        for (int i = 0; i < ordered.length; i++) {
            ordered[i] = stored[place(stage, i)];
        }
        Array bias =
                map.bias() ? Array.of(Arrays.copyOfRange(stored, ordered.length, stored.length), map.outputs()) : null;
        return new StageParameters(Array.of(ordered, map.weightShape()), bias);
    }

    private boolean isConvolution(int stage) {
        return maps.get(stage) instanceof Cnn;
    }

    /** Where the weight of an index in (output, channel, row, column) order is stored. */
    private int place(int stage, int index) {
        if (!(maps.get(stage) instanceof Cnn cnn)) {
            return index;
        }
        int area = cnn.kernel() * cnn.kernel();
        int tap = index % area;
        int channel = index / area % cnn.channels();
        int output = index / (area * cnn.channels());
        return orders.get(stage).place((tap * cnn.channels() + channel) * cnn.outputs() + output);
    }

    /**
     * A vector of parameters, or of numbers that belong to them.
     *
     * @param ofStages numbers for each stage, in the order of its parameters
     * @return a copy, in the plain order
     */
    double[] vector(List<? extends Numbers> ofStages) {
        double[] vector = new double[count];
        int from = 0;
        for (int stage = 0; stage < maps.size(); stage++) {
            double[] stored = new double[count(stage)];
            ofStages.get(stage).read(stored);
            for (int i = 0; i < stored.length; i++) {
                vector[from + i] = stored[placeInOrder(stage, i)];
            }
            from += stored.length;
        }
        return vector;
    }

    /**
     * Takes a vector apart.
     *
     * @param vector in the plain order
     * @param ofStages numbers for each stage, overwritten
     */
    void write(double[] vector, List<? extends Numbers> ofStages) {
        int from = 0;
        for (int stage = 0; stage < maps.size(); stage++) {
            double[] stored = new double[count(stage)];
            for (int i = 0; i < stored.length; i++) {
                stored[placeInOrder(stage, i)] = vector[from + i];
            }
            ofStages.get(stage).write(stored);
            from += stored.length;
        }
    }

    /** Where a parameter of a stage is stored that has this index in a vector's part of that stage. */
    private int placeInOrder(int stage, int index) {
        return index < weightCount(maps.get(stage)) ? orders.get(stage).place(index) : index;
    }
}
