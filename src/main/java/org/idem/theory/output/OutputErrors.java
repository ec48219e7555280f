package org.idem.theory.output;

import org.ejml.data.DMatrixRMaj;

/** Bounds on the errors of predicted outputs, before the rounding of the forward pass that reads them off. */
public interface OutputErrors {
    /**
     * Bounds for every output and test input.
     *
     * @param tests directions of the test inputs
     * @param norms norms of the whole test inputs, one for each
     * @param unseenNorms norms, one for each test input, of what the directions leave out, at parameters that never
     *     move
     * @return fresh rows × tests, at least 0, infinite or NaN where nothing is known
     */
    DMatrixRMaj ofOutputs(TestDirections tests, double[] norms, double[] unseenNorms);
}
