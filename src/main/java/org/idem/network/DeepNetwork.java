package org.idem.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.idem.array.Array;

/**
 * A network of any depth, all of it fully connected or all of it convolutional.
 *
 * @param stages first to last, at least one; each takes the outputs of the one before
 */
public record DeepNetwork(List<Stage> stages) {
    /** Checks that stages fit together. */
    public DeepNetwork {
        stages = List.copyOf(stages);
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("a network needs at least one stage, got none");
        }
        for (int i = 1; i < stages.size(); i++) {
            Network before = stages.get(i - 1).map();
            Network after = stages.get(i).map();
            if (before.getClass() != after.getClass() || before.outputs() != units(after)) {
                throw new IllegalArgumentException("stage " + (i + 1) + " must take the outputs of the one before, got "
                        + after + " after " + before);
            }
        }
    }

    private static int units(Network map) {
        return map instanceof Cnn cnn ? cnn.channels() : map.fanIn();
    }

    /**
     * A network of one linear layer.
     *
     * @param map the layer
     * @return a single stage without activation
     */
    public static DeepNetwork of(Network map) {
        return new DeepNetwork(List.of(new Stage(map, Activation.IDENTITY, false)));
    }

    /**
     * A fully connected network.
     *
     * @param activation after every layer but the last
     * @param bias whether every layer has one
     * @param widths units of input, hidden layers and output, at least two numbers
     * @return the network
     */
    public static DeepNetwork fcn(Activation activation, boolean bias, int... widths) {
        List<Stage> stages = new ArrayList<>();
        for (int i = 1; i < widths.length; i++) {
            Activation after = i < widths.length - 1 ? activation : Activation.IDENTITY;
            stages.add(new Stage(new Fcn(widths[i - 1], widths[i], bias), after, false));
        }
        return new DeepNetwork(stages);
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
    public static DeepNetwork cnn(Activation activation, boolean bias, int kernel, Padding padding, int... channels) {
        List<Stage> stages = new ArrayList<>();
        for (int i = 1; i < channels.length; i++) {
            Activation after = i < channels.length - 1 ? activation : Activation.IDENTITY;
            stages.add(new Stage(new Cnn(channels[i - 1], channels[i], kernel, padding, bias), after, false));
        }
        return new DeepNetwork(stages);
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

    /**
     * Draws weights and biases of every stage by one law, biases as weights of the same fan-in and fan-out.
     *
     * @param initializer the law
     * @param random source, advanced by the call
     * @return parameters, first stage first
     */
    public List<StageParameters> draw(Initializer initializer, SplittableRandom random) {
        List<StageParameters> drawn = new ArrayList<>();
        for (Stage stage : stages) {
            Network map = stage.map();
            int[] shape = map.weightShape();
            double[] weights = initializer.draw(Array.lengthOf(shape), map.fanIn(), map.fanOut(), random);
            Array bias = map.bias()
                    ? Array.of(initializer.draw(map.outputs(), map.fanIn(), map.fanOut(), random), map.outputs())
                    : null;
            drawn.add(new StageParameters(Array.of(weights, shape), bias));
        }
        return drawn;
    }
}
