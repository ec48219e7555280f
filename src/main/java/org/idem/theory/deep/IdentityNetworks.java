package org.idem.theory.deep;

import java.util.ArrayList;
import java.util.List;
import org.idem.array.Array;
import org.idem.network.Activation;
import org.idem.network.Cnn;
import org.idem.network.Fcn;
import org.idem.network.LinearMap;
import org.idem.network.Model;
import org.idem.network.Network;
import org.idem.network.Padding;
import org.idem.network.Stage;
import org.idem.network.StageParameters;

/**
 * Deep networks that are the identity, with weights 0, 1 and −1 only. Every sum has at most one term that is not zero,
 * so the outputs are exact in every precision. Source: proofs/T0.md.
 */
public final class IdentityNetworks {
    private IdentityNetworks() {}

    /**
     * A fully connected network.
     *
     * @param size number of inputs and outputs d, at least 1
     * @param hidden widths of the hidden layers; with ReLU at least one, each at least 2d, otherwise each at least d
     * @param rectified whether hidden layers apply ReLU
     * @return the network and its weights, without biases
     */
    public static Model fcn(int size, List<Integer> hidden, boolean rectified) {
        return build(size, hidden, rectified, (inputs, outputs) -> new Fcn(inputs, outputs, false));
    }

    /**
     * A convolutional network: only centre taps are not zero.
     *
     * @param channels channels C of the image, at least 1
     * @param hidden channels of the hidden layers; with ReLU at least one, each at least 2C, otherwise each at least C
     * @param rectified whether hidden layers apply ReLU
     * @param kernel odd side K of every kernel
     * @param padding of every layer; with valid padding the network returns the central crop
     * @return the network and its weights, without biases
     */
    public static Model cnn(int channels, List<Integer> hidden, boolean rectified, int kernel, Padding padding) {
        return build(
                channels, hidden, rectified, (inputs, outputs) -> new Cnn(inputs, outputs, kernel, padding, false));
    }

    private interface Maps {
        LinearMap of(int inputs, int outputs);
    }

    private static Model build(int size, List<Integer> hidden, boolean rectified, Maps maps) {
        int needed = rectified ? 2 * size : size;
        if ((rectified && hidden.isEmpty()) || hidden.stream().anyMatch(width -> width < needed)) {
            throw new IllegalArgumentException("hidden widths must be at least " + needed + " for " + size
                    + (rectified ? " rectified" : " linear") + " signals, got " + hidden);
        }
        List<Stage> stages = new ArrayList<>();
        List<StageParameters> parameters = new ArrayList<>();
        int before = size;
        for (int layer = 0; layer <= hidden.size(); layer++) {
            boolean last = layer == hidden.size();
            int width = last ? size : hidden.get(layer);
            LinearMap map = maps.of(before, width);
            Array weights = Array.zeros(map.weightShape());
            for (int i = 0; i < Math.min(needed, Math.max(before, width)); i++) {
                // the first layer splits x into (x, −x), the last joins them again, the others pass both on
                boolean negative = i >= size && (layer == 0 || last);
                int to = last ? i % size : i;
                int from = layer == 0 ? i % size : i;
                weights.values()[centre(map, to, from, before)] = negative ? -1 : 1;
            }
            stages.add(new Stage(map, rectified && !last ? Activation.RELU : Activation.LINEAR, false));
            parameters.add(new StageParameters(weights, null));
            before = width;
        }
        return new Model(new Network(stages), parameters);
    }

    /** Place of the weight, of its centre tap for a kernel, from one input unit or channel to one output. */
    private static int centre(LinearMap map, int to, int from, int inputs) {
        int taps = map.fanIn() / inputs;
        return (to * inputs + from) * taps + taps / 2;
    }
}
