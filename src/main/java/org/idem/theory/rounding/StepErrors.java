package org.idem.theory.rounding;

/** Norms of the errors of some steps in a row, of the three kinds that spread differently; one number for each step. */
final class StepErrors {
    /** ‖s_t‖, of the stored parameters. */
    final double[] storage;
    /** η‖h_t‖, of the gradient times the learning rate. */
    final double[] gradientStep;
    /** ‖e_t‖, of the residual. */
    final double[] residual;

    /** Room for so many steps. */
    StepErrors(int steps) {
        storage = new double[steps];
        gradientStep = new double[steps];
        residual = new double[steps];
    }

    /** The errors of one step. */
    LocalErrors.Step step(int step) {
        return new LocalErrors.Step(storage[step], gradientStep[step], residual[step]);
    }
}
