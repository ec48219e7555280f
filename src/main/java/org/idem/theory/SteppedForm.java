package org.idem.theory;

import org.ejml.data.DMatrixRMaj;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;

/**
 * Closed form of the training of a network of one layer in steps, be it on all examples at once or on one after the
 * other, with bounds on how far a real training may lie from it.
 */
public sealed interface SteppedForm permits ClosedForm, CyclicForm {
    /**
     * Largest curvature that a step meets, weight decay not included.
     *
     * @return at least 0
     */
    double largestCurvature();

    /**
     * Parameters after training.
     *
     * @param optimizer method, inside its stable range
     * @param horizon steps or limit
     * @return k × d, with bias k × (d + 1) with the bias last
     */
    DMatrixRMaj parameters(LinearMethod optimizer, Horizon horizon);

    /**
     * Outputs of the network with given parameters.
     *
     * @param parameters as {@link #parameters} returns them
     * @param inputs (m, d) or (m, C, H, W)
     * @return outputs in the network's shape
     */
    Array outputs(DMatrixRMaj parameters, Array inputs);

    /**
     * How far an output trained in a precision may lie from the closed form, by rounding on either side.
     *
     * @param optimizer method, inside its stable range
     * @param steps number of steps
     * @param precision arithmetic of the training
     * @param inputs test inputs (m, d) or (m, C, H, W), numbers of the precision
     * @return bounds on the absolute difference, in the shape of the outputs; infinite where nothing is bounded
     */
    Array budget(LinearMethod optimizer, int steps, Precision precision, Array inputs);

    /**
     * How far an output after t steps of exact arithmetic may lie from the computed limit.
     *
     * @param optimizer method, inside its stable range
     * @param steps number t of steps
     * @param inputs test inputs (m, d) or (m, C, H, W)
     * @return bounds on the absolute difference, in the shape of the outputs; infinite where nothing is bounded
     */
    Array truncation(LinearMethod optimizer, int steps, Array inputs);

    /**
     * How far an output after t steps in a precision may lie from the computed limit.
     *
     * @param optimizer method, inside its stable range
     * @param steps number t of steps
     * @param precision arithmetic of the training
     * @param inputs test inputs (m, d) or (m, C, H, W), numbers of the precision
     * @return {@link #truncation} with the rounding of the training
     */
    Array limitBudget(LinearMethod optimizer, int steps, Precision precision, Array inputs);
}
