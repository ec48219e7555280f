package org.idem.network;

import java.util.Arrays;
import org.idem.array.Array;

/**
 * One layer of a deep network, with its weights.
 *
 * @param network architecture, without bias
 * @param weights in the architecture's weight shape; shared, not copied
 * @param rectified whether outputs below zero are replaced by zero (ReLU)
 */
public record Layer(Network network, Array weights, boolean rectified) {
    /** Checks the weights. */
    public Layer {
        if (network.bias()) {
            throw new IllegalArgumentException("layers of deep networks have no bias, got one");
        }
        if (!Arrays.equals(network.weightShape(), weights.shape())) {
            throw new IllegalArgumentException("weights must have shape " + Arrays.toString(network.weightShape())
                    + ", got " + Arrays.toString(weights.shape()));
        }
    }
}
