package org.idem.network;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.idem.array.Array;
import org.jspecify.annotations.Nullable;

/**
 * Names of parameters as the {@code state_dict} of PyTorch's {@code nn.Sequential} has them: {@code 0.weight},
 * {@code 0.bias}, {@code 2.weight}, … A number is the place of a module; modules without parameters, such as
 * activations, leave gaps.
 */
public final class StateDictionary {
    private static final Pattern NAME = Pattern.compile("(0|[1-9][0-9]{0,8})\\.(weight|bias)");
    private static final String WEIGHT = ".weight";
    private static final String BIAS = ".bias";

    private StateDictionary() {}

    /**
     * Whether a name is one of a parameter.
     *
     * @param name of an array
     * @return true for a number with {@code .weight} or {@code .bias} after it
     */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * Reads parameters, whatever the order of the names.
     *
     * @param arrays by name
     * @return by number, the smallest first: weights (k, d) or (C_out, C, K, K), all of the same kind, and biases (k)
     * @throws IllegalArgumentException if a name or a shape is none of these, or a bias has no weights
     */
    public static NavigableMap<Integer, StageParameters> read(Map<String, Array> arrays) {
        NavigableMap<Integer, StageParameters> stages = new TreeMap<>();
        for (int number : numbers(arrays.keySet())) {
            StageParameters stage = stage(number, arrays.get(number + WEIGHT), arrays.get(number + BIAS));
            if (!stages.isEmpty()) {
                requireFollows(stages.lastEntry(), number, stage.weights());
            }
            stages.put(number, stage);
        }
        return stages;
    }

    /** Numbers of the stages, ascending. */
    private static Set<Integer> numbers(Set<String> names) {
        Set<Integer> numbers = new TreeSet<>();
        for (String name : names) {
            Matcher matcher = NAME.matcher(name);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("arrays must be named as PyTorch's state_dict names those of"
                        + " nn.Sequential, 0.weight, 0.bias, 2.weight, …, got '" + name + "'");
            }
            numbers.add(Integer.valueOf(matcher.group(1)));
        }
        if (numbers.isEmpty()) {
            throw new IllegalArgumentException("there must be an array 0.weight, got no arrays");
        }
        return numbers;
    }

    private static StageParameters stage(int number, @Nullable Array weights, @Nullable Array bias) {
        if (weights == null) {
            throw new IllegalArgumentException(number + BIAS + " must go with an array " + number + WEIGHT);
        }
        require(
                weights.length() > 0 && (weights.rank() == 2 || isKernel(weights)),
                number + WEIGHT,
                "must have shape (k, d) or (C_out, C, K, K) with K odd and nothing of size 0",
                weights);
        require(
                bias == null || Arrays.equals(bias.shape(), new int[] {weights.size(0)}),
                number + BIAS,
                "must have shape (" + weights.size(0) + ") as " + number + WEIGHT + " has so many outputs",
                bias == null ? weights : bias);
        return new StageParameters(weights, bias);
    }

    /** Weights must take as many numbers as the stage before them gives. */
    private static void requireFollows(Map.Entry<Integer, StageParameters> last, int number, Array weights) {
        Array before = last.getValue().weights();
        require(
                before.rank() == weights.rank() && before.size(0) == weights.size(1),
                number + WEIGHT,
                "must take the " + before.size(0) + " outputs of " + last.getKey() + WEIGHT + ", of shape "
                        + Arrays.toString(before.shape()),
                weights);
    }

    private static boolean isKernel(Array weights) {
        return weights.rank() == 4 && weights.size(2) == weights.size(3) && weights.size(2) % 2 == 1;
    }

    private static void require(boolean fits, String name, String rule, Array array) {
        if (!fits) {
            throw new IllegalArgumentException(name + " " + rule + ", got " + Arrays.toString(array.shape()));
        }
    }

    /**
     * Names the parameters of a network as {@code nn.Sequential} does with an activation module after every stage whose
     * activation is not linear: a stage counts one, and so does such an activation.
     *
     * @param network whose parameters they are
     * @param parameters of every stage
     * @return arrays by name, first stage first, weights before biases
     */
    public static Map<String, Array> write(Network network, List<StageParameters> parameters) {
        new Model(network, parameters);
        Map<String, Array> arrays = new LinkedHashMap<>();
        stages(network).forEach((name, stage) -> arrays.put(name, array(name, parameters.get(stage))));
        return arrays;
    }

    /**
     * The names of {@link #write}, for parameters that are not all in memory.
     *
     * @param network whose parameters have these names
     * @return number of the stage, from 0, by name
     */
    public static Map<String, Integer> stages(Network network) {
        Map<String, Integer> stages = new LinkedHashMap<>();
        int number = 0;
        for (int stage = 0; stage < network.depth(); stage++) {
            stages.put(number + WEIGHT, stage);
            if (network.stages().get(stage).map().bias()) {
                stages.put(number + BIAS, stage);
            }
            number += network.stages().get(stage).activation() == Activation.LINEAR ? 1 : 2;
        }
        return stages;
    }

    /**
     * What a name stands for.
     *
     * @param name one of {@link #stages}
     * @param parameters of its stage
     * @return weights or bias
     */
    public static Array array(String name, StageParameters parameters) {
        return name.endsWith(WEIGHT) ? parameters.weights() : Objects.requireNonNull(parameters.bias());
    }

    /**
     * The network that has given parameters.
     *
     * @param parameters as {@link #read} gives them
     * @param padding of every convolution
     * @param activation after every stage but the last
     * @param residual whether a stage adds its input where the shapes agree
     * @return the network
     */
    public static Network network(
            List<StageParameters> parameters, Padding padding, Activation activation, boolean residual) {
        return new Network(IntStream.range(0, parameters.size())
                .mapToObj(stage -> {
                    LinearMap map = map(parameters.get(stage), padding);
                    Activation after = stage < parameters.size() - 1 ? activation : Activation.LINEAR;
                    return new Stage(map, after, residual && Stage.keepsShape(map));
                })
                .toList());
    }

    private static LinearMap map(StageParameters parameters, Padding padding) {
        Array weights = parameters.weights();
        boolean bias = parameters.bias() != null;
        return weights.rank() == 2
                ? new Fcn(weights.size(1), weights.size(0), bias)
                : new Cnn(weights.size(1), weights.size(0), weights.size(2), padding, bias);
    }
}
