package org.idem.theory.rounding;

/** Norms of one row's state around the steps of a block, of which each array holds one number for each step. */
final class PathNorms {
    /** ‖θ_t‖ before every step and after the last; steps + 1 numbers. */
    final double[] parameters;
    /** η‖v_t‖ before every step and after the last; steps + 1 numbers. */
    final double[] velocitySteps;
    /** ‖ρ_t‖ in every step. */
    final double[] residuals;
    /** η‖g_t‖ in every step. */
    final double[] gradientSteps;
    /**
     * ‖a_t‖ on the example side, ‖θ_t‖ on the parameter side: what the error of the spectrum meets, before every step
     * and after the last; steps + 1 numbers.
     */
    final double[] coordinates;

    /** Whether the sums of every step have been bounded by the sizes of their terms. */
    boolean isMeasured;
    /** Bounds on the norm of the error of θX in every step, if they are measured. */
    final double[] ofResiduals;
    /** Bounds on the norm of the error of ρXᵀ in every step, that of ρ left out, if they are measured. */
    final double[] ofGradients;

    /** Room for so many steps. */
    PathNorms(int steps) {
        parameters = new double[steps + 1];
        velocitySteps = new double[steps + 1];
        residuals = new double[steps];
        gradientSteps = new double[steps];
        coordinates = new double[steps + 1];
        ofResiduals = new double[steps];
        ofGradients = new double[steps];
    }

    /** The norms around one step. */
    LocalErrors.State state(int step) {
        return new LocalErrors.State(
                parameters[step],
                parameters[step + 1],
                residuals[step],
                gradientSteps[step],
                velocitySteps[step],
                velocitySteps[step + 1]);
    }

    /** One step with such a state. */
    static PathNorms of(LocalErrors.State state) {
        PathNorms one = new PathNorms(1);
        one.parameters[0] = state.parameters();
        one.parameters[1] = state.parametersAfter();
        one.residuals[0] = state.residual();
        one.gradientSteps[0] = state.gradientStep();
        one.velocitySteps[0] = state.velocityStep();
        one.velocitySteps[1] = state.velocityStepAfter();
        return one;
    }
}
