package org.idem.network;

/** How gradients move parameters; conventions are those of common frameworks. */
public sealed interface Optimizer permits LinearMethod, Adam, RmsProp, Adagrad {
    /**
     * Whether a step is a linear function of the gradients so far, with coefficients that do not depend on them.
     *
     * @return true for gradient descent, heavy ball and Nesterov's method
     */
    default boolean isLinear() {
        return false;
    }
}
