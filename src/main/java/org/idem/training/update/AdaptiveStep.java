package org.idem.training.update;

import org.idem.network.Adagrad;
import org.idem.network.Adam;
import org.idem.network.Optimizer;
import org.idem.network.RmsProp;

/** One step of a rule that divides gradients by the size of past ones, in the format of the parameters. */
interface AdaptiveStep {
    /**
     * The step of a rule after so many others.
     *
     * @param rule Adam, RMSProp or Adagrad
     * @param step number of steps before
     */
    static AdaptiveStep of(Optimizer rule, int step) {
        if (rule instanceof Adam adam) {
            return AdamStep.of(adam, step);
        }
        if (rule instanceof RmsProp decaying) {
            double decay = decaying.squareDecay();
            return new ScaledStep(decay, 1 - decay, decaying.learningRate(), decaying.epsilon());
        }
        if (rule instanceof Adagrad adagrad) {
            return new ScaledStep(1, 1, adagrad.learningRate(), adagrad.epsilon());
        }
        throw new IllegalArgumentException("no adaptive rule: " + rule);
    }

    /** Vectors of state: squares, and for Adam means. */
    static int states(Optimizer rule) {
        return rule instanceof Adam ? 2 : 1;
    }

    /**
     * Moves some parameters and their state.
     *
     * @param position parameters, moved
     * @param state squares of past gradients, then their means for Adam; each as long as the parameters
     * @param gradient as long as the parameters
     * @param length number of parameters to move, from the first on
     */
    void move(double[] position, double[][] state, double[] gradient, int length);

    /**
     * As for doubles; every operation is rounded to 32 bits, as other programs train in this format.
     *
     * @param position parameters, some of which are moved
     * @param state squares of past gradients, then their means for Adam; each as long as the parameters
     * @param gradient as long as the parameters
     * @param from first parameter to move
     * @param to the one after the last
     */
    void move(float[] position, float[][] state, float[] gradient, int from, int to);
}
