package org.idem.theory.linear;

import org.idem.network.LinearMethod;

/**
 * What a deep linear network is trained on, as far as errors need it.
 *
 * @param reach ρ, operator norm of the examples as a matrix
 * @param size their Frobenius norm
 * @param examples number of examples
 * @param lossScale c
 * @param method of the training
 */
record Task(double reach, double size, int examples, double lossScale, LinearMethod method) {
    /** One example, of the norm of the path. */
    static Task of(AlignedPath path) {
        return new Task(path.inputNorm(), path.inputNorm(), 1, path.lossScale(), path.method());
    }
}
