package org.idem.training.exact;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.fraction.BigFraction;
import org.idem.network.exact.RationalArray;
import org.idem.network.exact.RationalLayer;
import org.idem.network.exact.RationalOptimizer;
import org.idem.network.exact.RationalParameters;

/**
 * Trains a stack of layers on half the sum of squares, step by step in rational arithmetic: a forward pass, a backward
 * pass, and a move of every layer as the optimiser says.
 */
public final class ExactDeepTrainer {
    private final RationalArray inputs;
    private final RationalArray targets;
    private final RationalOptimizer optimizer;
    private final List<RationalLayer> layers;
    private final List<RationalParameters> velocities = new ArrayList<>();

    /**
     * A trainer before its first step.
     *
     * @param layers first layer first
     * @param inputs examples first
     * @param targets in the shape of the outputs
     * @param optimizer method
     */
    public ExactDeepTrainer(
            List<RationalLayer> layers, RationalArray inputs, RationalArray targets, RationalOptimizer optimizer) {
        this.layers = new ArrayList<>(layers);
        this.inputs = inputs;
        this.targets = targets;
        this.optimizer = optimizer;
        layers.forEach(layer -> velocities.add(layer.parameters().times(BigFraction.ZERO)));
    }

    /**
     * The network now.
     *
     * @return a copy of the list
     */
    public List<RationalLayer> layers() {
        return List.copyOf(layers);
    }

    /**
     * Takes steps.
     *
     * @param count how many
     */
    public void steps(int count) {
        for (int step = 0; step < count; step++) {
            step(gradients());
        }
    }

    private void step(List<RationalParameters> gradients) {
        for (int i = 0; i < layers.size(); i++) {
            RationalLayer layer = layers.get(i);
            RationalParameters gradient =
                    gradients.get(i).plus(layer.parameters().times(optimizer.weightDecay()));
            RationalParameters velocity =
                    velocities.get(i).times(optimizer.momentum()).plus(gradient);
            velocities.set(i, velocity);
            RationalParameters direction =
                    optimizer.nesterov() ? gradient.plus(velocity.times(optimizer.momentum())) : velocity;
            RationalParameters moved = layer.parameters()
                    .plus(direction.times(optimizer.learningRate().negate()));
            layers.set(i, new RationalLayer(layer.network(), moved, layer.relu()));
        }
    }

    /**
     * Derivatives of the loss by the parameters of every layer, without weight decay.
     *
     * @return first layer first
     */
    public List<RationalParameters> gradients() {
        List<RationalArray> signals = new ArrayList<>(List.of(inputs));
        for (int i = 0; i < layers.size(); i++) {
            signals.add(ExactForwardPass.outputs(layers.subList(i, i + 1), signals.get(i)));
        }
        RationalArray back = signals.get(layers.size()).minus(targets);
        List<RationalParameters> gradients = new ArrayList<>();
        for (int i = layers.size() - 1; i >= 0; i--) {
            RationalLayer layer = layers.get(i);
            back = layer.relu() ? whereOpen(back, signals.get(i + 1)) : back;
            ExactLayer passes = ExactLayer.of(layer.network());
            gradients.add(0, passes.backward(signals.get(i), back));
            back = passes.byInputs(layer.parameters(), signals.get(i), back);
        }
        return gradients;
    }

    /** A ReLU passes back where its output is positive. */
    private static RationalArray whereOpen(RationalArray back, RationalArray outputs) {
        BigInteger[] kept = new BigInteger[back.length()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = outputs.numerator(i).signum() > 0 ? back.numerator(i) : BigInteger.ZERO;
        }
        return RationalArray.over(kept, back.denominator(), back.shape());
    }
}
