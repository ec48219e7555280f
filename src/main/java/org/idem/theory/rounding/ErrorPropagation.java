package org.idem.theory.rounding;

import org.idem.network.LinearMethod;
import org.idem.theory.design.LeastSquares;
import org.idem.theory.design.Spectrum;
import org.idem.theory.output.TestDirections;

/**
 * Carries the errors of all steps to the outputs: the sums Σ e_i·N_i(x) over the steps and the three kinds of error, a
 * block of lags at a time. Source: proofs/rounding.md, §3.
 */
final class ErrorPropagation {
    private final ErrorTable errors;
    private final TestDirections tests;
    private final ModeResponses responses;
    private final LagWeights ofStorage;
    private final LagWeights ofGradient;
    private final LagWeights ofResidual;
    /** ηc. */
    private final double effectiveStep;

    private final double designNorm;
    /** One for each group of the errors. */
    private final ErrorSums[] sums;

    private ErrorPropagation(
            LeastSquares problem, LinearMethod optimizer, ErrorTable errors, TestDirections tests, int block) {
        this.errors = errors;
        this.tests = tests;
        Spectrum spectrum = problem.spectrum();
        responses = new ModeResponses(optimizer, problem.lossScale(), spectrum, block);
        ofStorage = new LagWeights(spectrum, block);
        ofGradient = responses.alike() ? ofStorage : new LagWeights(spectrum, block);
        ofResidual = new LagWeights(spectrum, block);
        effectiveStep = optimizer.learningRate() * problem.lossScale();
        designNorm = spectrum.designNorm();
        sums = new ErrorSums[errors.groups()];
        for (int group = 0; group < sums.length; group++) {
            sums[group] = new ErrorSums(spectrum, block);
        }
    }

    /** The sums of a run with so many steps, one for each group of the errors. */
    static ErrorSums[] sums(
            LeastSquares problem, LinearMethod optimizer, ErrorTable errors, TestDirections tests, int steps) {
        int block = ModeRun.block(steps);
        ErrorPropagation propagation = new ErrorPropagation(problem, optimizer, errors, tests, block);
        for (int from = 0; from < steps; from += block) {
            propagation.add(steps - 1 - from, Math.min(block, steps - from));
        }
        return propagation.sums;
    }

    /** Adds the next lags; the first of them is that of the errors of step {@code last}. */
    private void add(int last, int lags) {
        responses.advance(lags);
        ofStorage.ofParameters(responses.storage(), lags);
        double[] typicalStorage = ofStorage.typical(tests);
        double[] typicalGradient = typicalStorage;
        if (!responses.alike()) {
            ofGradient.ofParameters(responses.gradient(), lags);
            typicalGradient = ofGradient.typical(tests);
        }
        ofResidual.ofResidual(responses.gradient(), effectiveStep, lags);
        double[] typicalResidual = ofResidual.typical(tests);
        for (int group = 0; group < sums.length; group++) {
            StepErrors own = errors.of(group);
            sums[group].add(ofStorage, own.storage, last, typicalStorage, 1);
            sums[group].add(ofGradient, own.gradientStep, last, typicalGradient, 1);
            sums[group].add(ofResidual, own.residual, last, typicalResidual, effectiveStep * designNorm);
        }
    }
}
