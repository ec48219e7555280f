package org.idem.theory.output;

import org.ejml.data.DMatrixRMaj;

/** Bounds on how far trained parameters stray from exact ones by the roundings of their steps. */
public interface TrainingErrors {
    /**
     * Bounds on the outputs' errors; the roundings of the last forward pass are not among them.
     *
     * @param tests directions of the test inputs
     * @param columns the test inputs themselves, d × tests, 0 at parameters that never move; not changed
     * @return fresh rows × tests, at least 0, infinite or NaN where nothing is known
     */
    DMatrixRMaj ofOutputs(TestDirections tests, DMatrixRMaj columns);

    /**
     * Bound on the norm of the error of one row of parameters.
     *
     * @param row which, from 0
     * @return at least 0, infinite or NaN where nothing is known
     */
    double stray(int row);
}
