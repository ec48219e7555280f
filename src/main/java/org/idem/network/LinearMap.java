package org.idem.network;

/** A linear layer, fully connected or convolutional: one stage of a {@link Network}, or a network by itself. */
public sealed interface LinearMap permits Fcn, Cnn {
    /**
     * Whether a trainable bias is added to each output.
     *
     * @return true with bias
     */
    boolean bias();

    /**
     * Number of output units (FCN) or output channels (CNN).
     *
     * @return at least 1
     */
    int outputs();

    /**
     * Number of weights that one output unit or channel combines, bias not counted.
     *
     * @return inputs of an FCN, K²C of a CNN
     */
    int fanIn();

    /**
     * Number of outputs that one input unit or channel reaches, as initialisers count them.
     *
     * @return outputs of an FCN, K² times the output channels of a CNN
     */
    int fanOut();

    /**
     * Shape in which the weights are stored.
     *
     * @return (outputs, inputs), or (outputs, channels, K, K)
     */
    int[] weightShape();

    /**
     * Shape of the outputs for inputs of a given shape.
     *
     * @param inputShape shape of a batch of inputs, examples first
     * @return shape of the batch of outputs
     * @throws IllegalArgumentException if the inputs do not fit the network
     */
    int[] outputShape(int[] inputShape);
}
