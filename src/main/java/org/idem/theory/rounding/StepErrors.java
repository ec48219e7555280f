package org.idem.theory.rounding;

/** Norms of the errors of some steps in a row, of the three kinds that spread differently. */
final class StepErrors {
    /** Of the stored parameters. */
    final double[] storage;
    /** Of the gradient, times the learning rate. */
    final double[] gradientStep;
    /** Of the residual. */
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
