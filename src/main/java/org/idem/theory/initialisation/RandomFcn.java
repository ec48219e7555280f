package org.idem.theory.initialisation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.idem.network.Activation;
import org.idem.network.Fcn;
import org.idem.network.Initialization;
import org.idem.network.Network;
import org.idem.network.Stage;

/**
 * A fully connected linear or ReLU network before training, with independent weights and biases of mean 0 and symmetric
 * laws.
 *
 * @param layers first to last, at least one; the last is not rectified
 */
public record RandomFcn(List<RandomLayer> layers) {
    /** Checks that there is an output. */
    public RandomFcn {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("a network needs at least one layer, got none");
        }
        if (layers.get(layers.size() - 1).rectified()) {
            throw new IllegalArgumentException("the outputs of a network must not be rectified, got ReLU");
        }
    }

    /**
     * A network whose hidden layers have one activation, without biases.
     *
     * @param rectified whether it is ReLU
     * @param weightVariances σ_l² of every layer
     * @param units n_l of every layer, outputs last; as many
     * @return the network
     */
    public static RandomFcn of(boolean rectified, double[] weightVariances, int... units) {
        if (weightVariances.length != units.length) {
            throw new IllegalArgumentException("every layer needs a variance, got " + weightVariances.length
                    + " variances of " + units.length + " layers");
        }
        List<RandomLayer> layers = new ArrayList<>();
        for (int i = 0; i < units.length; i++) {
            layers.add(new RandomLayer(units[i], weightVariances[i], 0, rectified && i < units.length - 1));
        }
        return new RandomFcn(layers);
    }

    /**
     * A network as training would draw it.
     *
     * @param network fully connected, of linear and ReLU stages without shortcuts
     * @param initialization whose weights are independent
     * @return its layers
     * @throws IllegalArgumentException for anything else
     */
    public static RandomFcn of(Network network, Initialization initialization) {
        List<RandomLayer> layers = new ArrayList<>();
        for (Stage stage : network.stages()) {
            boolean fits = stage.map() instanceof Fcn
                    && !stage.residual()
                    && (stage.activation() == Activation.LINEAR || stage.activation() == Activation.RELU);
            if (!fits) {
                throw new IllegalArgumentException(
                        "stages must be fully connected, linear or relu, without shortcuts, got " + stage);
            }
            if (!initialization.law().isIndependent()) {
                throw new IllegalArgumentException("weights must be independent, got " + initialization.law());
            }
            layers.add(new RandomLayer(
                    stage.map().outputs(),
                    initialization.weightVariance(stage.map()),
                    stage.map().bias() ? initialization.biasVariance(stage.map()) : 0,
                    stage.activation() == Activation.RELU));
        }
        return new RandomFcn(layers);
    }

    /**
     * Number of layers.
     *
     * @return L, at least 1
     */
    public int depth() {
        return layers.size();
    }

    /**
     * The layers before the outputs.
     *
     * @return first to last, L − 1 of them
     */
    public List<RandomLayer> hidden() {
        return Collections.unmodifiableList(layers.subList(0, depth() - 1));
    }

    /**
     * The layer of the outputs.
     *
     * @return not rectified
     */
    public RandomLayer last() {
        return layers.get(depth() - 1);
    }

    /**
     * Whether any layer has biases that are not 0.
     *
     * @return true if a variance is positive
     */
    public boolean hasBiases() {
        return layers.stream().anyMatch(layer -> layer.biasVariance() > 0);
    }
}
