package org.idem.network;

import java.util.ArrayList;
import java.util.List;

/**
 * What a network is apart from the widths of its layers, which may be finite or infinite.
 *
 * @param convolutional whether stages are convolutions, else they are fully connected
 * @param depth stages with weights, at least 1
 * @param kernel side of every kernel, odd; 1 for a fully connected network
 * @param padding of every convolution; {@link Padding#SAME} for a fully connected network
 * @param activation after every stage but the last
 * @param bias whether every stage has one
 * @param residual whether a stage adds its input where the shapes agree
 */
public record Architecture(
        boolean convolutional,
        int depth,
        int kernel,
        Padding padding,
        Activation activation,
        boolean bias,
        boolean residual) {
    /** Checks depth and kernel. */
    public Architecture {
        if (depth < 1) {
            throw new IllegalArgumentException("the depth of a network must be at least 1, got " + depth);
        }
        if (kernel < 1 || kernel % 2 == 0) {
            throw new IllegalArgumentException("the side of a kernel must be odd and positive, got " + kernel);
        }
        if (!convolutional && (kernel != 1 || padding != Padding.SAME)) {
            throw new IllegalArgumentException("a fully connected network has neither kernel nor padding, got kernel "
                    + kernel + " and padding " + padding);
        }
    }

    /**
     * A fully connected architecture.
     *
     * @param depth stages with weights, at least 1
     * @param activation after every stage but the last
     * @param bias whether every stage has one
     * @param residual whether a stage adds its input where the widths agree
     * @return the architecture
     */
    public static Architecture fcn(int depth, Activation activation, boolean bias, boolean residual) {
        return new Architecture(false, depth, 1, Padding.SAME, activation, bias, residual);
    }

    /**
     * A convolutional architecture.
     *
     * @param depth stages with weights, at least 1
     * @param kernel side of every kernel, odd
     * @param padding of every convolution
     * @param activation after every stage but the last
     * @param bias whether every stage has one
     * @param residual whether a stage adds its input where the shapes agree
     * @return the architecture
     */
    public static Architecture cnn(
            int depth, int kernel, Padding padding, Activation activation, boolean bias, boolean residual) {
        return new Architecture(true, depth, kernel, padding, activation, bias, residual);
    }

    /**
     * The network of this architecture with hidden layers of one width.
     *
     * @param inputs units or channels of the input, at least 1
     * @param width units or channels of every hidden layer, at least 1; without effect at depth 1
     * @param outputs units or channels of the output, at least 1
     * @return a network of finite width
     */
    public Network network(int inputs, int width, int outputs) {
        List<Stage> stages = new ArrayList<>();
        for (int stage = 1; stage <= depth; stage++) {
            int from = stage == 1 ? inputs : width;
            int to = stage == depth ? outputs : width;
            LinearMap map = convolutional ? new Cnn(from, to, kernel, padding, bias) : new Fcn(from, to, bias);
            Activation after = stage == depth ? Activation.LINEAR : activation;
            stages.add(new Stage(map, after, residual && Stage.keepsShape(map)));
        }
        return new Network(stages);
    }
}
