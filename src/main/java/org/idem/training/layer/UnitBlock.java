package org.idem.training.layer;

import org.idem.array.Array;

/**
 * Some units of a one-layer network with all memory of their training. Units never meet in a gradient, so each block
 * can take many steps while it is in cache.
 */
public interface UnitBlock {
    /**
     * Takes steps.
     *
     * @param step number of steps taken before
     * @param count how many
     * @param squares sum of squared residuals before each of the steps, to which these units' are added
     */
    void advance(int step, int count, double[] squares);

    /** Norm of the last gradient, with its decay; a square of it might underflow. */
    double gradientNorm();

    /** Norm of the parameters. */
    double positionNorm();

    /** Copies of everything that the next steps depend on. */
    double[][] state();

    /** Puts the parameters of these units into weights and biases of all. */
    void collect(Array weights, Array bias);
}
