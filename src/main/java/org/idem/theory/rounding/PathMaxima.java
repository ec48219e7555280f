package org.idem.theory.rounding;

/**
 * Largest numbers of one row over all steps of its exact path: what the small-gain argument starts from. Source:
 * proofs/rounding.md, §5.
 */
final class PathMaxima {
    private double stateError;
    private double residualError;
    private double norm;
    private double coordinates;

    /** Of a path that has not left its start, whose norm is given. */
    PathMaxima(double startNorm) {
        norm = startNorm;
    }

    /** Of a path that was bounded as a whole. */
    PathMaxima(double stateError, double residualError, double norm, double coordinates) {
        this.stateError = stateError;
        this.residualError = residualError;
        this.norm = norm;
        this.coordinates = coordinates;
    }

    /** Takes in some steps and what they get wrong. */
    void include(PathNorms path, StepErrors errors, int steps) {
        for (int step = 0; step < steps; step++) {
            stateError = larger(errors.storage[step] + errors.gradientStep[step], stateError);
            residualError = larger(errors.residual[step], residualError);
            norm = larger(path.parameters[step + 1], norm);
            norm = larger(path.velocitySteps[step + 1], norm);
            coordinates = larger(path.coordinates[step], coordinates);
        }
    }

    /** A branch that is seldom taken is cheaper than a maximum; NaN stays in the errors of its step. */
    private static double larger(double number, double than) {
        return number <= than ? than : number;
    }

    /** L: error of the stored parameters plus that of learning rate times gradient, of one step. */
    double stateError() {
        return stateError;
    }

    /** e: error of the residual of one step. */
    double residualError() {
        return residualError;
    }

    /** ‖θ_t‖ or η‖v_t‖. */
    double norm() {
        return norm;
    }

    /** ‖a_t‖ on the example side, ‖θ_t‖ on the parameter side: what the error of the spectrum meets. */
    double coordinates() {
        return coordinates;
    }
}
