package org.idem.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A network of any depth, all of it fully connected or all of it convolutional.
 *
 * @param stages first to last, at least one; each takes the outputs of the one before
 */
public record Network(List<Stage> stages) {
    /** Checks that stages fit together. */
    public Network {
        stages = List.copyOf(stages);
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("a network needs at least one stage, got none");
        }
        for (int i = 1; i < stages.size(); i++) {
            LinearMap before = stages.get(i - 1).map();
            LinearMap after = stages.get(i).map();
            if (before.getClass() != after.getClass() || before.outputs() != units(after)) {
                throw new IllegalArgumentException("stage " + (i + 1) + " must take the outputs of the one before, got "
                        + after + " after " + before);
            }
        }
    }

    private static int units(LinearMap map) {
        return map instanceof Cnn cnn ? cnn.channels() : map.fanIn();
    }

    /**
     * A network of one linear layer.
     *
     * @param map the layer
     * @return a single stage without activation
     */
    public static Network of(LinearMap map) {
        return new Network(List.of(new Stage(map, Activation.LINEAR, false)));
    }

    /**
     * A fully connected network.
     *
     * @param activation after every layer but the last
     * @param bias whether every layer has one
     * @param widths units of input, hidden layers and output, at least two numbers
     * @return the network
     */
    public static Network fcn(Activation activation, boolean bias, int... widths) {
        List<Stage> stages = new ArrayList<>();
        for (int i = 1; i < widths.length; i++) {
            Activation after = i < widths.length - 1 ? activation : Activation.LINEAR;
            stages.add(new Stage(new Fcn(widths[i - 1], widths[i], bias), after, false));
        }
        return new Network(stages);
    }

    /**
     * A convolutional network.
     *
     * @param activation after every layer but the last
     * @param bias whether every layer has one
     * @param kernel side of every kernel, odd
     * @param padding of every layer
     * @param channels of input, hidden layers and output, at least two numbers
     * @return the network
     */
    public static Network cnn(Activation activation, boolean bias, int kernel, Padding padding, int... channels) {
        List<Stage> stages = new ArrayList<>();
        for (int i = 1; i < channels.length; i++) {
            Activation after = i < channels.length - 1 ? activation : Activation.LINEAR;
            stages.add(new Stage(new Cnn(channels[i - 1], channels[i], kernel, padding, bias), after, false));
        }
        return new Network(stages);
    }

    /**
     * Whether the network is one linear map, as theorems of one layer need it.
     *
     * @return true for a single stage without activation and residual connection
     */
    public boolean isLinearMap() {
        return depth() == 1
                && stages.get(0).activation() == Activation.LINEAR
                && !stages.get(0).residual();
    }

    /**
     * Number of stages.
     *
     * @return at least 1
     */
    public int depth() {
        return stages.size();
    }

    /**
     * Shapes of the signals for inputs of a given shape.
     *
     * @param inputShape (n, d) or (n, C, H, W)
     * @return one more than stages: the input's own, then the outputs' of each stage
     * @throws IllegalArgumentException if the inputs do not fit
     */
    public List<int[]> signalShapes(int[] inputShape) {
        List<int[]> shapes = new ArrayList<>();
        shapes.add(inputShape.clone());
        for (Stage stage : stages) {
            shapes.add(stage.map().outputShape(shapes.get(shapes.size() - 1)));
        }
        return Collections.unmodifiableList(shapes);
    }

    /**
     * Shape of the outputs for inputs of a given shape.
     *
     * @param inputShape (n, d) or (n, C, H, W)
     * @return shape of the last stage's outputs
     * @throws IllegalArgumentException if the inputs do not fit
     */
    public int[] outputShape(int[] inputShape) {
        return signalShapes(inputShape).get(depth());
    }
}
