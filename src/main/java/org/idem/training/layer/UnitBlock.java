package org.idem.training.layer;

import org.idem.array.Array;

/**
 * Some units of a one-layer network with all memory of their training. The gradient of a unit does not depend on other
 * units, so each block can take many steps while it is in cache.
 */
public interface UnitBlock {
    /**
     * Takes steps.
     *
     * @param step number of steps taken before
     * @param count number of steps to take
     * @param squares one number for each step: these units' sum of squared residuals before the step is added to it,
     *     NaN or infinite once training has diverged
     */
    void advance(int step, int count, double[] squares);

    /**
     * Euclidean norm of the last gradient, weight decay included. It is a norm and no square, because the square of a
     * small one underflows.
     *
     * @return at least 0
     */
    double gradientNorm();

    /**
     * Euclidean norm of these units' weights and biases.
     *
     * @return at least 0
     */
    double positionNorm();

    /**
     * Copies of everything that the next steps depend on.
     *
     * @return parameters, then the state of the update rule; fresh
     */
    double[][] state();

    /**
     * Copies the parameters of these units to their places among those of all units.
     *
     * @param weights all weights, in the network's weight shape
     * @param bias all biases, one for each output; not written to if the network has none
     */
    void collect(Array weights, Array bias);
}
